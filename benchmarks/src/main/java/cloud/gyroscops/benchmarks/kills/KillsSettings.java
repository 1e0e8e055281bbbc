package cloud.gyroscops.benchmarks.kills;

import cloud.gyroscops.benchmarks.report.Range;

/**
 * What is killed, how often, and under which load.
 *
 * @param kills of instances
 * @param instances of the command topology, 1 or 2
 * @param standbys copies of each store in other instances
 * @param brokers 1 or 3
 * @param brokerKills with 3 brokers only
 * @param rate commands per second
 * @param sessionTimeoutMs after how long a silent instance is taken for dead
 * @param staticMembers whether instances keep their names in the group
 * @param pauseMs between a recovery and the next kill, at most
 * @param seed of load and moments
 */
record KillsSettings(
        int kills,
        int instances,
        int standbys,
        int brokers,
        int brokerKills,
        int rate,
        int sessionTimeoutMs,
        boolean staticMembers,
        int pauseMs,
        long seed) {

    private static final int MOST = 100_000;

    /** Of every topic. */
    static final int PARTITIONS = 6;

    /** One broker kill for this many of instances, unless told otherwise. */
    static final int KILLS_PER_BROKER_KILL = 5;

    /** Checks the values; messages name the options that they come from. */
    KillsSettings {
        Range.check("--kills", kills, 1, MOST);
        Range.check("--instances", instances, 1, 2);
        Range.check("--standbys", standbys, 0, instances - 1);
        if (brokers != 1 && brokers != 3) {
            throw new IllegalArgumentException("--brokers is " + brokers + "; it must be 1 or 3");
        }
        Range.check("--broker-kills", brokerKills, 0, brokers == 1 ? 0 : MOST);
        Range.check("--rate", rate, 1, MOST);
        Range.check("--session-timeout", sessionTimeoutMs, 1_000, 300_000);
        Range.check("--pause", pauseMs, 0, 3_600_000);
    }
}
