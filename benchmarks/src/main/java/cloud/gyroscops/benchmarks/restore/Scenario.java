package cloud.gyroscops.benchmarks.restore;

/** How a process of the topology ends, and what the next one finds. */
enum Scenario {
    STOPPED("stopped", false, false, false),
    KILLED("killed", true, false, false),
    STOPPED_STATE_LOST("stoppedStateLost", false, true, false),
    KILLED_STATE_LOST("killedStateLost", true, true, false),
    STOPPED_WITH_STANDBY("stoppedWithStandby", false, false, true),
    KILLED_WITH_STANDBY("killedWithStandby", true, false, true);

    private final String label;
    private final boolean killed;
    private final boolean stateLost;
    private final boolean standby;

    Scenario(String label, boolean killed, boolean stateLost, boolean standby) {
        this.label = label;
        this.killed = killed;
        this.stateLost = stateLost;
        this.standby = standby;
    }

    /** Its name for people and in JSON. */
    String label() {
        return label;
    }

    /** Whether with kill -9; else with a clean stop. */
    boolean killed() {
        return killed;
    }

    /** Whether its state directory goes, too, so that all is restored from changelogs. */
    boolean stateLost() {
        return stateLost;
    }

    /** Whether another instance that has copies of all stores goes on; else the same one is started again. */
    boolean standby() {
        return standby;
    }
}
