package cloud.gyroscops.benchmarks.read;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What remains of the view topology without Avro, domain and Lucene: the same sources and repartition; stores of the same
 * names, all of them RocksDB's, with the same gets and puts for each event, under the same keys, with values of the same sizes.
 * Left out are the results of commands, of which there are none, and snapshots, which nobody here lives long enough for.
 */
final class ViewSkeleton {

    static final String APPLICATION = "view-skeleton";

    /** Those whose values' sizes must be known. */
    static final List<String> MEASURED = List.of(
            "organizations-view",
            "users-view",
            "payments-view",
            "all-users-figures",
            "all-payments-figures",
            "users-figures",
            "payments-figures",
            "descriptions");

    private static final String EVERYTHING = "*";
    private static final byte[] COUNT = new byte[Long.BYTES];
    /** Type, id, organization and version in a change, beside the view before and after. */
    private static final int CHANGE_BYTES = 40;

    private final TopicCatalogue topics;
    private final SkeletonKeys keys;
    private final Sizes sizes;

    ViewSkeleton(TopicCatalogue topics, Population population, Sizes sizes) {
        this.topics = topics;
        this.keys = new SkeletonKeys(population);
        this.sizes = sizes;
    }

    Topology topology() {
        var builder = new StreamsBuilder();
        var changes = Stream.of(Aggregate.values())
                .map(aggregate -> byId(builder, aggregate))
                .toList();
        changes.get(0)
                .merge(changes.get(1), Named.as("organizations-and-users"))
                .merge(changes.get(2), Named.as("all-changes"))
                .process(
                        supplier(OverEverything::new, cached("all-users-figures"), cached("all-payments-figures")),
                        Named.as("over-everything"))
                .repartition(Repartitioned.with(Serdes.String(), Serdes.ByteArray())
                        .withName("by-organization")
                        .withNumberOfPartitions(topics.partitions()))
                .process(
                        supplier(
                                ByOrganization::new,
                                store("user-list"),
                                store("payment-search"),
                                store("descriptions"),
                                store("description-counts"),
                                cached("users-figures"),
                                cached("payments-figures"),
                                store("applied-versions")),
                        Named.as("by-organization-updates"));
        return builder.build();
    }

    private KStream<String, byte[]> byId(StreamsBuilder builder, Aggregate aggregate) {
        var name = aggregate.plural();
        return builder.stream(
                        topics.events(aggregate),
                        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName(name + "-events"))
                .process(
                        supplier(
                                () -> new ById(aggregate),
                                store(name + "-view"),
                                store(name + "-history"),
                                store(name + "-event-index")),
                        Named.as(name + "-updates"));
    }

