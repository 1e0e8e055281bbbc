package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.domain.Decision;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Interceptors in order, the first one outermost. */
final class InterceptorChain {

    private final List<CommandInterceptor> interceptors;

    InterceptorChain(List<CommandInterceptor> interceptors) {
        this.interceptors = List.copyOf(interceptors);
    }

    Decision<SpecificRecord, Refusal> decide(Handling handling, CommandInterceptor.Rest decider) {
        return from(0, handling, decider);
    }

    private Decision<SpecificRecord, Refusal> from(int next, Handling handling, CommandInterceptor.Rest decider) {
        return next == interceptors.size()
                ? decider.decide()
                : interceptors.get(next).around(handling, () -> from(next + 1, handling, decider));
    }
}
