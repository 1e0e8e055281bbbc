package cloud.gyroscops.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChildTest {

    private static final List<String> ASKED = List.of("-Xmx1g", "-XX:+UseG1GC");

    @Test
    void itsMachineIsTheOneAskedForWithTheArchiveOfWhoStartsIt() {
        assertThat(Child.machine(ASKED, List.of("-Xmx2g", "-XX:SharedArchiveFile=a.jsa", "-Xlog:cds=off")))
                .containsExactly(
                        "-Xmx1g", "-XX:+UseG1GC", "-Xshare:auto", "-XX:SharedArchiveFile=a.jsa", "-Xlog:cds=off");
    }

    @Test
    void whoIsShortLivedHasShortLivedChildren() {
        assertThat(Child.machine(ASKED, List.of("-Xmx2g", "-XX:TieredStopAtLevel=1")))
                .containsExactly("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");
    }
}
