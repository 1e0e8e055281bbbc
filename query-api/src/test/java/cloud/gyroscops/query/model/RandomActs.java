package cloud.gyroscops.query.model;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.ReactivateOrganization;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.organization.SuspendOrganization;
import cloud.gyroscops.contract.payment.AuthorizePayment;
import cloud.gyroscops.contract.payment.CancelPayment;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CapturePayment;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.ConfirmRefund;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.ExpirePayment;
import cloud.gyroscops.contract.payment.FailPayment;
import cloud.gyroscops.contract.payment.LinkPayment;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.RefundPayment;
import cloud.gyroscops.contract.payment.RejectCapture;
import cloud.gyroscops.contract.payment.RejectRefund;
import cloud.gyroscops.contract.user.AssignUserRoles;
import cloud.gyroscops.contract.user.CreateUser;
import cloud.gyroscops.contract.user.DeleteUser;
import cloud.gyroscops.contract.user.DisableUser;
import cloud.gyroscops.contract.user.EnableUser;
import cloud.gyroscops.contract.user.EraseUser;
import cloud.gyroscops.contract.user.RecordUserLogin;
import cloud.gyroscops.contract.user.UnverifyUserEmail;
import cloud.gyroscops.contract.user.UpdateUser;
import cloud.gyroscops.contract.user.VerifyUserEmail;
import cloud.gyroscops.schemas.CommandMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/**
 * Commands of all types for few organizations and more and more users and payments, the same ones for the same seed. Many
 * are refused: for what they say, for when they come, for the version that they expect, or since they come twice.
 */
public final class RandomActs {

    static final List<String> ORGANIZATIONS = List.of("acme", "beta", "z.9", "o:4");
    static final List<String> NAMES =
            List.of("Ada", "Adèle", "Zoé", "Bob", "Jean-Luc", "Ångström", "O'Neil", "de la Tour", "Łukasz", "Straßer");
    static final List<String> ROLES = List.of("admin", "manager", "viewer", "accountant", "a:b", "nobody");
    static final List<String> DESCRIPTIONS = List.of(
            "",
            "Running shoes",
            "running Shorts",
            "Shoes, red",
            "Café crème",
            "Order 42",
            "Order 421",
            "été à la mer",
            "Straße 7",
            "A",
            "Rain coat and rubber boots for a long walk by the sea");
    static final List<String> ACTORS = List.of("eve", "bob", "mallory, the third");

    private final Random random;
    private final boolean clientsAlone;
    private final List<String> users = new ArrayList<>();
    private final List<String> payments = new ArrayList<>();
    private final Map<String, Processor> processors = new HashMap<>();
    private final List<CommandMessage> earlier = new ArrayList<>();

    /** With {@code clientsAlone} as they come over HTTP, otherwise also as the processor and the system send them. */
    public RandomActs(long seed, boolean clientsAlone) {
        random = new Random(seed);
        this.clientsAlone = clientsAlone;
    }

    /** One more. */
    public CommandMessage next() {
        int number = earlier.size();
        int luck = random.nextInt(100);
        if (luck < 4 && number > 0) {
            return earlier.get(number - 1 - random.nextInt(Math.min(number, 20)));
        }
        var command = command(number);
        earlier.add(command);
        return command;
    }

    private CommandMessage command(int number) {
        if (number < ORGANIZATIONS.size() - 1) {
            return command(number, ORGANIZATIONS.get(number), new CreateOrganization("Home " + number));
        }
        int luck = random.nextInt(100);
        if (luck < 8) {
            return command(number, one(ORGANIZATIONS), organization(number));
        }
        if (luck < 18 || users.isEmpty()) {
            users.add("u-" + users.size());
            return command(number, users.get(users.size() - 1), createUser());
        }
        if (luck < 28 || payments.isEmpty()) {
            var create = createPayment();
            payments.add("p-" + payments.size());
            processors.put(payments.get(payments.size() - 1), create.getProcessor());
            return command(number, payments.get(payments.size() - 1), create);
        }
        return luck < 64 ? command(number, latest(users), user()) : command(number, latest(payments), payment());
    }

    private CommandMessage command(int number, String id, SpecificRecord payload) {
        var expected = random.nextInt(10) == 0 ? Long.valueOf(random.nextInt(4)) : null;
        var notes = random.nextInt(3) == 0 ? Map.of("note", "n" + number, "ticket", "7") : Map.<String, String>of();
        var header = new CommandHeader("c-" + number, id, expected, one(ACTORS), origin(id, payload), null, notes);
        return new CommandMessage(header, payload);
    }