    private StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(topics.changelog());
    }

    private StoreBuilder<?> cached(String name) {
        return store(name).withCachingEnabled();
    }

    /** A change's head is where it belongs, so that nothing need be decoded: {@code type organization id version}. */
    private static byte[] change(String head, byte[] before, byte[] after) {
        var change = new byte[CHANGE_BYTES + (before == null ? 0 : before.length) + after.length];
        var bytes = head.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, change, 0, Math.min(bytes.length, CHANGE_BYTES));
        return change;
    }

    private static String[] head(byte[] change) {
        return new String(change, 0, CHANGE_BYTES, StandardCharsets.UTF_8)
                .strip()
                .split(" ");
    }

    private final class ById extends ContextualProcessor<String, byte[], String, byte[]> {

        private final Aggregate aggregate;
        private KeyValueStore<String, byte[]> views;
        private KeyValueStore<String, byte[]> history;
        private KeyValueStore<String, byte[]> index;

        ById(Aggregate aggregate) {
            this.aggregate = aggregate;
        }

        @Override
        public void init(ProcessorContext<String, byte[]> context) {
            super.init(context);
            var name = aggregate.plural();
            views = context.getStateStore(name + "-view");
            history = context.getStateStore(name + "-history");
            index = context.getStateStore(name + "-event-index");
        }

        @Override
        public void process(Record<String, byte[]> record) {
            var id = EventKey.aggregateId(record.key());
            long version = EventKey.version(record.key());
            var organization = organization(id);
            var before = views.get(id);
            var after = new byte[sizes.of(aggregate.plural() + "-view")];
            var ordered = EventKey.ordered(id, version);
            history.put(ordered, new byte[Long.BYTES + record.value().length]);
            index.put(
                    "PaymentCreated@0" + record.timestamp() + '@' + ordered,
                    (organization + " bench").getBytes(StandardCharsets.UTF_8));
            var head = aggregate.ordinal() + " " + organization + ' ' + id + ' ' + version + ' ';
            context().forward(record.withKey(organization).withValue(change(head, before, after)));
            views.put(id, after);
        }

        private String organization(String id) {
            return switch (aggregate) {
                case ORGANIZATIONS -> id;
                case USERS -> keys.organizationOfUser(id);
                case PAYMENTS -> keys.organizationOfPayment(id);
            };
        }
    }

    /** Gets and puts as a tally does. */
    private static void count(KeyValueStore<String, byte[]> store, List<String> keys, int size) {
        for (var key : keys) {
            var known = store.get(key);
            store.put(key, known == null ? new byte[size] : known);
        }
    }

    private final class OverEverything extends ContextualProcessor<String, byte[], String, byte[]> {

        private KeyValueStore<String, byte[]> users;
        private KeyValueStore<String, byte[]> payments;

        @Override
        public void init(ProcessorContext<String, byte[]> context) {
            super.init(context);
            users = context.getStateStore("all-users-figures");
            payments = context.getStateStore("all-payments-figures");
        }

        @Override
        public void process(Record<String, byte[]> record) {
            var head = head(record.value());
            if (isOf(head, Aggregate.USERS)) {
                count(users, keys.ofUser(EVERYTHING, head[2], isFirst(head)), sizes.of("all-users-figures"));
            } else if (isOf(head, Aggregate.PAYMENTS)) {
                count(payments, keys.ofPayment(EVERYTHING, head[2]), sizes.of("all-payments-figures"));
            }
            context().forward(record);
        }
    }

    private static boolean isOf(String[] head, Aggregate aggregate) {
        return Integer.parseInt(head[0]) == aggregate.ordinal();
    }

    private static boolean isFirst(String[] head) {
        return head[3].equals("1");
    }

    private final class ByOrganization extends ContextualProcessor<String, byte[], Void, Void> {

        private KeyValueStore<String, byte[]> userList;
        private KeyValueStore<String, byte[]> paymentSearch;
        private KeyValueStore<String, byte[]> descriptions;
        private KeyValueStore<String, byte[]> descriptionCounts;
        private KeyValueStore<String, byte[]> users;
        private KeyValueStore<String, byte[]> payments;
        private KeyValueStore<String, byte[]> applied;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            super.init(context);
            userList = context.getStateStore("user-list");
            paymentSearch = context.getStateStore("payment-search");
            descriptions = context.getStateStore("descriptions");
            descriptionCounts = context.getStateStore("description-counts");
            users = context.getStateStore("users-figures");
            payments = context.getStateStore("payments-figures");
            applied = context.getStateStore("applied-versions");
        }

        @Override
        public void process(Record<String, byte[]> record) {
            var head = head(record.value());
            var organization = head[1];
            var id = head[2];
            if (isOf(head, Aggregate.USERS)) {
                userList.put(id, new byte[sizes.of("users-view")]);
                count(users, keys.ofUser(organization, id, isFirst(head)), sizes.of("users-figures"));
            } else if (isOf(head, Aggregate.PAYMENTS)) {
                paymentSearch.put(id, new byte[sizes.of("payments-view")]);
                if (isFirst(head)) {
                    describe(organization + ' ' + Vocabulary.description(Population.number(id)));
                }
                count(payments, keys.ofPayment(organization, id), sizes.of("payments-figures"));
            }
            applied.put(Aggregate.values()[Integer.parseInt(head[0])].plural() + '/' + id, COUNT);
        }

        private void describe(String description) {
            var known = descriptionCounts.get(description);
            descriptionCounts.put(description, COUNT);
            if (known == null) {
                descriptions.put(description, new byte[sizes.of("descriptions")]);
            }
        }
    }

    private static <L, W> ProcessorSupplier<String, byte[], L, W> supplier(
            java.util.function.Supplier<Processor<String, byte[], L, W>> processor, StoreBuilder<?>... stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, byte[], L, W> get() {
                return processor.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return new LinkedHashSet<>(List.of(stores));
            }
        };
    }
}
