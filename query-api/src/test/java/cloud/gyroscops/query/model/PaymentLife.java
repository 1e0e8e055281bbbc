package cloud.gyroscops.query.model;

import cloud.gyroscops.contract.payment.CaptureRejected;
import cloud.gyroscops.contract.payment.CaptureRequested;
import cloud.gyroscops.contract.payment.PaymentAuthorized;
import cloud.gyroscops.contract.payment.PaymentCancelled;
import cloud.gyroscops.contract.payment.PaymentCompleted;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.PaymentExpired;
import cloud.gyroscops.contract.payment.PaymentFailed;
import cloud.gyroscops.contract.payment.PaymentFlag;
import cloud.gyroscops.contract.payment.PaymentLinked;
import cloud.gyroscops.contract.payment.RefundConfirmed;
import cloud.gyroscops.contract.payment.RefundRejected;
import cloud.gyroscops.contract.payment.RefundRequested;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** A payment as its events tell it. */
final class PaymentLife extends Life {

    private record Refund(long amount, String status) {}

    PaymentCreated created;
    String status = "";
    long received;
    Instant processedAt;
    PaymentFailed failure;
    Instant failedAt;
    private Instant cancelledAt;
    private String authorizationCode;
    private String externalId;
    private String errorCode;
    private String errorMessage;
    private final Map<String, Refund> refunds = new LinkedHashMap<>();
    private final Set<String> flags = new LinkedHashSet<>();
    private final ArrayNode statuses = Reply.array();

    PaymentLife(String id) {
        super(Aggregate.PAYMENTS, id);
    }

    @Override
    void happened(EventMessage event) {
        var before = status;
        apply(event.payload(), event.header().getOccurredAt());
        if (List.of("COMPLETED", "REFUNDED").contains(status)) {
            status = refunded() >= received ? "REFUNDED" : "COMPLETED";
        }
        if (!status.equals(before)) {
            statuses.addObject()
                    .put("status", status)
                    .put("time", event.header().getOccurredAt().toString())
                    .put("actor", event.header().getActor())
                    .put("version", event.header().getVersion());
        }
    }

    private void apply(SpecificRecord payload, Instant time) {
        if (payload instanceof PaymentCreated made) {
            created = made;
            status = "PENDING";
        } else if (payload instanceof CaptureRequested) {
            status = "CAPTURING";
        } else if (payload instanceof PaymentCancelled) {
            status = "CANCELLED";
            cancelledAt = time;
        } else if (payload instanceof PaymentExpired) {
            status = "EXPIRED";
        } else if (payload instanceof PaymentAuthorized authorized) {
            flag(authorized.getFlag());
            authorizationCode = authorized.getAuthorizationCode();
            status = List.of("PENDING", "FAILED").contains(status) ? "AUTHORIZED" : status;
        } else if (payload instanceof PaymentCompleted completed) {
            flag(completed.getFlag());
            received = completed.getAmountReceived();
            processedAt = processedAt == null ? time : processedAt;
            status = "COMPLETED";
        } else if (payload instanceof PaymentFailed failed) {
            flag(failed.getFlag());
            error(failed.getCode(), failed.getMessage());
            status = failed.getFlag() == null ? "FAILED" : status;
            failure = failed;
            failedAt = time;
        } else if (payload instanceof CaptureRejected rejected) {
            flag(rejected.getFlag());
            error(rejected.getCode(), rejected.getMessage());
            status = status.equals("CAPTURING") ? "AUTHORIZED" : status;
        } else if (payload instanceof PaymentLinked linked) {
            flag(linked.getFlag());
            externalId = linked.getExternalId();
        } else {
            refund(payload);
        }
    }

