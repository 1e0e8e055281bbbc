package cloud.gyroscops.domain;

import cloud.gyroscops.contract.Refusal;
import cloud.gyroscops.contract.RefusalReason;
import java.util.List;

/**
 * What a {@link Decider} answers.
 *
 * @param <E> events
 * @param <R> refusals
 */
public sealed interface Decision<E, R> {

    /** The command is accepted; no events where all that it says is known already. */
    record Accepted<E, R>(List<E> events) implements Decision<E, R> {}

    /** The command is refused, and nothing happened. */
    record Refused<E, R>(R refusal) implements Decision<E, R> {}

    /** Accepts, with nothing new to record. */
    static <E, R> Decision<E, R> accept() {
        return new Accepted<>(List.of());
    }

    /** Accepts with one event. */
    static <E, R> Decision<E, R> accept(E event) {
        return new Accepted<>(List.of(event));
    }

    /** Accepts with two events, in order. */
    static <E, R> Decision<E, R> accept(E first, E second) {
        return new Accepted<>(List.of(first, second));
    }

    /** Refuses. */
    static <E> Decision<E, Refusal> refuse(RefusalReason reason, String message) {
        return new Refused<>(new Refusal(reason, message, null));
    }

    /** Refuses because of a field of the payload. */
    static <E> Decision<E, Refusal> refuse(RefusalReason reason, String field, String message) {
        return new Refused<>(new Refusal(reason, message, field));
    }
}
