package cloud.gyroscops.benchmarks.read;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Who is there: everybody has a number, from which follows to whom they belong. Organization 0 is the big one: it has every
 * tenth payment and every second user; the others share the rest evenly.
 *
 * @param organizations at least 2
 * @param users at least 2 for each organization
 * @param payments at least 10 for each organization
 */
record Population(int organizations, int users, int payments) {

    private static final int MOST = 100_000_000;
    private static final int PAYMENTS_PER_BIG = 10;

    /** Checks the values; messages name the options that they come from. */
    Population {
        check("--organizations", organizations, 2, 10_000);
        check("--users", users, 2 * organizations, MOST);
        check("--payments", payments, PAYMENTS_PER_BIG * organizations, MOST);
    }

    static String organization(int number) {
        return "o-" + number;
    }

    static String user(int number) {
        return "u-" + number;
    }

    static String payment(int number) {
        return "p-" + number;
    }

    /** The number in an id. */
    static int number(String id) {
        return Integer.parseInt(id, id.indexOf('-') + 1, id.length(), 10);
    }

    int organizationOfUser(int user) {
        return user % 2 == 0 ? 0 : 1 + user / 2 % (organizations - 1);
    }

    int organizationOfPayment(int payment) {
        return payment % PAYMENTS_PER_BIG == 0 ? 0 : 1 + payment % (organizations - 1);
    }

    /** One of the users of the payment's organization. */
    int userOfPayment(int payment) {
        int organization = organizationOfPayment(payment);
        if (organization == 0) {
            return 2 * (payment / PAYMENTS_PER_BIG % ((users + 1) / 2));
        }
        int smalls = organizations - 1;
        int of = (users / 2 - organization) / smalls + 1;
        return 2 * (organization - 1 + smalls * (payment / smalls % of)) + 1;
    }

    String anyUser() {
        return user(ThreadLocalRandom.current().nextInt(users));
    }

    String anyPayment() {
        return payment(ThreadLocalRandom.current().nextInt(payments));
    }

    String bigOrganization() {
        return organization(0);
    }

    String anySmallOrganization() {
        return organization(1 + ThreadLocalRandom.current().nextInt(organizations - 1));
    }

    private static void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " is " + value + "; it must be " + least + " to " + most);
        }
    }
}
