package cloud.gyroscops.topology.model;

import static cloud.gyroscops.topology.model.Outcome.accepted;
import static cloud.gyroscops.topology.model.Outcome.refused;

import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.payment.AuthorizePayment;
import cloud.gyroscops.contract.payment.CancelPayment;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CapturePayment;
import cloud.gyroscops.contract.payment.CaptureRejected;
import cloud.gyroscops.contract.payment.CaptureRequested;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.ConfirmRefund;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.ExpirePayment;
import cloud.gyroscops.contract.payment.FailPayment;
import cloud.gyroscops.contract.payment.LinkPayment;
import cloud.gyroscops.contract.payment.PaymentAuthorized;
import cloud.gyroscops.contract.payment.PaymentCancelled;
import cloud.gyroscops.contract.payment.PaymentCompleted;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.PaymentExpired;
import cloud.gyroscops.contract.payment.PaymentFailed;
import cloud.gyroscops.contract.payment.PaymentFlag;
import cloud.gyroscops.contract.payment.PaymentLinked;
import cloud.gyroscops.contract.payment.PaymentState;
import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.ProcessorError;
import cloud.gyroscops.contract.payment.RefundConfirmed;
import cloud.gyroscops.contract.payment.RefundPayment;
import cloud.gyroscops.contract.payment.RefundRejected;
import cloud.gyroscops.contract.payment.RefundRequested;
import cloud.gyroscops.contract.payment.RefundState;
import cloud.gyroscops.contract.payment.RefundStatus;
import cloud.gyroscops.contract.payment.RejectCapture;
import cloud.gyroscops.contract.payment.RejectRefund;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

final class ReferencePayment implements ReferenceAggregate {

    /** Where the money has not moved yet, and nothing has ended it. */
    private static final Set<PaymentStatus> OPEN =
            Set.of(PaymentStatus.PENDING, PaymentStatus.AUTHORIZED, PaymentStatus.CAPTURING);

    private static final Set<PaymentStatus> RECEIVED = Set.of(PaymentStatus.COMPLETED, PaymentStatus.REFUNDED);
    private static final Map<PaymentStatus, PaymentFlag> LATE = Map.of(
            PaymentStatus.CANCELLED, PaymentFlag.AFTER_CANCELLATION,
            PaymentStatus.EXPIRED, PaymentFlag.AFTER_EXPIRY,
            PaymentStatus.FAILED, PaymentFlag.AFTER_FAILURE,
            PaymentStatus.COMPLETED, PaymentFlag.OUT_OF_ORDER,
            PaymentStatus.REFUNDED, PaymentFlag.OUT_OF_ORDER);

    private record Refund(long amount, RefundStatus status) {}

    private final Duration timeToLive;
    private PaymentStatus status = PaymentStatus.NONE;
    private PaymentCreated created;
    private String authorization;
    private String externalId;
    private long received;
    private ProcessorError error;
    private final Map<String, Refund> refunds = new LinkedHashMap<>();
    private final Set<PaymentFlag> flags = new LinkedHashSet<>();

    ReferencePayment(Duration timeToLive) {
        this.timeToLive = timeToLive;
    }

    @Override
    public Outcome handle(SpecificRecord payload, Origin origin, Instant time) {
        if (payload instanceof CreatePayment create) {
            return created == null ? create(create, time) : refused(RefusalReason.ALREADY_EXISTS);
        }
        if (created == null) {
            return refused(RefusalReason.NOT_FOUND);
        }
        if (payload instanceof CapturePayment) {
            return capture();
        }
        if (payload instanceof CancelPayment cancel) {
            return cancel(cancel, stripe() && origin == Origin.STRIPE);
        }
        if (payload instanceof RefundPayment refund) {
            return refund(refund);
        }
        if (payload instanceof ExpirePayment) {
            return expire(origin, time);
        }
        return origin == (stripe() ? Origin.STRIPE : Origin.CLIENT)
                ? fact(payload)
                : refused(RefusalReason.ORIGIN_NOT_ALLOWED);
    }

    private Outcome fact(SpecificRecord payload) {
        if (payload instanceof AuthorizePayment authorize) {
            return authorize(authorize.getAuthorizationCode().strip());
        }
        if (payload instanceof CompletePayment complete) {
            return complete(complete.getAmountReceived());
        }
        if (payload instanceof FailPayment fail) {
            return fail(new ProcessorError(fail.getCode(), fail.getMessage()));
        }
        if (payload instanceof RejectCapture reject) {
            return rejectCapture(new ProcessorError(reject.getCode(), reject.getMessage()));
        }
        if (payload instanceof ConfirmRefund confirm) {
            return confirmRefund(confirm.getRefundId(), confirm.getAmount());
        }
        if (payload instanceof RejectRefund reject) {
            return rejectRefund(reject.getRefundId(), new ProcessorError(reject.getCode(), reject.getMessage()));
        }
        return link(((LinkPayment) payload).getExternalId());
    }

