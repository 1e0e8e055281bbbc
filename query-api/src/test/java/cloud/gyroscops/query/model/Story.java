package cloud.gyroscops.query.model;

import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** All that happened, of which every answer is worked out from the beginning. Of an erased user the erasure alone is left. */
public final class Story {

    private final Map<Aggregate, Map<String, List<EventMessage>>> events = new LinkedHashMap<>();
    private Instant now = Instant.EPOCH;

    public Story() {
        for (var aggregate : Aggregate.values()) {
            events.put(aggregate, new LinkedHashMap<>());
        }
    }

    /** One more event. */
    public void add(EventMessage event) {
        var header = event.header();
        var aggregate = Aggregate.of(header.getAggregateType());
        var known = events.get(aggregate).computeIfAbsent(header.getAggregateId(), id -> new ArrayList<>());
        if (event.payload() instanceof UserErased) {
            known.clear();
        }
        known.add(event);
        now = now.isBefore(header.getOccurredAt()) ? header.getOccurredAt() : now;
    }

    /** When the last one occurred. */
    Instant now() {
        return now;
    }

    /** The ids of the aggregates of a type. */
    List<String> ids(Aggregate aggregate) {
        return List.copyOf(events.get(aggregate).keySet());
    }

    /** What happened to one; nothing if there is none. */
    public List<EventMessage> of(Aggregate aggregate, String id) {
        return List.copyOf(events.get(aggregate).getOrDefault(id, List.of()));
    }

    /** What happened to all of them. */
    public List<EventMessage> all() {
        return events.values().stream()
                .flatMap(each -> each.values().stream())
                .flatMap(List::stream)
                .toList();
    }

    List<OrganizationLife> organizations() {
        return lives(Aggregate.ORGANIZATIONS, OrganizationLife::new);
    }

    /** Those that are there, of an organization; empty: of all. */
    List<UserLife> users(String organizationId) {
        return lives(Aggregate.USERS, UserLife::new).stream()
                .filter(UserLife::there)
                .filter(user -> organizationId.isEmpty() || organizationId.equals(user.organizationId))
                .toList();
    }

    /** Those of an organization; empty: of all. */
    List<PaymentLife> payments(String organizationId) {
        return lives(Aggregate.PAYMENTS, PaymentLife::new).stream()
                .filter(payment ->
                        organizationId.isEmpty() || organizationId.equals(payment.created.getOrganizationId()))
                .toList();
    }

    private <L extends Life> List<L> lives(Aggregate aggregate, Function<String, L> begin) {
        return events.get(aggregate).keySet().stream()
                .map(id -> told(begin.apply(id), event -> true))
                .toList();
    }

    /** A life up to where events are no more as they should be. */
    <L extends Life> L told(L life, Predicate<EventMessage> until) {
        of(life.aggregate, life.id).stream().takeWhile(until).forEach(life::tell);
        return life;
    }

    /** Null where there is no such organization. */
    String organizationName(String id) {
        return told(new OrganizationLife(id), event -> true).name;
    }
}
