package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationReactivated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.organization.OrganizationSuspended;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CaptureRequested;
import cloud.gyroscops.contract.payment.PaymentAuthorized;
import cloud.gyroscops.contract.payment.PaymentCancelled;
import cloud.gyroscops.contract.payment.PaymentCompleted;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.PaymentFailed;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.RefundConfirmed;
import cloud.gyroscops.contract.payment.RefundRequested;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserDisabled;
import cloud.gyroscops.contract.user.UserEmailVerified;
import cloud.gyroscops.contract.user.UserEnabled;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserLoggedIn;
import cloud.gyroscops.contract.user.UserRolesAssigned;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.topology.view.ViewDriver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * What happened to some aggregates of all types, the same for the same seed: some have few events, some hundreds; several
 * may occur in the same millisecond. Every third user ends erased.
 */
final class RandomHistories {

    static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final Random random;
    private final Map<String, List<EventMessage>> byId = new TreeMap<>();
    private final List<EventMessage> inOrder = new ArrayList<>();

    RandomHistories(long seed, int aggregates, int mostEvents) {
        random = new Random(seed);
        var left = new TreeMap<String, Integer>();
        for (int i = 0; i < aggregates; i++) {
            left.put("opu".charAt(i % 3) + "-" + i, 1 + random.nextInt(mostEvents));
        }
        var now = START;
        while (!left.isEmpty()) {
            var id = List.copyOf(left.keySet()).get(random.nextInt(left.size()));
            now = now.plusMillis(random.nextInt(3) == 0 ? 0 : random.nextInt(50));
            int toCome = left.merge(id, -1, Integer::sum);
            add(id, toCome == 0, now);
            if (toCome == 0) {
                left.remove(id);
            }
        }
    }

    /** Everything, in the order of time. */
    List<EventMessage> inOrder() {
        return inOrder;
    }

    /** What happened to each aggregate, also what was erased. */
    Map<String, List<EventMessage>> byId() {
        return byId;
    }

    boolean erased(String id) {
        var events = byId.get(id);
        return events.get(events.size() - 1).payload() instanceof UserErased;
    }

    /** What is left to find. */
    List<EventMessage> left() {
        return inOrder.stream()
                .filter(event -> !erased(event.header().getAggregateId()) || event.payload() instanceof UserErased)
                .toList();
    }

    Instant anyTime() {
        var last = inOrder.get(inOrder.size() - 1).header().getOccurredAt();
        return START.minusMillis(100)
                .plusMillis(random.nextInt(200 + (int) (last.toEpochMilli() - START.toEpochMilli())));
    }

    Random random() {
        return random;
    }

    static Aggregate aggregate(String id) {
        return id.startsWith("o") ? Aggregate.ORGANIZATIONS : id.startsWith("u") ? Aggregate.USERS : Aggregate.PAYMENTS;
    }

    private void add(String id, boolean last, Instant now) {
        var events = byId.computeIfAbsent(id, key -> new ArrayList<>());
        boolean first = events.isEmpty();
        var payload =
                switch (aggregate(id)) {
                    case ORGANIZATIONS -> organization(first);
                    case USERS -> last && Integer.parseInt(id.substring(2)) % 9 == 2 ? new UserErased() : user(first);
                    case PAYMENTS -> payment(first);
                };
        var organization = id.startsWith("o") ? id : "o-" + 3 * random.nextInt(3);
        var event = ViewDriver.event(
                aggregate(id), id, events.size() + 1L, now, organization, "actor " + random.nextInt(4), payload);
        events.add(event);
        inOrder.add(event);
    }

    private SpecificRecord organization(boolean first) {
        if (first) {
            return new OrganizationCreated("Acme");
        }
        return switch (random.nextInt(6)) {
            case 0 -> new OrganizationSuspended("unpaid");
            case 1 -> new OrganizationReactivated();
            default -> new OrganizationRenamed("Acme " + random.nextInt(1_000));
        };
    }

    private SpecificRecord user(boolean first) {
        if (first) {
            return new UserCreated("ada", "ada@acme.test", "Ada", "Lovelace", "o-0", List.of("buyer"));
        }
        return switch (random.nextInt(9)) {
            case 0 -> new UserEnabled();
            case 1 -> new UserDisabled();
            case 2 -> new UserEmailVerified();
            case 3 -> new UserRolesAssigned(List.of("role-" + random.nextInt(9)));
            case 4 -> new UserLoggedIn(START.plusSeconds(random.nextInt(1_000)));
            case 5 -> random.nextInt(50) == 0 ? new UserDeleted() : new UserEnabled();
            default -> new UserUpdated("ada-" + random.nextInt(1_000), null, null, null);
        };
    }

    private SpecificRecord payment(boolean first) {
        if (first) {
            return new PaymentCreated(
                    "o-0",
                    null,
                    1_000L,
                    "EUR",
                    "shoes",
                    Map.of(),
                    CaptureMethod.MANUAL,
                    Processor.NONE,
                    START.plusSeconds(3_600));
        }
        return switch (random.nextInt(8)) {
            case 0 -> new PaymentAuthorized("auth-" + random.nextInt(9), null);
            case 1 -> new CaptureRequested();
            case 2 -> new PaymentCompleted(1_000L, null);
            case 3 -> new PaymentFailed("code-" + random.nextInt(9), "", null);
            case 4 -> new PaymentCancelled("regret");
            case 5 -> new RefundConfirmed("r-" + random.nextInt(9), 10L, null);
            default -> new RefundRequested("r-" + random.nextInt(9), 10L);
        };
    }
}
