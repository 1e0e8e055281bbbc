package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.contract.mirror.MirrorOutcome;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.view.partition.Questions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells, page by page, who did what with an aggregate, and what mirrors made of it. Of what does not exist there is nothing. */
public final class AuditTrails {

    /** The most outcomes of a page. */
    private static final int MOST_OUTCOMES = 1_000;

    private final Questions questions;
    private final Histories histories;
    private final Wire wire;

    AuditTrails(Questions questions, Histories histories, Wire wire) {
        this.questions = questions;
        this.histories = histories;
        this.wire = wire;
    }

    /**
     * What mirrors made of an aggregate, in the order of time.
     *
     * @param cursor the {@code next} of a page; none: from the beginning
     * @param most how many at most
     * @throws IllegalArgumentException if the cursor is none
     */
    public OutcomePage outcomes(Aggregate aggregate, String id, Optional<String> cursor, int most) {
        // One more than wanted tells whether there is another page.
        var found = read(new ReadOutcomes(
                aggregate, id, cursor.map(OutcomePlace::parse), Optional.empty(), Math.min(most, MOST_OUTCOMES) + 1));
        int shown = Math.min(found.size(), Math.min(most, MOST_OUTCOMES));
        return new OutcomePage(
                found.subList(0, shown).stream().map(Outcome::outcome).toList(),
                found.subList(shown, found.size()).stream()
                        .map(more -> more.place().cursor())
                        .findFirst());
    }

    /**
     * Everything that happened to an aggregate, and between its events, by time, what mirrors made of it.
     *
     * @param most how many at most; fewer where they are large
     */
    public AuditPage trail(Aggregate aggregate, String id, AuditPlace from, int most) {
        var page = histories.events(aggregate, id, from.version(), most);
        var events = page.events();
        var ahead = page.ahead();
        int asked = Math.min(most, MOST_OUTCOMES) + 1;
        var outcomes = outcomes(aggregate, id, from, events, ahead, asked);
        var entries = new ArrayList<AuditEntry>();
        int event = 0;
        int outcome = 0;
        // There may be more of them behind the last one, which is for the next page.
        int known = outcomes.size() == asked ? asked - 1 : outcomes.size();
        while (entries.size() < most && event + outcome < events.size() + outcomes.size()) {
            if (event < events.size() && !isNext(outcomes, outcome, events.get(event))) {
                entries.add(AuditEntry.of(events.get(event++)));
            } else if (outcome < known) {
                entries.add(AuditEntry.of(outcomes.get(outcome++).outcome()));
            } else {
                break;
            }
        }
        boolean isAll = event == events.size() && ahead.isEmpty() && outcome == outcomes.size();
        return new AuditPage(
                List.copyOf(entries),
                isAll
                        ? Optional.empty()
                        : Optional.of(new AuditPlace(
                                event < events.size()
                                        ? version(events.get(event))
                                        : ahead.map(AuditTrails::version).orElse(after(events, from)),
                                outcomes.subList(outcome, outcomes.size()).stream()
                                        .map(more -> more.place().cursor())
                                        .findFirst())));
    }

    /** Of the time that the events of a page took, up to the one behind them. */
    private List<Outcome> outcomes(
            Aggregate aggregate,
            String id,
            AuditPlace from,
            List<EventMessage> events,
            Optional<EventMessage> ahead,
            int most) {
        var first = from.outcomes().map(OutcomePlace::parse);
        if (first.isEmpty() && from.version() > 1) {
            if (events.isEmpty()) {
                return List.of();
            }
            first = Optional.of(OutcomePlace.atThe(time(events.get(0))));
        }
        return read(new ReadOutcomes(aggregate, id, first, ahead.map(AuditTrails::time), most));
    }

    private List<Outcome> read(ReadOutcomes question) {
        return questions.ask(question.id(), question).stream()
                .map(found -> new Outcome(found.place(), wire.outcome(found.outcome())))
                .toList();
    }

    private record Outcome(OutcomePlace place, MirrorOutcome outcome) {}

    private static boolean isNext(List<Outcome> outcomes, int index, EventMessage event) {
        return index < outcomes.size() && outcomes.get(index).place().time().isBefore(time(event));
    }

    private static long after(List<EventMessage> events, AuditPlace from) {
        return events.isEmpty() ? from.version() : version(events.get(events.size() - 1)) + 1;
    }

    private static long version(EventMessage event) {
        return event.header().getVersion();
    }

    private static Instant time(EventMessage event) {
        return event.header().getOccurredAt();
    }
}
