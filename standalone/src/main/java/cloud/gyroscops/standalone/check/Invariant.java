package cloud.gyroscops.standalone.check;

/** What is proven. */
public enum Invariant {
    /** An accepted result has exactly its events, and an event its result. */
    RESULT_AND_EVENTS("results and events name each other"),
    /** The versions of an aggregate are 1, 2, 3, … in its partition, under their keys, and end with its erasure. */
    VERSIONS("versions without gaps, in their place"),
    /** The decider makes these events of the command that caused them. */
    DECISIONS("events are what the rules allow"),
    /** No two aggregates have one name, username or email at the same time. */
    UNIQUENESS("names, usernames and emails are unique"),
    /** What an aggregate refers to was there. */
    REFERENCES("references were there"),
    /** Every command record has exactly one result. */
    ANSWERS("one result for each command record"),
    /** The claims store agrees with the events. */
    CLAIMS("the store of claims agrees with the events"),
    /** The stored states agree with the events. */
    STATES("stored states agree with the events"),
    /** Nothing waits for ever. */
    PARKED("no command is left waiting"),
    /** No more is given back than was received. */
    AMOUNTS("no more is refunded than was received");

    private final String title;

    Invariant(String title) {
        this.title = title;
    }

    /** What holds, for people. */
    public String title() {
        return title;
    }
}
