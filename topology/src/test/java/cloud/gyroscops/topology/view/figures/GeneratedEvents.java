package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.payment.AuthorizePayment;
import cloud.gyroscops.contract.payment.CancelPayment;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CapturePayment;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.ConfirmRefund;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.FailPayment;
import cloud.gyroscops.contract.payment.LinkPayment;
import cloud.gyroscops.contract.payment.PaymentState;
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
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.VerifyUserEmail;
import cloud.gyroscops.domain.Command;
import cloud.gyroscops.domain.Decider;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.References;
import cloud.gyroscops.domain.payment.PaymentDecider;
import cloud.gyroscops.domain.user.UserDecider;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/**
 * The events of a year and more of random commands, decided by the deciders: organizations whose ids begin alike, users and
 * payments that come all the time, also on the very quarter of an hour, a moment before it, and at the same moment.
 */
final class GeneratedEvents {

    static final List<String> ORGANIZATIONS =
            List.of("o-1", "o-1.1", "o-10", "o", "O", "o:1", "o-1-", "o_1", "1", "-", "users", "z");
    static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    private static final Duration ALL_IN_ALL = Duration.ofDays(420);
    private static final List<String> ROLES = List.of("admin", "buyer", "viewer", "Z.9", "a:b");

    private final Random random;
    private final Duration most;
    private final Lives<UserState> users = new Lives<>(Aggregate.USERS, new UserDecider());
    private final Lives<PaymentState> payments =
            new Lives<>(Aggregate.PAYMENTS, new PaymentDecider(PaymentDecider.DEFAULT_TIME_TO_LIVE));
    private final List<EventMessage> events = new ArrayList<>();
    private Instant now = START;

    private GeneratedEvents(long seed, int commands) {
        random = new Random(seed);
        most = ALL_IN_ALL.multipliedBy(2).dividedBy(commands);
    }

    /** The events of so many commands, in the order of time. */
    static List<EventMessage> of(long seed, int commands) {
        var generated = new GeneratedEvents(seed, commands);
        for (var organization : ORGANIZATIONS) {
            generated.add(
                    Aggregate.ORGANIZATIONS, organization, 1, organization, new OrganizationCreated(organization));
        }
        for (int i = 0; i < commands; i++) {
            generated.pass();
            generated.command(i);
        }
        generated.add(Aggregate.ORGANIZATIONS, "z", 2, "z", new OrganizationRenamed("last"));
        return generated.events;
    }

    private void pass() {
        int luck = random.nextInt(20);
        if (luck > 0) {
            now = now.plusMillis(random.nextLong(most.toMillis() + 1));
        }
        var quarter = Quarters.start(Quarters.notBefore(now.plusMillis(999)));
        if (luck > 17) {
            now = quarter;
        } else if (luck > 16 && quarter.isAfter(now)) {
            now = quarter.minusMillis(1);
        }
    }

    private void command(int number) {
        int luck = random.nextInt(100);
        if (luck < 18) {
            users.handle("u-" + number, create(number));
        } else if (luck < 36) {
            payments.handle("p-" + number, createPayment());
        } else if (luck < 60 && !users.ids.isEmpty()) {
            users.handle(users.any(), user());
        } else if (!payments.ids.isEmpty()) {
            payments.handle(payments.any(), payment());
        }
    }

    private SpecificRecord create(int number) {
        return new CreateUser("user-" + number, "u" + number + "@acme.test", "A", "L", organization(), roles());
    }

    private SpecificRecord createPayment() {
        var currency = one("EUR", "EUR", "USD", "JPY");
        // What passes a long in one currency would hide mistakes in others.
        long amount = currency.equals("JPY") && random.nextInt(10) == 0 ? Long.MAX_VALUE : 1 + random.nextInt(5_000);
        return new CreatePayment(
                organization(),
                null,
                amount,
                currency,
                "",
                Map.of(),
                one(CaptureMethod.AUTOMATIC, CaptureMethod.MANUAL),
                Processor.STRIPE);
    }

