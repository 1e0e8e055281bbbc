package cloud.gyroscops.domain.organization;

import static cloud.gyroscops.domain.Decision.accept;
import static cloud.gyroscops.domain.Decision.refuse;

import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.OrganizationCommand;
import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationEvent;
import cloud.gyroscops.contract.organization.OrganizationReactivated;
import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.OrganizationStatus;
import cloud.gyroscops.contract.organization.OrganizationSuspended;
import cloud.gyroscops.contract.organization.ReactivateOrganization;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.organization.SuspendOrganization;
import cloud.gyroscops.domain.Cases;
import cloud.gyroscops.domain.Command;
import cloud.gyroscops.domain.Decider;
import cloud.gyroscops.domain.Decision;
import cloud.gyroscops.domain.Fields;
import cloud.gyroscops.domain.Situation;
import cloud.gyroscops.domain.States;
import org.apache.avro.specific.SpecificRecord;

/** The rules of organizations: created, renamed, suspended, reactivated. */
public final class OrganizationDecider implements Decider<Command, OrganizationState, SpecificRecord, Refusal> {

    private static final Cases<Situation<OrganizationState>, Decision<SpecificRecord, Refusal>> DECIDE =
            Cases.<Situation<OrganizationState>, Decision<SpecificRecord, Refusal>>over(
                            OrganizationCommand.getClassSchema())
                    .on(CreateOrganization.class, OrganizationDecider::create)
                    .on(RenameOrganization.class, OrganizationDecider::rename)
                    .on(SuspendOrganization.class, OrganizationDecider::suspend)
                    .on(ReactivateOrganization.class, OrganizationDecider::reactivate)
                    .complete();

    private static final Cases<OrganizationState, OrganizationState> EVOLVE =
            Cases.<OrganizationState, OrganizationState>over(OrganizationEvent.getClassSchema())
                    .on(OrganizationCreated.class, OrganizationDecider::created)
                    .on(OrganizationRenamed.class, OrganizationDecider::renamed)
                    .on(OrganizationSuspended.class, OrganizationDecider::suspended)
                    .on(OrganizationReactivated.class, OrganizationDecider::reactivated)
                    .complete();

    // Not by its builder: that reads defaults through Avro, which loads only classes that the process declared trusted.
    private static final OrganizationState INITIAL = new OrganizationState(OrganizationStatus.NONE, "", null);

    @Override
    public OrganizationState initial() {
        return INITIAL;
    }

    @Override
    public Decision<SpecificRecord, Refusal> decide(OrganizationState state, Command command) {
        boolean exists = state.getStatus() != OrganizationStatus.NONE;
        boolean creates = command.payload() instanceof CreateOrganization;
        if (exists && creates) {
            return refuse(
                    RefusalReason.ALREADY_EXISTS,
                    "organization " + command.aggregateId() + " exists already, as " + Fields.quote(state.getName()));
        }
        if (!exists && !creates) {
            return refuse(RefusalReason.NOT_FOUND, "there is no organization " + command.aggregateId());
        }
        return DECIDE.apply(new Situation<>(state, command), command.payload());
    }

    @Override
    public OrganizationState evolve(OrganizationState state, SpecificRecord event) {
        return EVOLVE.apply(state, event);
    }

    private static Decision<SpecificRecord, Refusal> create(
            Situation<OrganizationState> situation, CreateOrganization create) {
        var fields = new Fields();
        var name = fields.text("name", create.getName(), 1, 100);
        return fields.refused() ? fields.refusal() : accept(new OrganizationCreated(name));
    }

    private static Decision<SpecificRecord, Refusal> rename(
            Situation<OrganizationState> situation, RenameOrganization rename) {
        var fields = new Fields();
        var name = fields.text("name", rename.getName(), 1, 100);
        if (fields.refused()) {
            return fields.refusal();
        }
        return name.equals(situation.state().getName())
                ? refuse(RefusalReason.NOTHING_TO_CHANGE, "name", "the name is " + Fields.quote(name) + " already")
                : accept(new OrganizationRenamed(name));
    }

    private static Decision<SpecificRecord, Refusal> suspend(
            Situation<OrganizationState> situation, SuspendOrganization suspend) {
        var fields = new Fields();
        var reason = fields.text("reason", suspend.getReason(), 1, 500);
        if (fields.refused()) {
            return fields.refusal();
        }
        return situation.state().getStatus() == OrganizationStatus.SUSPENDED
                ? refuse(RefusalReason.INVALID_STATE, "the organization is suspended already")
                : accept(new OrganizationSuspended(reason));
    }

    private static Decision<SpecificRecord, Refusal> reactivate(
            Situation<OrganizationState> situation, ReactivateOrganization reactivate) {
        return situation.state().getStatus() == OrganizationStatus.ACTIVE
                ? refuse(RefusalReason.INVALID_STATE, "the organization is not suspended")
                : accept(new OrganizationReactivated());
    }

    private static OrganizationState created(OrganizationState state, OrganizationCreated created) {
        return new OrganizationState(OrganizationStatus.ACTIVE, created.getName(), null);
    }

    private static OrganizationState renamed(OrganizationState state, OrganizationRenamed renamed) {
        var next = States.copy(state, new OrganizationState());
        next.setName(renamed.getName());
        return next;
    }

    private static OrganizationState suspended(OrganizationState state, OrganizationSuspended suspended) {
        return new OrganizationState(OrganizationStatus.SUSPENDED, state.getName(), suspended.getReason());
    }

    private static OrganizationState reactivated(OrganizationState state, OrganizationReactivated reactivated) {
        return new OrganizationState(OrganizationStatus.ACTIVE, state.getName(), null);
    }
}
