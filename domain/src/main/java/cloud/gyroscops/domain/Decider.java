package cloud.gyroscops.domain;

/**
 * The rules of one aggregate type, as three pure functions.
 *
 * @param <C> commands; time, ids and whatever else comes from outside are part of them
 * @param <S> states, never changed in place
 * @param <E> events
 * @param <R> refusals
 * @see <a href="https://thinkbeforecoding.com/post/2021/12/17/functional-event-sourcing-decider">Jérémie Chassaing,
 *     Functional Event Sourcing Decider</a>
 */
public interface Decider<C, S, E, R> {

    /** The state before the first event. */
    S initial();

    /** What a command makes of a state: events (perhaps none), or a refusal. Throws nothing but bugs. */
    Decision<E, R> decide(S state, C command);

    /** The state after an event. Takes every event that {@link #decide} ever made. */
    S evolve(S state, E event);
}