    private Outcome create(CreatePayment create, Instant time) {
        if (create.getAmount() <= 0 || create.getCurrency().equals("XXX")) {
            return refused(RefusalReason.INVALID_FIELD);
        }
        status = PaymentStatus.PENDING;
        created = new PaymentCreated(
                create.getOrganizationId(),
                create.getUserId(),
                create.getAmount(),
                create.getCurrency().toUpperCase(Locale.ROOT),
                create.getDescription().strip(),
                create.getMetadata(),
                create.getCaptureMethod(),
                create.getProcessor(),
                time.plus(timeToLive));
        return accepted(created);
    }

    private Outcome capture() {
        if (status != PaymentStatus.AUTHORIZED) {
            return refused(RefusalReason.INVALID_STATE);
        }
        status = PaymentStatus.CAPTURING;
        return accepted(new CaptureRequested());
    }

    private Outcome cancel(CancelPayment cancel, boolean byProcessor) {
        if (cancel.getReason().isBlank()) {
            return refused(RefusalReason.INVALID_FIELD);
        }
        boolean ended = status == PaymentStatus.CANCELLED || status == PaymentStatus.EXPIRED;
        if (byProcessor && ended) {
            return accepted();
        }
        boolean byAnybody = status == PaymentStatus.PENDING || status == PaymentStatus.AUTHORIZED;
        if (!byAnybody && (!byProcessor || RECEIVED.contains(status) || ended)) {
            return refused(RefusalReason.INVALID_STATE);
        }
        status = PaymentStatus.CANCELLED;
        return accepted(new PaymentCancelled(cancel.getReason().strip()));
    }

    private Outcome refund(RefundPayment refund) {
        if (refund.getAmount() <= 0) {
            return refused(RefusalReason.INVALID_FIELD);
        }
        if (refunds.containsKey(refund.getRefundId())) {
            return refused(RefusalReason.REFUND_ID_REUSED);
        }
        if (!RECEIVED.contains(status)) {
            return refused(RefusalReason.INVALID_STATE);
        }
        if (refund.getAmount() > refundable()) {
            return refused(RefusalReason.REFUND_EXCEEDS_PAYMENT);
        }
        refunds.put(refund.getRefundId(), new Refund(refund.getAmount(), RefundStatus.REQUESTED));
        settle();
        return accepted(new RefundRequested(refund.getRefundId(), refund.getAmount()));
    }

    private Outcome expire(Origin origin, Instant time) {
        if (origin != Origin.SYSTEM) {
            return refused(RefusalReason.ORIGIN_NOT_ALLOWED);
        }
        boolean waits = status == PaymentStatus.PENDING || status == PaymentStatus.AUTHORIZED;
        if (!waits || time.isBefore(created.getExpiresAt())) {
            return refused(RefusalReason.INVALID_STATE);
        }
        status = PaymentStatus.EXPIRED;
        return accepted(new PaymentExpired());
    }

    private Outcome authorize(String code) {
        if (code.isEmpty()) {
            return refused(RefusalReason.INVALID_FIELD);
        }
        boolean waits = status == PaymentStatus.PENDING || status == PaymentStatus.FAILED;
        if (code.equals(authorization) && !waits) {
            return accepted();
        }
        var flag = status == PaymentStatus.AUTHORIZED || status == PaymentStatus.CAPTURING
                ? PaymentFlag.DIFFERS
                : LATE.get(status);
        authorization = code;
        if (waits) {
            status = PaymentStatus.AUTHORIZED;
        }
        return accepted(new PaymentAuthorized(code, raised(flag)));
    }

    private Outcome complete(long total) {
        if (total <= 0) {
            return refused(RefusalReason.INVALID_FIELD);
        }
        if (total <= received) {
            return accepted();
        }
        PaymentFlag flag;
        if (RECEIVED.contains(status)) {
            flag = PaymentFlag.DIFFERS;
        } else if (!OPEN.contains(status)) {
            flag = LATE.get(status);
        } else if (status == PaymentStatus.PENDING && created.getCaptureMethod() == CaptureMethod.MANUAL) {
            flag = PaymentFlag.OUT_OF_ORDER;
        } else {
            flag = total > created.getAmount() ? PaymentFlag.DIFFERS : null;
        }
        received = total;
        status = PaymentStatus.COMPLETED;
        settle();
        return accepted(new PaymentCompleted(total, raised(flag)));
    }

