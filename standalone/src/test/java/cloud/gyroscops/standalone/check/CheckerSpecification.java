package cloud.gyroscops.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.user.CreateUser;
import cloud.gyroscops.standalone.check.Chronicle.Traces;
import java.util.List;
import java.util.Map;

/** A chronicle to spoil, and what the check must say of it. */
abstract class CheckerSpecification {

    final Chronicle chronicle = new Chronicle();

    final Traces organization(String id) {
        return chronicle.happens(id, new CreateOrganization("Name of " + id));
    }

    final Traces user(String id, String organizationId) {
        return chronicle.happens(id, createUser(id, organizationId));
    }

    static CreateUser createUser(String name, String organizationId) {
        return new CreateUser(name + "-name", name + "@acme.test", "Ada", "Lovelace", organizationId, List.of());
    }

    final Traces payment(String id, String organizationId, String userId) {
        return chronicle.happens(id, createPayment(organizationId, userId));
    }

    static CreatePayment createPayment(String organizationId, String userId) {
        return new CreatePayment(
                organizationId, userId, 1000L, "EUR", "", Map.of(), CaptureMethod.AUTOMATIC, Processor.NONE);
    }

    final void content() {
        assertThat(chronicle.check().violations()).isEmpty();
    }

    final void content(Report.Lag lag) {
        content();
        assertThat(chronicle.check().lag()).isEqualTo(lag);
    }

    final void violated(Invariant invariant, Place place) {
        assertThat(chronicle.check().violations()).anySatisfy(violation -> {
            assertThat(violation.invariant()).isEqualTo(invariant);
            assertThat(violation.place()).isEqualTo(place);
        });
    }
}
