package cloud.gyroscops.query.health;

import cloud.gyroscops.topology.health.Health;
import cloud.gyroscops.topology.view.version.VersionProgress;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Supplier;

/** {@code /health}: 200 if all is well, else 503; and what is not. */
public final class HealthResource {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Health health;
    private final Supplier<List<VersionProgress>> progress;

    /** Judges by that, and tells of these partitions of the views. */
    public HealthResource(Health health, Supplier<List<VersionProgress>> progress) {
        this.health = health;
        this.progress = progress;
    }

    public void live(Context ctx) {
        var verdict = health.live();
        answer(ctx, verdict, verdict.json());
    }

    /** Tells, too, how far each partition of the views is. */
    public void ready(Context ctx) throws JsonProcessingException {
        var verdict = health.readiness();
        var json = (ObjectNode) JSON.readTree(verdict.json());
        var views = json.putArray("views");
        progress.get().forEach(one -> {
            var partition = one.partition();
            var row = views.addObject()
                    .put("version", one.version())
                    .put("answers", one.answers())
                    .put("side", partition.side().name())
                    .put("partition", partition.partition())
                    .put("role", partition.role().name());
            partition.lag().ifPresent(records -> row.put("lagRecords", records));
            partition.toLoad().ifPresent(records -> row.put("toLoadRecords", records));
            partition.lastApplied().ifPresent(time -> row.put("lastApplied", time.toString()));
            partition.lookedAt().ifPresent(time -> row.put("lookedAt", time.toString()));
        });
        answer(ctx, verdict, json.toString());
    }

    private static void answer(Context ctx, Health.Verdict verdict, String json) {
        ctx.status(verdict.status()).contentType("application/json").result(json);
    }
}
