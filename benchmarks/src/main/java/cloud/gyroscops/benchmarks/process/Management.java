package cloud.gyroscops.benchmarks.process;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks into the Java machines of processes. */
final class Management {

    private Management() {}

    static JMXConnector connect(Child process) throws IOException {
        return JMXConnectorFactory.connect(new JMXServiceURL(agent(process)));
    }

    private static String agent(Child process) throws IOException {
        try {
            var machine = VirtualMachine.attach(Long.toString(process.pid()));
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("the process " + process.pid() + " cannot be asked", e);
        }
    }
}
