package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationEvent;
import cloud.gyroscops.contract.organization.OrganizationReactivated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.organization.OrganizationSuspended;
import cloud.gyroscops.contract.organization.ReactivateOrganization;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.organization.SuspendOrganization;
import cloud.gyroscops.contract.payment.AuthorizePayment;
import cloud.gyroscops.contract.payment.CancelPayment;
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
import cloud.gyroscops.contract.payment.PaymentEvent;
import cloud.gyroscops.contract.payment.PaymentExpired;
import cloud.gyroscops.contract.payment.PaymentFailed;
import cloud.gyroscops.contract.payment.PaymentLinked;
import cloud.gyroscops.contract.payment.RefundConfirmed;
import cloud.gyroscops.contract.payment.RefundPayment;
import cloud.gyroscops.contract.payment.RefundRejected;
import cloud.gyroscops.contract.payment.RefundRequested;
import cloud.gyroscops.contract.payment.RejectCapture;
import cloud.gyroscops.contract.payment.RejectRefund;
import cloud.gyroscops.contract.user.AssignUserRoles;
import cloud.gyroscops.contract.user.CreateUser;
import cloud.gyroscops.contract.user.DeleteUser;
import cloud.gyroscops.contract.user.DisableUser;
import cloud.gyroscops.contract.user.EnableUser;
import cloud.gyroscops.contract.user.EraseUser;
import cloud.gyroscops.contract.user.RecordUserLogin;
import cloud.gyroscops.contract.user.UnverifyUserEmail;
import cloud.gyroscops.contract.user.UpdateUser;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserDeleted;
import cloud.gyroscops.contract.user.UserDisabled;
import cloud.gyroscops.contract.user.UserEmailUnverified;
import cloud.gyroscops.contract.user.UserEmailVerified;
import cloud.gyroscops.contract.user.UserEnabled;
import cloud.gyroscops.contract.user.UserErased;
import cloud.gyroscops.contract.user.UserEvent;
import cloud.gyroscops.contract.user.UserLoggedIn;
import cloud.gyroscops.contract.user.UserRolesAssigned;
import cloud.gyroscops.contract.user.UserUpdated;
import cloud.gyroscops.contract.user.VerifyUserEmail;
import cloud.gyroscops.domain.Cases;
import cloud.gyroscops.schemas.Aggregate;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** The command that makes an event, told from the event: for where the command itself is gone. */
final class Causes {

    private static final Cases<Aggregate, SpecificRecord> ORGANIZATIONS = Cases.<Aggregate, SpecificRecord>over(
                    OrganizationEvent.getClassSchema())
            .on(OrganizationCreated.class, (of, event) -> new CreateOrganization(event.getName()))
            .on(OrganizationRenamed.class, (of, event) -> new RenameOrganization(event.getName()))
            .on(OrganizationSuspended.class, (of, event) -> new SuspendOrganization(event.getReason()))
            .on(OrganizationReactivated.class, (of, event) -> new ReactivateOrganization())
            .complete();

    private static final Cases<Aggregate, SpecificRecord> USERS = Cases.<Aggregate, SpecificRecord>over(
                    UserEvent.getClassSchema())
            .on(
                    UserCreated.class,
                    (of, event) -> new CreateUser(
                            event.getUsername(),
                            event.getEmail(),
                            event.getFirstName(),
                            event.getLastName(),
                            event.getOrganizationId(),
                            event.getRoles()))
            .on(
                    UserUpdated.class,
                    (of, event) -> new UpdateUser(
                            event.getUsername(), event.getEmail(), event.getFirstName(), event.getLastName()))
            .on(UserEnabled.class, (of, event) -> new EnableUser())
            .on(UserDisabled.class, (of, event) -> new DisableUser())
            .on(UserEmailVerified.class, (of, event) -> new VerifyUserEmail())
            .on(UserEmailUnverified.class, (of, event) -> new UnverifyUserEmail())
            .on(UserRolesAssigned.class, (of, event) -> new AssignUserRoles(event.getRoles()))
            .on(UserLoggedIn.class, (of, event) -> new RecordUserLogin(event.getLoggedInAt()))
            .on(UserDeleted.class, (of, event) -> new DeleteUser())
            .on(UserErased.class, (of, event) -> new EraseUser())
            .complete();

    private static final Cases<Aggregate, SpecificRecord> PAYMENTS = Cases.<Aggregate, SpecificRecord>over(
                    PaymentEvent.getClassSchema())
            .on(
                    PaymentCreated.class,
                    (of, event) -> new CreatePayment(
                            event.getOrganizationId(),
                            event.getUserId(),
                            event.getAmount(),
                            event.getCurrency(),
                            event.getDescription(),
                            event.getMetadata(),
                            event.getCaptureMethod(),
                            event.getProcessor()))
            .on(CaptureRequested.class, (of, event) -> new CapturePayment())
            .on(PaymentCancelled.class, (of, event) -> new CancelPayment(event.getReason(), null))
            .on(RefundRequested.class, (of, event) -> new RefundPayment(event.getRefundId(), event.getAmount()))
            .on(PaymentExpired.class, (of, event) -> new ExpirePayment())
            .on(PaymentAuthorized.class, (of, event) -> new AuthorizePayment(event.getAuthorizationCode(), null))
            .on(PaymentCompleted.class, (of, event) -> new CompletePayment(event.getAmountReceived(), null))
            .on(PaymentFailed.class, (of, event) -> new FailPayment(event.getCode(), event.getMessage(), null))
            .on(CaptureRejected.class, (of, event) -> new RejectCapture(event.getCode(), event.getMessage()))
            .on(RefundConfirmed.class, (of, event) -> new ConfirmRefund(event.getRefundId(), event.getAmount(), null))
            .on(
                    RefundRejected.class,
                    (of, event) -> new RejectRefund(event.getRefundId(), event.getCode(), event.getMessage(), null))
            .on(PaymentLinked.class, (of, event) -> new LinkPayment(event.getExternalId()))
            .complete();

    private static final Map<Aggregate, Cases<Aggregate, SpecificRecord>> BY_AGGREGATE = new EnumMap<>(
            Map.of(Aggregate.ORGANIZATIONS, ORGANIZATIONS, Aggregate.USERS, USERS, Aggregate.PAYMENTS, PAYMENTS));

    private Causes() {}

    /** The payload of a command that makes this event first, where it makes any. */
    static SpecificRecord of(Aggregate aggregate, SpecificRecord event) {
        return BY_AGGREGATE.get(aggregate).apply(aggregate, event);
    }
}
