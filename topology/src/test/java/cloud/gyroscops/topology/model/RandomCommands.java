package cloud.gyroscops.topology.model;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * Commands for 300 aggregates of all types, the same ones for the same seed: most make sense somewhere, few where they
 * arrive; some come twice, some under an id that was used, some with a version that was, is or may be the aggregate's.
 * Names, usernames and emails are often taken, organizations and users often not there.
 */
public final class RandomCommands {

    private static final int ORGANIZATIONS = 30;
    private static final int USERS = 100;
    private static final int PAYMENTS = 170;
    private static final int NAMES = 150;
    private static final int HOMES = 5;
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant FAR_AWAY = Instant.parse("2100-01-01T00:00:00Z");

    private final Random random;
    private final Map<String, List<CommandMessage>> earlier = new HashMap<>();
    private final boolean apart;
    private int which;
    private int made;

    public RandomCommands(long seed) {
        this(seed, false);
    }

    private RandomCommands(long seed, boolean apart) {
        random = new Random(seed);
        this.apart = apart;
    }

    /**
     * Commands that no other aggregate has anything against, in whatever order those are handled: all names are different,
     * and all organizations are {@link #homes}.
     */
    public static RandomCommands apart(long seed) {
        return new RandomCommands(seed, true);
    }

    /** Creates the organizations that {@link #apart} refers to; to be handled first. */
    public static List<CommandMessage> homes() {
        return IntStream.range(0, HOMES)
                .mapToObj(i -> new CommandMessage(
                        new CommandHeader("home-" + i, "home-" + i, null, "random", Origin.CLIENT, null, Map.of()),
                        new CreateOrganization("Home " + i)))
                .toList();
    }

    /** As many as wanted. */
    public List<CommandMessage> take(int count) {
        return Stream.generate(this::next).limit(count).toList();
    }

    /** One more. */
    public CommandMessage next() {
        made++;
        which = random.nextInt(ORGANIZATIONS + USERS + PAYMENTS);
        var id = which < ORGANIZATIONS ? "o-" + which : which < ORGANIZATIONS + USERS ? "u-" + which : "p-" + which;
        var sent = earlier.computeIfAbsent(id, key -> new ArrayList<>());
        int luck = random.nextInt(100);
        if (luck < 10 && !sent.isEmpty()) {
            return sent.get(random.nextInt(sent.size()));
        }
        var payload = which < ORGANIZATIONS ? organization() : which < ORGANIZATIONS + USERS ? user() : payment();
        var commandId = luck < 13 && !sent.isEmpty()
                ? sent.get(random.nextInt(sent.size())).header().getCommandId()
                : "c-" + made;
        var expected = luck < 40 ? Long.valueOf(random.nextInt(2 + sent.size() / 2)) : null;
        var command = new CommandMessage(
                new CommandHeader(commandId, id, expected, "random", origin(payload), null, Map.of()), payload);
        sent.add(command);
        return command;
    }

    private Origin origin(SpecificRecord payload) {
        if (payload instanceof ExpirePayment) {
            return one(Origin.SYSTEM, Origin.SYSTEM, Origin.CLIENT);
        }
        return payload.getSchema().getNamespace().endsWith("payment")
                ? one(Origin.CLIENT, Origin.STRIPE)
                : one(Origin.CLIENT, Origin.KEYCLOAK);
    }

    private SpecificRecord organization() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> new CreateOrganization(name());
            case 2, 3 -> new RenameOrganization(name());
            case 4 ->
                random.nextInt(3) == 0
                        ? new SuspendOrganization(one("unpaid", " closed ", " "))
                        : new ReactivateOrganization();
            default -> new ReactivateOrganization();
        };
    }

    private SpecificRecord user() {
        return switch (random.nextInt(14)) {
            case 0, 1, 2 ->
                new CreateUser(
                        one("User-", "user-", "USER-") + number(),
                        one("Ada-", "ada-") + number() + "@acme.test",
                        name(),
                        "Lovelace",
                        organizationId(),
                        roles());
            case 3, 4 ->
                new UpdateUser(
                        one(null, null, "user-" + number()),
                        one(null, "ada-" + number() + "@acme.test"),
                        one(null, null, name()),
                        one(null, null, "Byron"));
            case 5, 6 -> new EnableUser();
            case 7 -> new DisableUser();
            case 8, 9 -> new VerifyUserEmail();
            case 10 -> new UnverifyUserEmail();
            case 11 -> new AssignUserRoles(roles());
            case 12 -> new RecordUserLogin(one(null, LONG_AGO, FAR_AWAY));
            default ->
                switch (random.nextInt(8)) {
                    case 0 -> new EraseUser();
                    case 1, 2, 3 -> new DeleteUser();
                    default -> new VerifyUserEmail();
                };
        };
    }

    private SpecificRecord payment() {
        return switch (random.nextInt(18)) {
            case 0, 1, 2 ->
                new CreatePayment(
                        organizationId(),
                        apart ? null : one(null, null, null, "u-" + (ORGANIZATIONS + random.nextInt(20))),
                        one(1000L, 1000L, 2500L, 0L),
                        one("EUR", "usd", "JPY", "XXX"),
                        one("", " shoes "),
                        one(Map.<String, String>of(), Map.of("order", "42")),
                        one(CaptureMethod.AUTOMATIC, CaptureMethod.MANUAL),
                        one(Processor.STRIPE, Processor.NONE));
            case 3, 4 -> new AuthorizePayment(one("auth-1", "auth-2", "auth-1", " "), null);
            case 5, 6 -> new CapturePayment();
            case 7, 8 -> new CompletePayment(one(400L, 1000L, 1000L, 2500L, 3000L, 0L), null);
            case 9 -> random.nextInt(3) == 0 ? new CancelPayment(one("regret", " "), null) : new CapturePayment();
            case 10 -> random.nextInt(2) == 0 ? new FailPayment("failure-" + made, "", null) : new CapturePayment();
            case 11 -> new RejectCapture("code-" + random.nextInt(3), "no funds");
            case 12, 13 -> new RefundPayment(refundId(), one(100L, 400L, 1000L, 0L));
            case 14, 15 -> new ConfirmRefund(refundId(), one(null, null, 100L, 400L, 1000L, 0L), null);
            case 16 -> random.nextInt(2) == 0 ? new RejectRefund(refundId(), "closed", "", null) : new ExpirePayment();
            default -> new LinkPayment(one("pi_1", "pi_1", "pi_2"));
        };
    }

    private String name() {
        if (apart) {
            return one(" ", "Cosmos " + number(), " Cosmos " + number(), "Emca " + number());
        }
        return one("Acme", " ACME ", "Emca", " ", "Cosmos " + random.nextInt(60), "cosmos " + random.nextInt(60));
    }

    private String organizationId() {
        return apart ? "home-" + random.nextInt(HOMES) : "o-" + random.nextInt(4);
    }

    /** What makes a name one of few that everybody wants, or one of few that nobody else wants. */
    private int number() {
        return apart ? NAMES + 3 * which + random.nextInt(3) : random.nextInt(NAMES);
    }

    private List<String> roles() {
        return one(List.<String>of(), List.of("admin"), List.of("admin", "buyer", "admin"));
    }

    private String refundId() {
        return "r-" + random.nextInt(5);
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
