package cloud.gyroscops.domain;

/** A command and the state that it meets: what each case of a decider gets beside the payload. */
public record Situation<S>(S state, Command command) {}