    private void refund(SpecificRecord payload) {
        if (payload instanceof RefundRequested asked) {
            refunds.put(asked.getRefundId(), new Refund(asked.getAmount(), "REQUESTED"));
        } else if (payload instanceof RefundConfirmed confirmed) {
            flag(confirmed.getFlag());
            refunds.put(confirmed.getRefundId(), new Refund(confirmed.getAmount(), "CONFIRMED"));
        } else if (payload instanceof RefundRejected rejected) {
            flag(rejected.getFlag());
            error(rejected.getCode(), rejected.getMessage());
            refunds.computeIfPresent(rejected.getRefundId(), (id, asked) -> new Refund(asked.amount, "REJECTED"));
        } else {
            throw new IllegalArgumentException("the model knows no " + payload);
        }
    }

    private void flag(PaymentFlag flag) {
        if (flag != null) {
            flags.add(flag.name());
        }
    }

    private void error(String code, String message) {
        errorCode = code;
        errorMessage = message;
    }

    long refunded() {
        return sum(List.of("CONFIRMED"));
    }

    long confirmedRefunds() {
        return refunds.values().stream()
                .filter(refund -> refund.status.equals("CONFIRMED"))
                .count();
    }

    private long sum(List<String> which) {
        return refunds.values().stream()
                .filter(refund -> which.contains(refund.status))
                .mapToLong(Refund::amount)
                .sum();
    }

    String words() {
        return created.getDescription() + " "
                + String.join(" ", created.getMetadata().values());
    }

    ArrayNode statuses() {
        return statuses;
    }

    ObjectNode metadata() {
        var json = Reply.object();
        created.getMetadata().forEach(json::put);
        return json;
    }

    ObjectNode row(String organizationName) {
        var json = common(organizationName);
        json.put("createdAt", createdAt.toString());
        return json;
    }

    private ObjectNode common(String organizationName) {
        var json = Reply.object();
        json.put("id", id)
                .put("organizationId", created.getOrganizationId())
                .put("status", status)
                .put("amount", created.getAmount())
                .put("currency", created.getCurrency())
                .put("amountReceived", received)
                .put("amountRefunded", refunded())
                .put("description", created.getDescription())
                .put("processor", created.getProcessor().name());
        put(json, "organizationName", organizationName);
        put(json, "userId", created.getUserId());
        put(json, "processedAt", processedAt);
        return json;
    }

    /** Without the metadata. */
    ObjectNode summary(String organizationName, Instant now) {
        var json = common(organizationName);
        json.put("amountRefundable", Math.max(0, received - sum(List.of("CONFIRMED", "REQUESTED"))))
                .put("captureMethod", created.getCaptureMethod().name());
        put(json, "authorizationCode", authorizationCode);
        put(json, "externalId", externalId);
        if (errorCode != null) {
            json.putObject("error").put("code", errorCode).put("message", errorMessage);
        }
        var list = json.putArray("refunds");
        refunds.forEach((refundId, refund) -> list.addObject()
                .put("refundId", refundId)
                .put("amount", refund.amount)
                .put("status", refund.status));
        json.set("flags", Reply.texts(flags));
        put(json, "cancelledAt", cancelledAt);
        put(json, "failedAt", failedAt);
        put(json, "expiresAt", created.getExpiresAt());
        json.put("isActive", List.of("PENDING", "AUTHORIZED", "CAPTURING").contains(status))
                .put("isCompleted", List.of("COMPLETED", "REFUNDED").contains(status))
                .put("isCancelled", status.equals("CANCELLED"))
                .put("isExpired", status.equals("EXPIRED"))
                .put("daysSinceCreation", (now.toEpochMilli() - createdAt.toEpochMilli()) / 86_400_000);
        if (processedAt != null) {
            long millis = processedAt.toEpochMilli() - createdAt.toEpochMilli();
            json.put("processingTime", Duration.ofMillis(millis).toString())
                    .put(
                            "processingTimeClock",
                            "%02d:%02d:%02d".formatted(millis / 3_600_000, millis / 60_000 % 60, millis / 1_000 % 60));
        }
        writeProgress(json);
        return json;
    }
}
