package cloud.gyroscops.standalone.town;

import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Organizations, users and payments, as commands that are all accepted. Two towns of one seed would claim the same ids
 * and usernames: load one town into one system.
 *
 * @param organizations how many, 1 to 10000
 * @param users how many, 0 to 10 million
 * @param payments how many, 0 to 100 million
 * @param seed the same town for the same seed and numbers
 */
public record Town(int organizations, int users, int payments, long seed) {

    /** The one that {@code up --demo} loads. */
    public static final Town DEMO = new Town(20, 2_000, 20_000, 1);

    /** Checks the values. */
    public Town {
        check("organizations", organizations, 1, 10_000);
        check("users", users, 0, 10_000_000);
        check("payments", payments, 0, 100_000_000);
    }

    /**
     * The commands as JSON, made while they are read. Whatever a command needs stands before it: organizations first,
     * then users, then payments with what happens to them, and in the end what else happens to users.
     */
    public Stream<String> lines() {
        return commands().map(TownCommand::json);
    }

    /** Where it is worth looking. Reads the whole town. */
    public Sights sights() {
        return Sights.of(this);
    }

    Stream<TownCommand> commands() {
        var population = Population.of(this);
        var trade = Spliterators.spliteratorUnknownSize(new Trade(this, population), Spliterator.ORDERED);
        return Stream.of(
                        population.companies().stream().flatMap(company -> company.commands(seed)),
                        population.residents().stream().map(resident -> resident.arrival(seed)),
                        population.residents().stream().flatMap(resident -> resident.settling(seed)),
                        StreamSupport.stream(trade, false),
                        population.residents().stream().flatMap(resident -> resident.later(seed)))
                .reduce(Stream.empty(), Stream::concat);
    }

    String id(String kind, int number) {
        return "town" + seed + "-" + kind + "-" + number;
    }

    private static void check(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " is " + value + "; it must be " + min + " to " + max);
        }
    }
}
