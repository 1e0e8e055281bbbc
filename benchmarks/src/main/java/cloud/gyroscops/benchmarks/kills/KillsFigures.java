package cloud.gyroscops.benchmarks.kills;

import cloud.gyroscops.benchmarks.kills.Observer.Gap;
import cloud.gyroscops.benchmarks.report.Aim;
import cloud.gyroscops.standalone.check.Invariant;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What was seen. */
final class KillsFigures {

    private static final double AIM_SECONDS = 6;
    private static final double AIM_WITH_STANDBY_SECONDS = 3;

    private final List<Gap> gaps = new ArrayList<>();
    private final List<Gap> brokerGaps = new ArrayList<>();
    private int hitWorking;
    private int bothWorked;
    private long commands;
    private long answered;
    private long repeated;
    private Map<Invariant, Long> violations = Map.of();

    /**
     * An instance was killed.
     *
     * @param worked whether it is known to have had active tasks with traffic
     * @param working how many instances had
     */
    void killed(Gap gap, boolean worked, int working) {
        gaps.add(gap);
        hitWorking += worked ? 1 : 0;
        bothWorked += working > 1 ? 1 : 0;
    }

    void brokerKilled(Gap gap) {
        brokerGaps.add(gap);
    }

    void ended(long commands, long answered, long repeated, Map<Invariant, Long> violations) {
        this.commands = commands;
        this.answered = answered;
        this.repeated = repeated;
        this.violations = violations;
    }

    /** Whether every command has one result, and the checker found nothing. */
    boolean fine() {
        return answered == commands && repeated == 0 && violations.isEmpty();
    }

    /** How long kills may silence the victim's partitions. */
    Aim aim(KillsSettings settings) {
        boolean standby = settings.standbys() > 0;
        long longest = quantile(gaps, Gap::silenceMs, 1);
        return Aim.atMost(
                "seconds without a result after a kill, at most" + (standby ? ", with a standby" : ""),
                longest < 0 ? Double.NaN : longest / 1e3,
                standby ? AIM_WITH_STANDBY_SECONDS : AIM_SECONDS);
    }

    void writeTo(ObjectNode json, KillsSettings settings) {
        json.putObject("settings")
                .put("instances", settings.instances())
                .put("standbys", settings.standbys())
                .put("brokers", settings.brokers())
                .put("rate", settings.rate())
                .put("sessionTimeoutMs", settings.sessionTimeoutMs())
                .put("static", settings.staticMembers())
                .put("pauseMs", settings.pauseMs())
                .put("partitions", KillsSettings.PARTITIONS)
                .put("seed", settings.seed());
        json.put("kills", gaps.size())
                .put("hitWorking", hitWorking)
                .put("bothWorked", bothWorked)
                .put("silenceP50Ms", quantile(gaps, Gap::silenceMs, 0.5))
                .put("silenceMaxMs", quantile(gaps, Gap::silenceMs, 1))
                .put("allP50Ms", quantile(gaps, Gap::allMs, 0.5))
                .put("allMaxMs", quantile(gaps, Gap::allMs, 1))
                .put("brokerKills", brokerGaps.size())
                .put("brokerAllP50Ms", quantile(brokerGaps, Gap::allMs, 0.5))
                .put("brokerAllMaxMs", quantile(brokerGaps, Gap::allMs, 1))
                .put("commands", commands)
                .put("answered", answered)
                .put("repeated", repeated)
                .put("fine", fine());
        var found = json.putObject("violations");
        violations.forEach((invariant, times) -> found.put(invariant.toString(), times));
        aim(settings).writeTo(json.putArray("aims").addObject());
    }

    /** Of those that were measured; -1: none was. */
    private static long quantile(List<Gap> gaps, ToLongFunction<Gap> what, double share) {
        var sorted = gaps.stream()
                .mapToLong(what)
                .filter(figure -> figure >= 0)
                .sorted()
                .toArray();
        return sorted.length == 0 ? -1 : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