    private Outcome fail(ProcessorError told) {
        var flag = status == PaymentStatus.FAILED ? null : LATE.get(status);
        boolean known = status == PaymentStatus.FAILED || flags.contains(flag);
        if (known && told.equals(error)) {
            return accepted();
        }
        error = told;
        status = flag == null ? PaymentStatus.FAILED : status;
        return accepted(new PaymentFailed(told.getCode(), told.getMessage(), raised(flag)));
    }

    private Outcome rejectCapture(ProcessorError told) {
        boolean asked = status == PaymentStatus.CAPTURING;
        if (!asked && told.equals(error)) {
            return accepted();
        }
        var flag = asked ? null : LATE.getOrDefault(status, PaymentFlag.OUT_OF_ORDER);
        error = told;
        status = asked ? PaymentStatus.AUTHORIZED : status;
        return accepted(new CaptureRejected(told.getCode(), told.getMessage(), raised(flag)));
    }

    private Outcome confirmRefund(String id, Long told) {
        if (told != null && told <= 0) {
            return refused(RefusalReason.INVALID_FIELD);
        }
        var known = refunds.get(id);
        if (known == null && !stripe()) {
            return refused(RefusalReason.REFUND_NOT_FOUND);
        }
        if (known == null && told == null) {
            return refused(RefusalReason.INVALID_FIELD);
        }
        long amount = told == null ? known.amount() : told;
        boolean differs = known != null && amount != known.amount();
        if (differs && !stripe()) {
            return refused(RefusalReason.INVALID_FIELD);
        }
        if (known != null && known.status() == RefundStatus.CONFIRMED && !differs) {
            return accepted();
        }
        PaymentFlag flag;
        if (known == null) {
            flag = unaskedRefund(amount);
        } else if (known.status() == RefundStatus.REJECTED) {
            flag = PaymentFlag.OUT_OF_ORDER;
        } else {
            flag = differs ? PaymentFlag.DIFFERS : null;
        }
        refunds.put(id, new Refund(amount, RefundStatus.CONFIRMED));
        settle();
        return accepted(new RefundConfirmed(id, amount, raised(flag)));
    }

    private PaymentFlag unaskedRefund(long amount) {
        if (RECEIVED.contains(status)) {
            return amount > refundable() ? PaymentFlag.DIFFERS : null;
        }
        return LATE.getOrDefault(status, PaymentFlag.OUT_OF_ORDER);
    }

    private Outcome rejectRefund(String id, ProcessorError told) {
        var known = refunds.get(id);
        if (known == null) {
            return stripe() ? accepted() : refused(RefusalReason.REFUND_NOT_FOUND);
        }
        if (known.status() == RefundStatus.REJECTED) {
            return accepted();
        }
        var flag = known.status() == RefundStatus.CONFIRMED ? PaymentFlag.OUT_OF_ORDER : null;
        error = told;
        refunds.put(id, new Refund(known.amount(), RefundStatus.REJECTED));
        settle();
        return accepted(new RefundRejected(id, told.getCode(), told.getMessage(), raised(flag)));
    }

    private Outcome link(String id) {
        if (id.equals(externalId)) {
            return accepted();
        }
        var flag = externalId == null ? null : PaymentFlag.DIFFERS;
        externalId = id;
        return accepted(new PaymentLinked(id, raised(flag)));
    }

    private boolean stripe() {
        return created.getProcessor() == Processor.STRIPE;
    }

    private PaymentFlag raised(PaymentFlag flag) {
        if (flag != null) {
            flags.add(flag);
        }
        return flag;
    }

    private long refundable() {
        return Math.max(0, received - sum(RefundStatus.CONFIRMED, RefundStatus.REQUESTED));
    }

    private long sum(RefundStatus... statuses) {
        var wanted = Set.of(statuses);
        return refunds.values().stream()
                .filter(refund -> wanted.contains(refund.status()))
                .mapToLong(Refund::amount)
                .sum();
    }

    private void settle() {
        if (RECEIVED.contains(status)) {
            status = sum(RefundStatus.CONFIRMED) >= received ? PaymentStatus.REFUNDED : PaymentStatus.COMPLETED;
        }
    }

    @Override
    public SpecificRecord state() {
        if (created == null) {
            return PaymentState.newBuilder().build();
        }
        var list = refunds.entrySet().stream()
                .map(refund -> new RefundState(
                        refund.getKey(),
                        refund.getValue().amount(),
                        refund.getValue().status()))
                .toList();
        return new PaymentState(
                status,
                created.getOrganizationId(),
                created.getUserId(),
                created.getAmount(),
                created.getCurrency(),
                created.getDescription(),
                created.getMetadata(),
                created.getCaptureMethod(),
                created.getProcessor(),
                created.getExpiresAt(),
                authorization,
                externalId,
                received,
                list,
                error,
                new ArrayList<>(flags));
    }
}
