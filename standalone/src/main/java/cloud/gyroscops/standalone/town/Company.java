package cloud.gyroscops.standalone.town;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An organization of the town.
 *
 * @param id of the organization
 * @param name unique in the town, whatever the case of its letters
 * @param domain of its emails
 * @param goods what is paid for there
 * @param tender what is usually paid with there
 */
record Company(String id, String name, String domain, List<String> goods, Tender tender) {

    private static final List<String> PLACES = WordList.of("places.txt");
    private static final List<String> TRADES = WordList.of("trades.txt");

    static List<Company> all(Town town) {
        var names = new HashSet<String>();
        var companies = new ArrayList<Company>();
        for (int number = 1; number <= town.organizations(); number++) {
            var dice = Dice.of(town.seed(), "organization", number);
            var trade = dice.pick(TRADES).split(": ", 2);
            var plain = dice.pick(PLACES) + " " + trade[0];
            var name = plain;
            for (int again = 2; !names.add(name.toLowerCase(Locale.ROOT)); again++) {
                name = plain + " " + again;
            }
            companies.add(new Company(
                    town.id("o", number),
                    name,
                    plain(trade[0]) + "-" + number + ".example",
                    List.of(trade[1].split("; ")),
                    // In turn, so that even a small town has several.
                    Tender.ALL.get((number - 1) % Tender.ALL.size())));
        }
        return List.copyOf(companies);
    }

    /** In letters that domains are made of. */
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z]+", "-");
    }

    /** It is founded, and perhaps renamed. */
    Stream<TownCommand> commands(long seed) {
        var dice = Dice.of(seed, "organization-life", id.hashCode());
        var founded = TownCommand.of(
                        "CreateOrganization", id, 1, TownCommand.object().put("name", name))
                .by("registry-office")
                .noting("source", "town-register");
        return dice.percent(20)
                ? Stream.of(
                        founded,
                        TownCommand.of(
                                "RenameOrganization",
                                id,
                                2,
                                TownCommand.object().put("name", name + " & Co")))
                : Stream.of(founded);
    }
}
