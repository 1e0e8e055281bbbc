package cloud.gyroscops.benchmarks.mirror;

import cloud.gyroscops.connectors.http.HttpSettings;
import cloud.gyroscops.connectors.sidecar.Sidecar;
import cloud.gyroscops.connectors.sidecar.SidecarSettings;
import cloud.gyroscops.connectors.sidecar.Targets;
import cloud.gyroscops.connectors.stripe.StripeSettings;
import cloud.gyroscops.connectors.stripe.simulator.SimulatorSettings;
import cloud.gyroscops.connectors.stripe.simulator.StripeSimulator;
import cloud.gyroscops.connectors.worker.WorkerSettings;
import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.registry.RegistrySettings;
import cloud.gyroscops.schemas.settings.KafkaSettings;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.standalone.system.GyroscopsSystem;
import cloud.gyroscops.standalone.system.SystemSettings;
import cloud.gyroscops.topology.streams.Installation;
import cloud.gyroscops.topology.streams.StreamsSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Payments are created first; then a sidecar mirrors them: to a target that is there, and to one that comes back. */
final class MirrorTrial {

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final String LINKED = "linked";

    private final MirrorSettings settings;
    private final Path directory;
    private final PrintWriter out;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    MirrorTrial(MirrorSettings settings, Path directory, PrintWriter out) {
        this.settings = settings;
        this.directory = directory;
        this.out = out;
    }

    /** What came of it. */
    record Figures(double eventsPerSecond, double drainSeconds) {}

    Figures run() throws InterruptedException {
        var topics = TopicSettings.single(settings.partitions());
        try (var stripe = StripeSimulator.start(SimulatorSettings.defaults());
                var system = GyroscopsSystem.start(SystemSettings.anywhere(directory, settings.partitions()))) {
            stripe.latency(settings.latency());
            var installation = Installation.at(
                    KafkaSettings.at(system.bootstrapServers()),
                    topics,
                    RegistrySettings.of(URI.create(system.registryUrl())),
                    directory.resolve("bench"));
            installation.prepare();
            publish(installation, "first");
            try (var sidecar = sidecar(installation, stripe)) {
                sidecar.start();
                double before = awaitMirrored(1);
                double mirrored = settings.events() - before;
                long began = System.nanoTime();
                awaitMirrored(settings.events());
                double rate = mirrored / seconds(began);
                out.printf("%,.0f events mirrored a second (bound: %,.0f)%n", rate, settings.bound());
                out.flush();

                stripe.faults().down(true);
                long down = System.nanoTime();
                publish(installation, "second");
                TimeUnit.NANOSECONDS.sleep(settings.outage().toNanos() - (System.nanoTime() - down));
                stripe.faults().down(false);
                long back = System.nanoTime();
                awaitMirrored(2L * settings.events());
                double drain = seconds(back);
                out.printf("%,d events drained %.1f s after the target came back%n", settings.events(), drain);
                out.flush();
                return new Figures(rate, drain);
            }
        }
    }

    private Sidecar sidecar(Installation installation, StripeSimulator stripe) {
        var targets = new Targets(
                Optional.empty(),
                Optional.of(new StripeSettings(
                                SimulatorSettings.API_KEY,
                                URI.create(stripe.url()),
                                List.of(SimulatorSettings.WEBHOOK_SECRET))
                        .withRate(settings.ratePerSecond())),
                meters);
        var usual = WorkerSettings.DEFAULT;
        var worker = new WorkerSettings(
                settings.callsAtATime(),
                settings.lanes(),
                usual.placesInMemory(),
                usual.attempts(),
                usual.patience(),
                usual.firstPause(),
                usual.longestPause());
        return new Sidecar(
                installation,
                application -> new StreamsSettings(
                        installation.kafka(), application, directory.resolve("state"), 1, 100, 1, 0, 6_000, ""),
                new SidecarSettings(worker, new HttpSettings("127.0.0.1", 0), Optional.empty()),
                targets.all(),
                targets::webhooks,
                meters);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** How many there are then. */
    private double awaitMirrored(long events) throws InterruptedException {
        long until = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            double mirrored = meters.find("mirror_outcomes").tag("kind", LINKED).counters().stream()
                    .mapToDouble(Counter::count)
                    .sum();
            if (mirrored >= events) {
                return mirrored;
            }
            if (System.nanoTime() > until) {
                throw new IllegalStateException(mirrored + " of " + events + " events were mirrored within " + LONGEST);
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        }
    }

    /** Creates payments, and waits until their events are there. */
    private void publish(Installation installation, String name) {
        try (var producer = new KafkaProducer<>(
                installation.kafka().with(Map.of("linger.ms", 5)), new StringSerializer(), new ByteArraySerializer())) {
            send(producer, installation, Aggregate.ORGANIZATIONS, "o-" + name, new CreateOrganization("Bench " + name));
            for (int number = 0; number < settings.events(); number++) {
                send(
                        producer,
                        installation,
                        Aggregate.PAYMENTS,
                        name + '-' + number,
                        new CreatePayment(
                                "o-" + name,
                                null,
                                1_000L,
                                "EUR",
                                "",
                                Map.of(),
                                CaptureMethod.AUTOMATIC,
                                Processor.STRIPE));
            }
        }
        awaitEvents(installation, name);
    }

    private static void send(
            KafkaProducer<String, byte[]> producer,
            Installation installation,
            Aggregate aggregate,
            String id,
            SpecificRecord payload) {
        var header = new CommandHeader(id + ".1", id, null, "bench", Origin.CLIENT, null, Map.of());
        producer.send(new ProducerRecord<>(
                installation.topics().commands(aggregate),
                id,
                installation.wire().command(aggregate, new CommandMessage(header, payload))));
    }

    private void awaitEvents(Installation installation, String name) {
        var topic = installation.topics().events(Aggregate.PAYMENTS);
        try (var consumer = new KafkaConsumer<>(
                installation.kafka().with(Map.of("isolation.level", "read_committed")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long found = 0;
            long until = System.nanoTime() + LONGEST.toNanos();
            while (found < settings.events() && System.nanoTime() < until) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    var key = new String(record.key(), StandardCharsets.UTF_8);
                    found += key.startsWith(name + '-') && key.endsWith("@1") ? 1 : 0;
                }
            }
        }
    }
}
