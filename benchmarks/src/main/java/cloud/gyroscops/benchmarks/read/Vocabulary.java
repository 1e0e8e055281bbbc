package cloud.gyroscops.benchmarks.read;

/**
 * What payments and people are called: many share few words, as in life, and every second payment's description also has a
 * number of its own, so that it is the only one of its kind.
 */
final class Vocabulary {

    static final String[] THINGS = {
        "Shoes", "Concert tickets", "Coffee beans", "Bicycle", "Train ticket", "Hotel room", "Garden chairs",
                "Keyboard",
        "Subscription", "Insurance", "Headphones", "Camera", "Backpack", "Cinema", "Groceries", "Theatre tickets",
        "Electricity", "Newspaper", "Membership", "Workshop", "Translation", "Consulting", "Printer paper", "Lamp"
    };
    static final String[] PLACES = {
        "Paris",
        "Lyon",
        "Marseille",
        "Berlin",
        "London",
        "Madrid",
        "Lisbon",
        "Vienna",
        "Prague",
        "Brussels",
        "Genève",
        "Milano",
        "Oslo",
        "Helsinki",
        "Dublin",
        "Warsaw",
        "Athens",
        "København",
        "Zürich",
        "Nantes"
    };
    static final String[] NAMES = {
        "Anna", "Bruno", "Chloé", "David", "Emma", "Félix", "Greta", "Hugo", "Inès", "Jonas", "Karim", "Léa", "Marc",
        "Nina", "Oscar", "Paula", "Quentin", "Rosa", "Samuel", "Théo"
    };
    static final String[] SURNAMES = {
        "Martin",
        "Bernard",
        "Dubois",
        "Schmidt",
        "Weber",
        "Rossi",
        "García",
        "Silva",
        "Novák",
        "Jensen",
        "Murphy",
        "Kowalski",
        "Laurent",
        "Moreau",
        "Fischer",
        "Keller"
    };

    private Vocabulary() {}

    static String description(int payment) {
        var common = of(THINGS, payment) + " for " + of(PLACES, payment / THINGS.length);
        return payment % 2 == 0 ? common : common + ", order " + payment;
    }

    static String of(String[] words, int number) {
        return words[number % words.length];
    }
}