    private SpecificRecord user() {
        return switch (random.nextInt(16)) {
            case 0, 1 -> new DisableUser();
            case 2 -> new EnableUser();
            case 3, 4, 5 -> new VerifyUserEmail();
            case 6 -> new UnverifyUserEmail();
            case 7, 8 -> new AssignUserRoles(roles());
            case 9, 10, 11 -> new RecordUserLogin(null);
            case 12 -> new UpdateUser(null, "new" + random.nextInt(1_000) + "@acme.test", null, null);
            case 13, 14 -> new DeleteUser();
            default -> new EraseUser();
        };
    }

    private SpecificRecord payment() {
        return switch (random.nextInt(14)) {
            case 0, 1 -> new AuthorizePayment("auth-" + random.nextInt(3), null);
            case 2 -> new CapturePayment();
            case 3, 4, 5 -> new CompletePayment(one(400L, 1_000L, 5_000L), null);
            case 6, 7 -> new FailPayment("failure-" + random.nextInt(9), one("", "no funds"), null);
            case 8 -> new CancelPayment("regret", null);
            case 9 -> new RefundPayment("r-" + random.nextInt(3), one(100L, 400L));
            case 10, 11 -> new ConfirmRefund("r-" + random.nextInt(3), one(100L, 400L, 5_000L), null);
            case 12 -> one(new RejectRefund("r-1", "closed", "", null), new RejectCapture("late", ""));
            default -> new LinkPayment("pi_" + random.nextInt(3));
        };
    }

    /** The first ones have the most. */
    private String organization() {
        return ORGANIZATIONS.get(
                Math.min(random.nextInt(ORGANIZATIONS.size()), random.nextInt(ORGANIZATIONS.size() - 1)));
    }

    private List<String> roles() {
        return ROLES.stream().filter(role -> random.nextInt(3) == 0).toList();
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void add(Aggregate aggregate, String id, long version, String organization, SpecificRecord payload) {
        events.add(new EventMessage(
                new EventHeader(
                        aggregate.plural() + "/" + EventKey.of(id, version),
                        aggregate.type(),
                        id,
                        version,
                        organization,
                        now,
                        "eve",
                        Origin.CLIENT,
                        "c",
                        "c",
                        Map.of()),
                payload));
    }

    /** All aggregates of a type. */
    private final class Lives<S extends SpecificRecord> {

        private record Life<S>(S state, String organization, long version) {}

        private final Aggregate aggregate;
        private final Decider<Command, S, SpecificRecord, Refusal> decider;
        private final HashMap<String, Life<S>> lives = new HashMap<>();
        private final List<String> ids = new ArrayList<>();

        Lives(Aggregate aggregate, Decider<Command, S, SpecificRecord, Refusal> decider) {
            this.aggregate = aggregate;
            this.decider = decider;
        }

        /** One of the latest, mostly. */
        String any() {
            int latest = Math.min(ids.size(), random.nextInt(4) == 0 ? Integer.MAX_VALUE : 20);
            return ids.get(ids.size() - 1 - random.nextInt(latest));
        }

        void handle(String id, SpecificRecord payload) {
            var life = lives.get(id);
            var state = life == null ? decider.initial() : life.state;
            var origin = fact(payload) ? Origin.STRIPE : Origin.CLIENT;
            var decision = decider.decide(state, new Command(id, payload, now, origin, References.NOT_ASKED));
            if (decision instanceof Decision.Accepted<SpecificRecord, Refusal> accepted) {
                accepted.events().forEach(event -> happen(id, event));
            }
        }

        private void happen(String id, SpecificRecord event) {
            var life = lives.get(id);
            var state = decider.evolve(life == null ? decider.initial() : life.state, event);
            var organization = life == null ? organizationOf(state) : life.organization;
            long version = life == null ? 1 : life.version + 1;
            if (life == null) {
                ids.add(id);
            }
            lives.put(id, new Life<>(state, organization, version));
            add(aggregate, id, version, organization, event);
        }
    }

    private static String organizationOf(SpecificRecord state) {
        return state instanceof UserState user ? user.getOrganizationId() : ((PaymentState) state).getOrganizationId();
    }

    private static boolean fact(SpecificRecord payload) {
        return payload instanceof AuthorizePayment
                || payload instanceof CompletePayment
                || payload instanceof FailPayment
                || payload instanceof RejectCapture
                || payload instanceof ConfirmRefund
                || payload instanceof RejectRefund
                || payload instanceof LinkPayment;
    }
}
