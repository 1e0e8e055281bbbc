package cloud.gyroscops.standalone.town;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.domain.Command;
import cloud.gyroscops.domain.Decider;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.References;
import cloud.gyroscops.domain.References.Found;
import cloud.gyroscops.domain.organization.OrganizationDecider;
import cloud.gyroscops.domain.payment.PaymentDecider;
import cloud.gyroscops.domain.user.UserDecider;
import cloud.gyroscops.domain.user.UserRules;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.json.AvroFromJson;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** The town in memory: every command decided and evolved, with its references looked up. */
final class Inhabitants {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Fold<?> organizations = new Fold<>(new OrganizationDecider());
    private final Fold<UserState> users = new Fold<>(new UserDecider());
    private final Fold<?> payments = new Fold<>(new PaymentDecider(PaymentDecider.DEFAULT_TIME_TO_LIVE));

    /** Fails unless the command is accepted, and makes something happen. */
    void handle(JsonNode json) {
        var type = json.path("type").asText();
        var aggregate = Aggregate.thatTakes(type).orElseThrow();
        var payload = json.path("payload");
        var command = new Command(
                json.path("aggregateId").asText(),
                AvroFromJson.record(aggregate.commands().get(type), payload, "payload"),
                NOW,
                Origin.CLIENT,
                new References(organization(payload), user(payload)));
        switch (aggregate) {
            case ORGANIZATIONS -> organizations.handle(command);
            case USERS -> users.handle(command);
            case PAYMENTS -> payments.handle(command);
        }
    }

    private Found organization(JsonNode payload) {
        if (!payload.has("organizationId")) {
            return Found.NOT_ASKED;
        }
        return organizations.states.containsKey(payload.path("organizationId").asText())
                ? Found.PRESENT
                : Found.MISSING;
    }

    private Found user(JsonNode payload) {
        if (!payload.has("userId")) {
            return Found.NOT_ASKED;
        }
        var user = users.states.get(payload.path("userId").asText());
        if (user == null) {
            return Found.MISSING;
        }
        if (!UserRules.exists(user)) {
            return Found.DELETED;
        }
        return user.getOrganizationId().equals(payload.path("organizationId").asText())
                ? Found.PRESENT
                : Found.ELSEWHERE;
    }

    /** The aggregates of one type. */
    private static final class Fold<S> {

        private final Decider<Command, S, SpecificRecord, Refusal> decider;
        private final Map<String, S> states = new HashMap<>();

        Fold(Decider<Command, S, SpecificRecord, Refusal> decider) {
            this.decider = decider;
        }

        void handle(Command command) {
            var state = states.getOrDefault(command.aggregateId(), decider.initial());
            var decision = decider.decide(state, command);
            assertThat(decision).as(command.toString()).isInstanceOf(Decision.Accepted.class);
            var events = ((Decision.Accepted<SpecificRecord, Refusal>) decision).events();
            assertThat(events).as(command.toString()).isNotEmpty();
            for (var event : events) {
                state = decider.evolve(state, event);
            }
            states.put(command.aggregateId(), state);
        }
    }
}
