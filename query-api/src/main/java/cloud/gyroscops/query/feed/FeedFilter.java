package cloud.gyroscops.query.feed;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.registry.SchemaRegistryException;
import cloud.gyroscops.schemas.serde.MalformedRecordException;
import cloud.gyroscops.topology.command.EventPartitioner;
import java.util.Set;

/**
 * What a reader wants: events that are right in every respect in which something is named.
 *
 * @param aggregates types of aggregates
 * @param ids of aggregates
 * @param organizations that aggregates belong to
 * @param types simple names of events
 */
record FeedFilter(Set<Aggregate> aggregates, Set<String> ids, Set<String> organizations, Set<String> types) {

    static final FeedFilter EVERYTHING = new FeedFilter(Set.of(), Set.of(), Set.of(), Set.of());

    /** Whether anything in a partition may be wanted. */
    boolean wants(FeedPartitions partitions, int number) {
        return passes(aggregates, partitions.aggregate(number))
                && (ids.isEmpty()
                        || ids.stream()
                                .anyMatch(id -> EventPartitioner.partition(id, partitions.perAggregate())
                                        == partitions.within(number)));
    }

    /** Whether an event is wanted; one that cannot be read is, so that its readers learn of it. */
    boolean wants(FeedEvent event) {
        if (!passes(aggregates, event.aggregate()) || !passes(ids, event.aggregateId())) {
            return false;
        }
        if (organizations.isEmpty() && types.isEmpty()) {
            return true;
        }
        try {
            var message = event.message();
            return passes(organizations, message.header().getOrganizationId())
                    && passes(types, message.payload().getSchema().getName());
        } catch (MalformedRecordException | SchemaRegistryException e) {
            return true;
        }
    }

    private static <T> boolean passes(Set<T> wanted, T found) {
        return wanted.isEmpty() || wanted.contains(found);
    }
}
