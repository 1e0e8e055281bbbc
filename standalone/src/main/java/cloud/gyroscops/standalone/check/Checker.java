package cloud.gyroscops.standalone.check;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.serde.MalformedRecordException;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.standalone.check.ClaimPeriods.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads all topics and holds them against each other: first all results, then type by type the commands, and partition by
 * partition the events, with the commands and the stored states beside them.
 */
final class Checker {

    private final Log log;
    private final TopicCatalogue topics;
    private final CheckOptions options;
    private final Changelogs changelogs;
    private final Records records;
    private final Reader reader;
    private final Findings findings;

    private final Map<String, AnswerSheet> sheets = new HashMap<>();
    private final Results results;
    private final DeadLetters deadLetters;
    private final Unanswered unanswered;
    private final Referred referred;
    private final Map<String, List<Period>> periods = ClaimPeriods.none();
    private final LongTable erased = new LongTable(0);
    private final Map<String, Long> aggregates = new TreeMap<>();
    private final List<Tail> tails = new ArrayList<>();

    Checker(Log log, TopicCatalogue topics, Wire wire, CheckOptions options) {
        this.log = log;
        this.topics = topics;
        this.options = options;
        changelogs = new Changelogs(options.applicationId());
        records = new Records(wire);
        reader = new Reader(log, options.progress());
        findings = new Findings(options.limit());
        Partitions.refuseUnequal(log, topics, changelogs);
        for (var aggregate : Aggregate.values()) {
            sheets.put(topics.commands(aggregate), new AnswerSheet(spans(topics.commands(aggregate))));
        }
        results = new Results(topics.results(), spans(topics.results()), sheets, findings);
        deadLetters = new DeadLetters(sheets, findings);
        unanswered = new Unanswered(results, sheets, findings);
        referred = new Referred(options, findings);
    }

    /** The events of one partition that come after its end, as far as claims need them. */
    private record Tail(Span span, Aggregate aggregate, Folding folding, ClaimPeriods claims) {}

    Report run() {
        reader.each(topics.results(), record -> results.add(records.result(record)));
        results.end(expired(topics.results()));
        reader.each(topics.deadLetters(), deadLetters::add);
        unanswered.deadLettersExpired(expired(topics.deadLetters()));
        for (var aggregate : Aggregate.values()) {
            check(Rules.of(aggregate));
        }
        results.tellUnseen(erased);
        ClaimPeriods.tellOverlaps(periods, options.clockTolerance().toMillis(), findings);
        settle();
        return findings.report(reader.records(), aggregates);
    }

    private List<Span> spans(String topic) {
        var spans = log.spans(topic);
        if (spans.isEmpty()) {
            throw new UnknownTopicOrPartitionException("there is no topic " + topic);
        }
        return spans;
    }

    /** By the brokers' clocks. */
    private long expired(String topic) {
        long expired = log.spans(topic).isEmpty() ? Long.MIN_VALUE : log.expired(topic);
        return expired == Long.MIN_VALUE
                ? expired
                : expired + options.clockTolerance().toMillis();
    }

    private void check(Rules<?> rules) {
        var aggregate = rules.aggregate();
        var commands = new Commands(spans(topics.commands(aggregate)));
        reader.each(topics.commands(aggregate), record -> commands.add(records.command(aggregate, record)));
        commands.end(log::beginsNow);
        for (var span : spans(topics.events(aggregate))) {
            check(rules, commands, span);
        }
        missing(Invariant.STATES, changelogs.states(aggregate), aggregates.get(aggregate.plural()) > 0);
    }

    private void missing(Invariant invariant, String changelog, boolean needed) {
        if (needed && log.spans(changelog).isEmpty()) {
            findings.violated(invariant, new Place(changelog, 0, 0), "there is no such topic, but there are events");
        }
    }