    /** Who tells what happens to a payment's money, mostly. */
    private Origin origin(String id, SpecificRecord payload) {
        if (clientsAlone || !payload.getSchema().getNamespace().endsWith("payment")) {
            return Origin.CLIENT;
        }
        if (payload instanceof ExpirePayment) {
            return Origin.SYSTEM;
        }
        return processors.get(id) == Processor.STRIPE && random.nextInt(8) > 0 ? Origin.STRIPE : Origin.CLIENT;
    }

    private SpecificRecord organization(int number) {
        return switch (random.nextInt(8)) {
            case 0 -> new CreateOrganization("Late " + number);
            case 1 -> new SuspendOrganization(one(List.of("unpaid", " ")));
            case 2, 3, 4 -> new ReactivateOrganization();
            default -> new RenameOrganization("Name é " + random.nextInt(12));
        };
    }

    private SpecificRecord createUser() {
        return new CreateUser(
                "user" + random.nextInt(60),
                "mail" + random.nextInt(60) + "@acme.test",
                one(NAMES),
                random.nextInt(15) == 0 ? " " : one(NAMES),
                random.nextInt(12) == 0 ? "nowhere" : one(ORGANIZATIONS),
                roles());
    }

    private CreatePayment createPayment() {
        var pick = random.nextInt(3);
        return new CreatePayment(
                one(ORGANIZATIONS),
                pick == 0 && !users.isEmpty() ? latest(users) : null,
                one(List.of(1_000L, 1_000L, 2_500L, 1L, 99_999L, 0L)),
                one(List.of("EUR", "EUR", "USD", "jpy", "XXX")),
                one(DESCRIPTIONS),
                one(List.of(Map.of(), Map.of("order", "42"), Map.of("colour", "Bleu pâle", "order", "Order 7"))),
                one(List.of(CaptureMethod.AUTOMATIC, CaptureMethod.MANUAL)),
                clientsAlone && random.nextInt(4) > 0
                        ? Processor.NONE
                        : one(List.of(Processor.STRIPE, Processor.NONE)));
    }

    private SpecificRecord user() {
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> new VerifyUserEmail();
            case 3 -> new UnverifyUserEmail();
            case 4, 5 -> new DisableUser();
            case 6, 7 -> new EnableUser();
            case 8, 9 -> new AssignUserRoles(roles());
            case 10, 11, 12 ->
                new RecordUserLogin(one(Arrays.asList(
                        null, Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2100-01-01T00:00:00Z"))));
            case 13, 14 -> new UpdateUser("user" + random.nextInt(60), null, one(NAMES), null);
            case 15, 16 -> new UpdateUser(null, "mail" + random.nextInt(60) + "@acme.test", null, null);
            case 17 -> new UpdateUser(null, null, null, null);
            case 18 -> new DeleteUser();
            default -> new EraseUser();
        };
    }

    private SpecificRecord payment() {
        var refund = "r-" + random.nextInt(3);
        return switch (random.nextInt(16)) {
            case 0, 1 -> new AuthorizePayment("auth-" + random.nextInt(3), null);
            case 2, 3 -> new CapturePayment();
            case 4, 5, 6 -> new CompletePayment(one(List.of(400L, 1_000L, 2_500L, 0L)), null);
            case 7 -> new FailPayment("failure-" + random.nextInt(9), one(List.of("", "no funds")), null);
            case 8 -> new CancelPayment(one(List.of("regret", " ")), null);
            case 9 -> new RejectCapture("late-" + random.nextInt(5), "too late");
            case 10, 11 -> new RefundPayment(refund, one(List.of(100L, 400L, 1_000L)));
            case 12, 13 -> new ConfirmRefund(refund, one(Arrays.asList(null, 100L, 400L)), null);
            case 14 -> new RejectRefund(refund, "closed", "", null);
            default -> random.nextInt(3) == 0 ? new ExpirePayment() : new LinkPayment("pi_" + random.nextInt(2));
        };
    }

    private List<String> roles() {
        return ROLES.stream().filter(role -> random.nextInt(4) == 0).toList();
    }

    /** One of the latest, mostly. */
    private String latest(List<String> ids) {
        int most = random.nextInt(5) == 0 ? ids.size() : Math.min(ids.size(), 4);
        return ids.get(ids.size() - 1 - random.nextInt(most));
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
