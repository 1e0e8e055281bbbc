package cloud.gyroscops.schemas;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.channel.Answer;
import cloud.gyroscops.contract.channel.ClaimMessage;
import cloud.gyroscops.contract.channel.Parked;
import cloud.gyroscops.contract.channel.ReferenceQuestion;
import cloud.gyroscops.contract.channel.StoredClaim;
import cloud.gyroscops.contract.mirror.MirrorControl;
import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.contract.mirror.MirrorStatus;
import cloud.gyroscops.contract.mirror.MirroredAggregate;
import cloud.gyroscops.contract.mirror.PendingWork;
import cloud.gyroscops.contract.mirror.RunStatus;
import cloud.gyroscops.contract.organization.OrganizationCommand;
import cloud.gyroscops.contract.organization.OrganizationEvent;
import cloud.gyroscops.contract.organization.StoredOrganization;
import cloud.gyroscops.contract.payment.PaymentCommand;
import cloud.gyroscops.contract.payment.PaymentEvent;
import cloud.gyroscops.contract.payment.StoredPayment;
import cloud.gyroscops.contract.user.StoredUser;
import cloud.gyroscops.contract.user.UserCommand;
import cloud.gyroscops.contract.user.UserEvent;
import cloud.gyroscops.contract.view.OrganizationView;
import cloud.gyroscops.contract.view.PaymentFigures;
import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.contract.view.UserFigures;
import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.contract.view.ViewChange;
import cloud.gyroscops.contract.view.ViewVersions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** The schemas whose history is kept, as the generated classes have them now, each with its rule. */
final class CurrentContracts {
    private static final List<Schema> ENVELOPES = List.of(
            OrganizationCommand.getClassSchema(),
            OrganizationEvent.getClassSchema(),
            UserCommand.getClassSchema(),
            UserEvent.getClassSchema(),
            PaymentCommand.getClassSchema(),
            PaymentEvent.getClassSchema());
    private static final List<Schema> OTHERS = List.of(
            CommandResult.getClassSchema(),
            StoredOrganization.getClassSchema(),
            StoredUser.getClassSchema(),
            StoredPayment.getClassSchema(),
            OrganizationView.getClassSchema(),
            UserView.getClassSchema(),
            PaymentView.getClassSchema(),
            PaymentFigures.getClassSchema(),
            UserFigures.getClassSchema(),
            ViewChange.getClassSchema(),
            ViewVersions.getClassSchema(),
            MirrorOutcome.getClassSchema(),
            MirrorControl.getClassSchema(),
            MirrorStatus.getClassSchema(),
            MirroredAggregate.getClassSchema(),
            PendingWork.getClassSchema(),
            RunStatus.getClassSchema(),
            ClaimMessage.getClassSchema(),
            ReferenceQuestion.getClassSchema(),
            Answer.getClassSchema(),
            StoredClaim.getClassSchema(),
            Parked.getClassSchema());

    private CurrentContracts() {}

    static Map<Schema, EvolutionRule> all() {
        Map<Schema, EvolutionRule> rules = new LinkedHashMap<>();
        ENVELOPES.forEach(envelope -> {
            rules.put(envelope, EvolutionRule.BACKWARD_TRANSITIVE);
            envelope.getField("payload")
                    .schema()
                    .getTypes()
                    .forEach(payload -> rules.put(payload, EvolutionRule.FULL_TRANSITIVE));
        });
        OTHERS.forEach(schema -> rules.put(schema, EvolutionRule.BACKWARD_TRANSITIVE));
        return rules;
    }
}
