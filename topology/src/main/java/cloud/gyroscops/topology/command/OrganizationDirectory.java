package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.organization.OrganizationReactivated;
import cloud.gyroscops.contract.organization.OrganizationSuspended;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.user.CreateUser;
import cloud.gyroscops.domain.References;
import cloud.gyroscops.domain.References.Found;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.streams.RegistryOutage;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which organizations are suspended: a copy on every instance, made from the organizations' events, that follows them a
 * moment later. What it does not name is not held against a command.
 */
final class OrganizationDirectory implements Processor<String, byte[], Void, Void> {

    static final String STORE = "suspended-organizations";

    private final Wire wire;
    private final RegistryOutage outage;
    private KeyValueStore<String, String> suspended;

    OrganizationDirectory(Wire wire, RegistryOutage outage) {
        this.wire = wire;
        this.outage = outage;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        suspended = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        var event = outage.waitOutForever(() -> wire.event(Aggregate.ORGANIZATIONS, record.value()));
        if (event.payload() instanceof OrganizationSuspended because) {
            suspended.put(record.key(), because.getReason());
        } else if (event.payload() instanceof OrganizationReactivated) {
            suspended.delete(record.key());
        }
    }

    /** What a command's references are found to be, by the copy. */
    static References references(SpecificRecord payload, KeyValueStore<String, ?> suspended) {
        var organizationId = payload instanceof CreateUser user
                ? user.getOrganizationId()
                : payload instanceof CreatePayment payment ? payment.getOrganizationId() : null;
        return organizationId == null || suspended.get(organizationId) == null
                ? References.NOT_ASKED
                : new References(Found.SUSPENDED, Found.NOT_ASKED);
    }
}