    private void check(Rules<?> rules, Commands commands, Span span) {
        var aggregate = rules.aggregate();
        var sheet = sheets.get(topics.commands(aggregate));
        var folding = new Folding(rules, spans(span.topic()).size(), findings);
        var beside =
                new CommandsBeside(commands(aggregate, span.partition()), commands, sheet, folding, unanswered::check);
        var claims = new ClaimPeriods(rules, periods, findings);
        var commandsSpan = log.spans(topics.commands(aggregate)).get(span.partition());
        var decided = new Decided(rules, commands, beside, () -> log.beginsNow(commandsSpan), findings);
        var invariants = new ArrayList<EventInvariant>(List.of(
                new Named(results, commands, sheet, findings), decided, claims, referred, new Amounts(findings)));
        var states = log.spans(changelogs.states(aggregate));
        if (!states.isEmpty()) {
            var stored = new Stored(rules, folding, findings);
            reader.each(states.get(span.partition()), stored::add);
            invariants.add(stored);
            fold(folding, span, aggregate, invariants);
            stored.tellMore();
        } else {
            fold(folding, span, aggregate, invariants);
        }
        decided.end();
        beside.end();
        aggregates.merge(aggregate.plural(), (long) folding.streams().size(), Long::sum);
        if (aggregate != Aggregate.PAYMENTS) {
            tails.add(new Tail(span, aggregate, folding, claims));
        }
    }

    private void fold(Folding folding, Span span, Aggregate aggregate, List<EventInvariant> invariants) {
        reader.each(span, record -> {
            try {
                folding.add(records.event(aggregate, record), record.offset() < span.settled(), invariants);
            } catch (MalformedRecordException e) {
                findings.violated(Invariant.VERSIONS, Place.of(record), "this is no event: " + e.getMessage());
            }
        });
        folding.end(invariants);
        for (var stream : folding.streams()) {
            if (stream.erased) {
                erased.put(Hash.of(aggregate.plural(), stream.id));
            }
        }
    }

    private Iterator<Records.Command> commands(Aggregate aggregate, int partition) {
        var again = reader.again(log.spans(topics.commands(aggregate)).get(partition));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return again.hasNext();
            }

            @Override
            public Records.Command next() {
                return records.command(aggregate, again.next());
            }
        };
    }

    /** Waits for what is under way, and tells what does not come to an end. */
    private void settle() {
        var parked = new ParkedCommands(findings);
        for (var aggregate : Aggregate.values()) {
            reader.each(changelogs.parked(aggregate), parked::add);
        }
        parked.look();
        var claims = new ClaimStore(periods, findings);
        reader.each(changelogs.claims(), claims::add);
        missing(Invariant.CLAIMS, changelogs.claims(), !periods.isEmpty());
        claims.compare();
        var tail = new HashMap<String, Consumer<ConsumerRecord<byte[], byte[]>>>();
        tail.put(topics.results(), record -> unanswered.answered(records.result(record)));
        tail.put(topics.deadLetters(), record -> unanswered.deadLetter(DeadLetters.place(record)));
        tail.put(changelogs.claims(), claims::add);
        for (var aggregate : Aggregate.values()) {
            tail.put(changelogs.parked(aggregate), parked::add);
        }
        for (var one : tails) {
            tail.put(one.span().topic(), this::fold);
        }
        var behind = tail.keySet().stream()
                .flatMap(topic -> log.spans(topic).stream())
                .toList();
        log.follow(
                behind,
                options.patience(),
                () -> unanswered.none() && claims.agrees() && parked.none(),
                record -> tail.get(record.topic()).accept(record));
        unanswered.tell(erased, this::handled, this::settled, parked::holds);
        boolean lagging = !(claims.agrees() && parked.none()) && messagesLag();
        claims.tell(lagging);
        // A rebuild parks what was taken in and not answered; the next start asks for it.
        parked.tell(lagging || !(parked.none() || log.attended()));
    }

    private boolean handled(Place command) {
        return command.offset() < log.handled(span(command));
    }

    private boolean settled(Place command) {
        return command.offset() < span(command).settled();
    }

    private Span span(Place place) {
        return log.spans(place.topic()).get(place.partition());
    }

    /** Whether the topology has not handled what its partitions had told each other when the ends were fixed. */
    private boolean messagesLag() {
        return topics.channels().stream()
                .flatMap(channel -> log.spans(channel).stream())
                .anyMatch(span -> log.read(new Span(
                                span.topic(),
                                span.partition(),
                                Math.max(span.begin(), log.handled(span)),
                                span.settled(),
                                span.end()))
                        .hasNext());
    }

    private void fold(ConsumerRecord<byte[], byte[]> record) {
        for (var tail : tails) {
            if (tail.span().topic().equals(record.topic()) && tail.span().partition() == record.partition()) {
                tail.folding().add(records.event(tail.aggregate(), record), false, List.of(tail.claims()));
            }
        }
    }
}
