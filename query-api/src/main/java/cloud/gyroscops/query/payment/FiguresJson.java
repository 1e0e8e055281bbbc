package cloud.gyroscops.query.payment;

import cloud.gyroscops.query.aggregate.Progress;
import cloud.gyroscops.topology.view.figures.Amounts;
import cloud.gyroscops.topology.view.figures.PaymentDashboard;
import cloud.gyroscops.topology.view.figures.PaymentStatistics;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Figures of payments as JSON. */
final class FiguresJson {

    private FiguresJson() {}

    static void statistics(JsonGenerator json, PaymentStatistics statistics) throws IOException {
        json.writeNumberField("total", statistics.total());
        json.writeArrayFieldStart("byStatus");
        for (var status : statistics.byStatus().entrySet()) {
            json.writeStartObject();
            json.writeStringField("status", status.getKey().name());
            json.writeNumberField("count", status.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("byCurrency");
        for (var currency : statistics.byCurrency().entrySet()) {
            json.writeStartObject();
            json.writeStringField("currency", currency.getKey());
            json.writeNumberField("count", currency.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        amounts(json, statistics.amounts());
    }

    static void dashboard(JsonGenerator json, PaymentDashboard dashboard) throws IOException {
        json.writeNumberField("total", dashboard.total());
        json.writeNumberField("failed", dashboard.failed());
        json.writeNumberField("successRate", dashboard.successRate());
        amounts(json, dashboard.amounts());
        json.writeArrayFieldStart("refunds");
        for (var refunds : dashboard.refunds()) {
            json.writeStartObject();
            json.writeStringField("currency", refunds.currency());
            json.writeNumberField("count", refunds.count());
            json.writeNumberField("amount", refunds.amount());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (dashboard.lastPayment().isPresent()) {
            var last = dashboard.lastPayment().get();
            json.writeObjectFieldStart("lastPayment");
            json.writeStringField("id", last.id());
            Progress.writeMoment(json, "createdAt", last.createdAt());
            json.writeNumberField("amount", last.amount());
            json.writeStringField("currency", last.currency());
            json.writeEndObject();
        }
        if (dashboard.lastFailure().isPresent()) {
            var last = dashboard.lastFailure().get();
            json.writeObjectFieldStart("lastFailure");
            json.writeStringField("id", last.id());
            Progress.writeMoment(json, "failedAt", last.failedAt());
            json.writeStringField("code", last.code());
            json.writeStringField("message", last.message());
            json.writeEndObject();
        }
    }

    private static void amounts(JsonGenerator json, List<Amounts> amounts) throws IOException {
        json.writeArrayFieldStart("amounts");
        for (var each : amounts) {
            json.writeStartObject();
            json.writeStringField("currency", each.currency());
            json.writeNumberField("asked", each.asked());
            json.writeNumberField("received", each.received());
            json.writeNumberField("refunded", each.refunded());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
