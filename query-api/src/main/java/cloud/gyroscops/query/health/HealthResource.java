package cloud.gyroscops.query.health;

import cloud.gyroscops.topology.health.Health;
import io.javalin.http.Context;

/** {@code /health}: 200 if all is well, else 503; and what is not. */
public final class HealthResource {

    private final Health health;

    public HealthResource(Health health) {
        this.health = health;
    }

    public void live(Context ctx) {
        answer(ctx, health.live());
    }

    public void ready(Context ctx) {
        answer(ctx, health.readiness());
    }

    private static void answer(Context ctx, Health.Verdict verdict) {
        ctx.status(verdict.status()).contentType("application/json").result(verdict.json());
    }
}
