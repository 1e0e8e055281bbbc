package cloud.gyroscops.query.health;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** {@code /health}: 200 if all is well, else 503; and what is not. */
public final class HealthResource {

    private final Health health;

    public HealthResource(Health health) {
        this.health = health;
    }

    public void live(Context ctx) {
        answer(ctx, health.alive());
    }

    public void ready(Context ctx) {
        answer(ctx, health.ready());
    }

    private static void answer(Context ctx, Map<String, BooleanSupplier> checks) {
        var json = JsonNodeFactory.instance.objectNode();
        var details = JsonNodeFactory.instance.objectNode();
        boolean well = true;
        for (var check : checks.entrySet()) {
            boolean holds = check.getValue().getAsBoolean();
            details.put(check.getKey(), holds);
            well &= holds;
        }
        json.put("status", well ? "UP" : "DOWN").set("checks", details);
        ctx.status(well ? 200 : 503).contentType("application/json").result(json.toString());
    }
}
