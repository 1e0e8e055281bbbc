package cloud.gyroscops.topology;

import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.PaymentCreated;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.user.CreateUser;
import cloud.gyroscops.contract.user.UserCreated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Plain, well-formed payloads for tests to begin with. */
public final class Payloads {

    private Payloads() {}

    /** Ada, of an organization. */
    public static CreateUser createUser(String organizationId) {
        return new CreateUser("ada", "ada@acme.test", "Ada", "Lovelace", organizationId, List.of("admin"));
    }

    /** Ada, created. */
    public static UserCreated userCreated(String organizationId) {
        return new UserCreated("ada", "ada@acme.test", "Ada", "Lovelace", organizationId, List.of("admin"));
    }

    /** 10.00 EUR for an organization, whose facts come from clients. */
    public static CreatePayment createPayment(String organizationId) {
        return new CreatePayment(
                organizationId, null, 1000L, "EUR", "", Map.of(), CaptureMethod.AUTOMATIC, Processor.NONE);
    }

    /** 10.00 EUR, created; it expires a day later. */
    public static PaymentCreated paymentCreated(String organizationId, Instant createdAt) {
        return new PaymentCreated(
                organizationId,
                null,
                1000L,
                "EUR",
                "",
                Map.of(),
                CaptureMethod.AUTOMATIC,
                Processor.NONE,
                createdAt.plus(Duration.ofDays(1)));
    }
}
