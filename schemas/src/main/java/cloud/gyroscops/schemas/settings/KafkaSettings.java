package cloud.gyroscops.schemas.settings;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * How to reach Kafka: every variable {@code KAFKA_SOME_SETTING} is passed to the Kafka clients as {@code some.setting}.
 *
 * @param clients settings of Kafka's clients, {@code bootstrap.servers} among them
 */
public record KafkaSettings(Map<String, String> clients) {

    private static final String FAMILY = "KAFKA_";

    /** Checks that there is a cluster to talk to. */
    public KafkaSettings {
        clients = Map.copyOf(clients);
        if (clients.getOrDefault("bootstrap.servers", "").isBlank()) {
            throw new IllegalArgumentException(
                    "KAFKA_BOOTSTRAP_SERVERS is not set; it must name Kafka brokers, like localhost:9092");
        }
    }

    /** For a cluster without authentication. */
    public static KafkaSettings at(String bootstrapServers) {
        return new KafkaSettings(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** From all variables whose names begin with {@code KAFKA_}. */
    public static KafkaSettings from(Environment environment) {
        var clients = new HashMap<String, String>();
        environment.all().forEach((name, value) -> {
            if (name.startsWith(FAMILY)) {
                var setting =
                        name.substring(FAMILY.length()).toLowerCase(Locale.ROOT).replace('_', '.');
                clients.put(setting, environment.text(name, ""));
            }
        });
        return new KafkaSettings(clients);
    }

    public String bootstrapServers() {
        return clients.get("bootstrap.servers");
    }

    /** The settings with others added. */
    public Properties with(Map<String, ?> others) {
        var properties = new Properties();
        properties.putAll(clients);
        properties.putAll(others);
        return properties;
    }

    /** Names the brokers only: the rest may hold secrets. */
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers() + "]";
    }
}
