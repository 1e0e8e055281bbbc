package cloud.gyroscops.benchmarks.write;

import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.user.CreateUser;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.streams.Installation;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What the mix consists of: commands that create something, by what they make the topology ask. */
public enum Kind {
    /** A payment that names no user. */
    PLAIN("plain"),
    /** A payment of one of a few users, again and again: asked for once a minute. */
    REMEMBERED("remembered"),
    /** A payment of a user that no payment has named before: always asked for. */
    UNSEEN("unseen"),
    /** A user with a username and an email of its own. */
    USER("user"),
    /** An organization with a name of its own. */
    ORGANIZATION("organization");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /** Its name for people and in JSON. */
    public String label() {
        return label;
    }

    /** Whether it asks for claims. */
    boolean claims() {
        return this == USER || this == ORGANIZATION;
    }

    /**
     * A command of this kind.
     *
     * @param id of what it creates; nothing else has the same
     * @param user that a payment of a user names; others ignore it
     */
    public ProducerRecord<String, byte[]> command(Installation installation, String id, String user) {
        return switch (this) {
            case PLAIN -> Bench.payment(installation, id);
            case REMEMBERED, UNSEEN -> Bench.payment(installation, id, user);
            case USER ->
                Bench.command(
                        installation,
                        Aggregate.USERS,
                        id,
                        new CreateUser(
                                "name." + id,
                                id + "@bench.test",
                                "Ada",
                                "Lovelace",
                                Bench.ORGANIZATION,
                                List.of("buyer")));
            case ORGANIZATION ->
                Bench.command(installation, Aggregate.ORGANIZATIONS, id, new CreateOrganization("Bench " + id));
        };
    }

    @Override
    public String toString() {
        return label;
    }
}
