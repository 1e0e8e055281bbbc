package cloud.gyroscops.benchmarks.kills;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.payment.AuthorizePayment;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CapturePayment;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.ConfirmRefund;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.RefundPayment;
import cloud.gyroscops.contract.user.CreateUser;
import cloud.gyroscops.contract.user.DeleteUser;
import cloud.gyroscops.contract.user.UpdateUser;
import cloud.gyroscops.schemas.CommandMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/**
 * Commands of all kinds, the same ones for the same seed: users who fight for emails and usernames, swap and give them
 * up, payments that live their lives, and now and then a command that was sent before.
 */
final class Mix {

    private static final int ORGANIZATIONS = 8;
    private static final int CONTENDED = 40;
    private static final int REPEATABLE = 50;

    private final Random random;
    private final Deque<CommandMessage> latest = new ArrayDeque<>();
    private long sent;
    private int users;
    private int payments;

    Mix(long seed) {
        random = new Random(seed);
    }

    /** The next one. */
    CommandMessage next() {
        if (!latest.isEmpty() && random.nextInt(25) == 0) {
            return List.copyOf(latest).get(random.nextInt(latest.size()));
        }
        var command = fresh();
        latest.add(command);
        if (latest.size() > REPEATABLE) {
            latest.remove();
        }
        return command;
    }

    private CommandMessage fresh() {
        if (sent < ORGANIZATIONS) {
            return command("o-" + sent, new CreateOrganization("Organization " + sent));
        }
        int kind = random.nextInt(100);
        if (kind < 22) {
            return createUser(Integer.toString(users), Integer.toString(users));
        }
        if (kind < 34) {
            return createUser(contended(), contended());
        }
        if (kind < 46) {
            var email = random.nextBoolean() ? contended() : "new" + sent;
            return command(user(), new UpdateUser(null, email + "@acme.test", null, null));
        }
        if (kind < 51) {
            return command(user(), new DeleteUser());
        }
        if (kind < 54) {
            var id = "o-" + (ORGANIZATIONS + random.nextInt(200));
            var name = "Contended " + random.nextInt(CONTENDED);
            return command(id, random.nextBoolean() ? new CreateOrganization(name) : new RenameOrganization(name));
        }
        if (kind < 78) {
            return createPayment(kind < 66 ? null : user());
        }
        return command(payment(), life(kind));
    }

    private SpecificRecord life(int kind) {
        if (kind < 85) {
            return new CompletePayment(1_000L, null);
        }
        if (kind < 88) {
            return new AuthorizePayment("ok", null);
        }
        if (kind < 92) {
            return new CapturePayment();
        }
        var refund = "r" + random.nextInt(3);
        return kind < 97 ? new RefundPayment(refund, 400L) : new ConfirmRefund(refund, null, null);
    }

    private CommandMessage createUser(String username, String email) {
        return command(
                "u-" + users++,
                new CreateUser("user" + username, email + "@acme.test", "Ada", "Lovelace", organization(), List.of()));
    }

    private CommandMessage createPayment(String userId) {
        return command(
                "p-" + payments++,
                new CreatePayment(
                        organization(),
                        userId,
                        1_000L,
                        "EUR",
                        "",
                        Map.of(),
                        random.nextBoolean() ? CaptureMethod.AUTOMATIC : CaptureMethod.MANUAL,
                        Processor.NONE));
    }

    private String contended() {
        return "contended" + random.nextInt(CONTENDED);
    }

    private String organization() {
        return "o-" + random.nextInt(ORGANIZATIONS);
    }

    /** Mostly recent ones. */
    private String user() {
        return "u-" + Math.max(0, users - 1 - random.nextInt(60));
    }

    private String payment() {
        return "p-" + Math.max(0, payments - 1 - random.nextInt(60));
    }

    private CommandMessage command(String id, SpecificRecord payload) {
        var header = new CommandHeader("c-" + sent++, id, null, "kills", Origin.CLIENT, null, Map.of());
        return new CommandMessage(header, payload);
    }
}
