package cloud.gyroscops.standalone.cli;

import cloud.gyroscops.standalone.cli.CommandLineInterface.Failure;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;

/** What Kafka's clients complain of, and what would be right. */
final class KafkaTrouble {

    private KafkaTrouble() {}

    /** One line for the user; the first cause that can be told counts. */
    static Failure told(KafkaException trouble, String bootstrapServers) {
        var refused = cause(trouble, AuthenticationException.class);
        if (refused != null) {
            return new Failure("Kafka at " + bootstrapServers + " does not believe who is asking ("
                    + refused.getMessage() + "); are KAFKA_SECURITY_PROTOCOL and KAFKA_SASL_* right?");
        }
        var forbidden = cause(trouble, AuthorizationException.class);
        if (forbidden != null) {
            return new Failure("Kafka at " + bootstrapServers + " does not allow this (" + forbidden.getMessage()
                    + "); ask for the rights, or use another account");
        }
        var wrong = cause(trouble, ConfigException.class);
        if (wrong != null) {
            return new Failure("Kafka's clients cannot work so: " + wrong.getMessage()
                    + "; correct --bootstrap-servers or KAFKA_*");
        }
        if (cause(trouble, TimeoutException.class) != null || cause(trouble, DisconnectException.class) != null) {
            return new Failure("no Kafka answers at " + bootstrapServers + " (" + trouble.getMessage()
                    + "); start one with: gyroscops up, or name another with --bootstrap-servers");
        }
        return new Failure("Kafka at " + bootstrapServers + ": " + trouble.getMessage());
    }

    /** The same of the broker that runs on the data of "gyroscops up" meanwhile: no option and no account is wrong. */
    static Failure told(KafkaException trouble, Path dataDirectory) {
        return new Failure("the broker on the data in " + dataDirectory + " failed: " + trouble.getMessage()
                + "; is there space on the disk, and may all of --data-dir be written?");
    }

    private static <E extends Throwable> E cause(Throwable trouble, Class<E> type) {
        return Stream.iterate(trouble, one -> one != null, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }
}
