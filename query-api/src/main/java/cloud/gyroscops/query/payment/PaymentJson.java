package cloud.gyroscops.query.payment;

import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.domain.payment.PaymentRules;
import cloud.gyroscops.query.aggregate.Progress;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.history.StatusChange;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Payments as JSON. */
final class PaymentJson {

    private static final Set<PaymentStatus> UNDER_WAY =
            EnumSet.of(PaymentStatus.PENDING, PaymentStatus.AUTHORIZED, PaymentStatus.CAPTURING);
    private static final Set<PaymentStatus> RECEIVED = EnumSet.of(PaymentStatus.COMPLETED, PaymentStatus.REFUNDED);

    private PaymentJson() {}

    /** All there is to say but the metadata, without the braces. */
    static void details(JsonGenerator json, String id, PaymentView view, String organizationName, Instant now)
            throws IOException {
        var payment = view.getState();
        common(json, id, view, organizationName);
        json.writeNumberField("amountRefundable", PaymentRules.refundable(payment));
        json.writeStringField("captureMethod", payment.getCaptureMethod().name());
        writeText(json, "authorizationCode", payment.getAuthorizationCode());
        writeText(json, "externalId", payment.getExternalId());
        if (payment.getError() != null) {
            json.writeObjectFieldStart("error");
            json.writeStringField("code", payment.getError().getCode());
            json.writeStringField("message", payment.getError().getMessage());
            json.writeEndObject();
        }
        refunds(json, payment);
        json.writeArrayFieldStart("flags");
        for (var flag : payment.getFlags()) {
            json.writeString(flag.name());
        }
        json.writeEndArray();
        Progress.writeMoment(json, "cancelledAt", view.getCancelledAt());
        Progress.writeMoment(json, "failedAt", view.getFailedAt());
        Progress.writeMoment(json, "expiresAt", payment.getExpiresAt());
        json.writeBooleanField("isActive", UNDER_WAY.contains(payment.getStatus()));
        json.writeBooleanField("isCompleted", RECEIVED.contains(payment.getStatus()));
        json.writeBooleanField("isCancelled", payment.getStatus() == PaymentStatus.CANCELLED);
        json.writeBooleanField("isExpired", payment.getStatus() == PaymentStatus.EXPIRED);
        var created = view.getApplied().getCreatedAt();
        if (view.getProcessedAt() != null) {
            var taken = Duration.between(created, view.getProcessedAt());
            json.writeStringField("processingTime", taken.toString());
            json.writeStringField("processingTimeClock", clock(taken));
        }
        json.writeNumberField("daysSinceCreation", Math.max(0, ChronoUnit.DAYS.between(created, now)));
        Progress.write(json, Aggregate.PAYMENTS, id, view.getApplied());
    }

    /** A row of a list. */
    static void row(JsonGenerator json, String id, PaymentView view, String organizationName) throws IOException {
        json.writeStartObject();
        common(json, id, view, organizationName);
        Progress.writeMoment(json, "createdAt", view.getApplied().getCreatedAt());
        json.writeEndObject();
    }

    static void metadata(JsonGenerator json, Map<String, String> metadata) throws IOException {
        json.writeObjectFieldStart("metadata");
        for (var entry : metadata.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    static void statuses(JsonGenerator json, List<StatusChange> changes) throws IOException {
        json.writeArrayFieldStart("statusHistory");
        for (var change : changes) {
            json.writeStartObject();
            json.writeStringField("status", change.status().name());
            json.writeStringField("time", change.time().toString());
            json.writeStringField("actor", change.actor());
            json.writeNumberField("version", change.version());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void common(JsonGenerator json, String id, PaymentView view, String organizationName)
            throws IOException {
        var payment = view.getState();
        json.writeStringField("id", id);
        json.writeStringField("organizationId", payment.getOrganizationId());
        writeText(json, "organizationName", organizationName);
        writeText(json, "userId", payment.getUserId());
        json.writeStringField("status", payment.getStatus().name());
        json.writeNumberField("amount", payment.getAmount());
        json.writeStringField("currency", payment.getCurrency());
        json.writeNumberField("amountReceived", payment.getAmountReceived());
        json.writeNumberField("amountRefunded", PaymentRules.refunded(payment));
        json.writeStringField("description", payment.getDescription());
        json.writeStringField("processor", payment.getProcessor().name());
        Progress.writeMoment(json, "processedAt", view.getProcessedAt());
    }

    private static void refunds(JsonGenerator json, PaymentState payment) throws IOException {
        json.writeArrayFieldStart("refunds");
        for (var refund : payment.getRefunds()) {
            json.writeStartObject();
            json.writeStringField("refundId", refund.getRefundId());
            json.writeNumberField("amount", refund.getAmount());
            json.writeStringField("status", refund.getStatus().name());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Hours, minutes and seconds; days are so many hours. */
    static String clock(Duration duration) {
        long hours = duration.toHours();
        return (hours < 10 ? "0" : "")
                + hours
                + ':'
                + two(duration.toMinutesPart())
                + ':'
                + two(duration.toSecondsPart());
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }

    private static void writeText(JsonGenerator json, String name, String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }
}
