package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.domain.Decision;
import org.apache.avro.specific.SpecificRecord;

/**
 * Stands around the decision about a command: may refuse before it, look at it, or replace it. Runs inside the topology's
 * transaction, on every command that was not handled before; it must be quick, and do nothing that cannot be repeated,
 * since an aborted transaction is processed again.
 */
@FunctionalInterface
public interface CommandInterceptor {

    /**
     * Decides, usually by asking the rest of the chain. Called again for a command that had to wait for answers of other
     * partitions, and then expected to decide the same.
     *
     * @param handling the command and what it meets
     * @param rest the later interceptors, then the decider
     */
    Decision<SpecificRecord, Refusal> around(Handling handling, Rest rest);

    /** What comes after an interceptor. */
    @FunctionalInterface
    interface Rest {
        Decision<SpecificRecord, Refusal> decide();
    }
}
