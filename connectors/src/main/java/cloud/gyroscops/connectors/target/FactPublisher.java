package cloud.gyroscops.connectors.target;

import java.util.concurrent.CompletableFuture;

/** Appends facts to the commands of their aggregates. */
@FunctionalInterface
public interface FactPublisher {

    /** Completes once Kafka has acknowledged the command; exceptionally where it did not. */
    CompletableFuture<Void> publish(Fact fact);
}
