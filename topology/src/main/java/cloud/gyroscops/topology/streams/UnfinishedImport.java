package cloud.gyroscops.topology.streams;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * A mark that the event topics hold only a part of what is being imported: an empty topic that is there as long. What is
 * made of a part would be wrong, and nobody could tell.
 */
public final class UnfinishedImport {

    private final Admin admin;
    private final String topic;

    /** Of an application's events. */
    public UnfinishedImport(Admin admin, String applicationId) {
        this.admin = admin;
        this.topic = applicationId + "-unfinished-import";
    }

    /**
     * Sets it.
     *
     * @return false if it was set already
     */
    public boolean set() {
        try {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw new KafkaException("topic " + topic + " could not be made: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    /** Removes it: all is there. */
    public void remove() {
        Changelogs.delete(admin, List.of(topic));
    }

    /**
     * Makes sure that it is not set.
     *
     * @throws IllegalStateException if it is
     */
    public void refuse() {
        if (!Changelogs.ids(admin, List.of(topic)).isEmpty()) {
            throw new IllegalStateException(
                    "an import of events was not finished; run it again, it goes on where it was:"
                            + " gyroscops events import DIR; or give it up: delete the topics of events, and then the topic "
                            + topic);
        }
    }
}
