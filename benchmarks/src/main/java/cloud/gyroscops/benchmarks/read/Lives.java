package cloud.gyroscops.benchmarks.read;

import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.payment.CancelPayment;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.ConfirmRefund;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.FailPayment;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.RefundPayment;
import cloud.gyroscops.contract.user.CreateUser;
import cloud.gyroscops.contract.user.DisableUser;
import cloud.gyroscops.contract.user.RecordUserLogin;
import cloud.gyroscops.contract.user.VerifyUserEmail;
import cloud.gyroscops.domain.Command;
import cloud.gyroscops.domain.Decider;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.References;
import cloud.gyroscops.domain.organization.OrganizationDecider;
import cloud.gyroscops.domain.payment.PaymentDecider;
import cloud.gyroscops.domain.user.UserDecider;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.EventMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** The events of everybody's life, as the deciders decide them: created over a year, and what follows within minutes. */
final class Lives {

    static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    static final Duration ALL = Duration.ofDays(365);

    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final List<List<String>> ROLES =
            List.of(List.of("viewer"), List.of("buyer"), List.of("buyer", "viewer"), List.of("admin"));
    private static final List<String> CURRENCIES = List.of("EUR", "EUR", "EUR", "USD", "GBP");

    private final Decider<Command, ?, SpecificRecord, Refusal> organizations = new OrganizationDecider();
    private final Decider<Command, ?, SpecificRecord, Refusal> users = new UserDecider();
    private final Decider<Command, ?, SpecificRecord, Refusal> payments =
            new PaymentDecider(PaymentDecider.DEFAULT_TIME_TO_LIVE);
    private final Population population;

    Lives(Population population) {
        this.population = population;
    }

    List<EventMessage> ofOrganization(int number) {
        var id = Population.organization(number);
        return live(
                organizations,
                Aggregate.ORGANIZATIONS,
                id,
                id,
                START,
                List.of(new CreateOrganization("Organization " + number)));
    }

    List<EventMessage> ofUser(int number) {
        var organization = Population.organization(population.organizationOfUser(number));
        var name = Vocabulary.of(Vocabulary.NAMES, number / 3);
        var surname = Vocabulary.of(Vocabulary.SURNAMES, number / 7);
        var commands = new ArrayList<SpecificRecord>();
        commands.add(new CreateUser(
                "user-" + number,
                "user-" + number + "@example.test",
                name,
                surname,
                organization,
                ROLES.get(number / 2 % ROLES.size())));
        if (number / 2 % 10 < 7) {
            commands.add(new VerifyUserEmail());
        }
        if (number / 2 % 3 == 0) {
            commands.add(new RecordUserLogin(null));
        }
        if (number / 2 % 20 == 0) {
            commands.add(new DisableUser());
        }
        return live(
                users,
                Aggregate.USERS,
                Population.user(number),
                organization,
                createdAt(number, population.users()),
                commands);
    }

    List<EventMessage> ofPayment(int number) {
        var organization = Population.organization(population.organizationOfPayment(number));
        long amount = 100 + number * 7L % 50_000;
        var commands = new ArrayList<SpecificRecord>();
        commands.add(new CreatePayment(
                organization,
                Population.user(population.userOfPayment(number)),
                amount,
                CURRENCIES.get(number / 3 % CURRENCIES.size()),
                Vocabulary.description(number),
                Map.of("cart", "cart-" + number, "channel", number % 3 == 0 ? "shop" : "web"),
                CaptureMethod.AUTOMATIC,
                Processor.STRIPE));
        switch (number / 10 % 10) {
            case 0 -> commands.add(new FailPayment("card_declined", "The card was declined.", null));
            case 1 -> commands.add(new CancelPayment("changed their mind", null));
            case 2 ->
                commands.addAll(List.of(
                        new CompletePayment(amount, null),
                        new RefundPayment("r-1", amount),
                        new ConfirmRefund("r-1", amount, null)));
            case 3 -> {
                // It waits.
            }
            default -> commands.add(new CompletePayment(amount, null));
        }
        return live(
                payments,
                Aggregate.PAYMENTS,
                Population.payment(number),
                organization,
                createdAt(number, population.payments()),
                commands);
    }

    /** When one of so many is created. */
    static Instant createdAt(int number, int of) {
        return START.plusMillis(ALL.toMillis() / of * number);
    }

    private static <S> List<EventMessage> live(
            Decider<Command, S, SpecificRecord, Refusal> decider,
            Aggregate aggregate,
            String id,
            String organization,
            Instant from,
            List<SpecificRecord> commands) {
        var events = new ArrayList<EventMessage>();
        var state = decider.initial();
        var now = from;
        for (var payload : commands) {
            var origin = isFact(payload) ? Origin.STRIPE : Origin.CLIENT;
            var decision = decider.decide(state, new Command(id, payload, now, origin, References.NOT_ASKED));
            if (decision instanceof Decision.Refused<SpecificRecord, Refusal> refused) {
                throw new IllegalStateException(payload + " of " + id + " is refused: " + refused.refusal());
            }
            for (var event : ((Decision.Accepted<SpecificRecord, Refusal>) decision).events()) {
                state = decider.evolve(state, event);
                events.add(message(aggregate, id, events.size() + 1L, organization, now, origin, event));
            }
            now = now.plus(BETWEEN);
        }
        return events;
    }

    private static EventMessage message(
            Aggregate aggregate,
            String id,
            long version,
            String organization,
            Instant now,
            Origin origin,
            SpecificRecord payload) {
        var command = "c-" + id + '-' + version;
        return new EventMessage(
                new EventHeader(
                        aggregate.plural() + '/' + EventKey.of(id, version),
                        aggregate.type(),
                        id,
                        version,
                        organization,
                        now,
                        "bench",
                        origin,
                        command,
                        command,
                        Map.of()),
                payload);
    }

    private static boolean isFact(SpecificRecord payload) {
        return payload instanceof CompletePayment || payload instanceof FailPayment || payload instanceof ConfirmRefund;
    }
}
