package cloud.gyroscops.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryTest {

    @Test
    void whatIsResidentIsReadFromWhatLinuxSays() {
        assertThat(Memory.resident("Name:\tjava\nVmPeak:\t 9999999 kB\nVmRSS:\t  524288 kB\nThreads:\t40\n"))
                .isEqualTo(512);
        assertThatThrownBy(() -> Memory.resident("Name:\tjava\n")).hasMessageContaining("VmRSS:");
    }
}
