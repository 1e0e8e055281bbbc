package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.organization.OrganizationCreated;
import cloud.gyroscops.contract.organization.OrganizationReactivated;
import cloud.gyroscops.contract.organization.OrganizationSuspended;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.streams.RegistryOutage;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which organizations there are: a copy on every instance, made from the organizations' events, that follows them a moment
 * later.
 */
final class OrganizationDirectory implements Processor<String, byte[], Void, Void> {

    static final String STORE = "organizations-directory";
    static final String ACTIVE = "ACTIVE";
    private static final String SUSPENDED = "SUSPENDED";

    private final Wire wire;
    private final RegistryOutage outage;
    private KeyValueStore<String, String> organizations;

    OrganizationDirectory(Wire wire, RegistryOutage outage) {
        this.wire = wire;
        this.outage = outage;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        organizations = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        var event = outage.waitOutForever(() -> wire.event(Aggregate.ORGANIZATIONS, record.value()));
        if (event.payload() instanceof OrganizationSuspended) {
            organizations.put(record.key(), SUSPENDED);
        } else if (event.payload() instanceof OrganizationCreated
                || event.payload() instanceof OrganizationReactivated) {
            organizations.put(record.key(), ACTIVE);
        }
    }
}
