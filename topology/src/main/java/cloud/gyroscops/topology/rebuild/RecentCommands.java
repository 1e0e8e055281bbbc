package cloud.gyroscops.topology.rebuild;

import cloud.gyroscops.contract.Fingerprint;
import cloud.gyroscops.contract.HandledCommand;
import cloud.gyroscops.contract.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The latest handled commands of one aggregate. Events tell of those that made some, results of the others; the command
 * records, where they are still there, tell whose they were and what they asked.
 */
final class RecentCommands {

    /** A command made its events before others met the version that it left, and those came in the order of time. */
    private static final Comparator<HandledCommand> BY_HANDLING = Comparator.comparingLong(HandledCommand::getVersion)
            .thenComparing(handled -> handled.getEvents() == 0)
            .thenComparing(HandledCommand::getDecidedAt);

    private final Map<Id, HandledCommand> commands = new LinkedHashMap<>();
    private final long erasedAt;

    /** Ids are apart by origin. */
    private record Id(String commandId, Origin origin) {}

    private record Place(int partition, long offset) {}

    private RecentCommands(AggregateFold<?> fold) {
        erasedAt = fold.erasedAt();
        fold.commands().forEach(this::add);
    }

    /**
     * The latest ones, oldest first.
     *
     * @param answers in the order of their places
     * @param sent in the order of their places
     */
    static List<HandledCommand> of(AggregateFold<?> fold, List<Answered> answers, List<Sent> sent, int most) {
        var recent = new RecentCommands(fold);
        recent.addAnswers(answers, sent);
        recent.addPayloads(answers, sent);
        var all = new ArrayList<>(recent.commands.values());
        all.sort(BY_HANDLING);
        return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
    }

    /** A command that came again got its first result again. */
    private void add(HandledCommand handled) {
        if (handled.getVersion() >= erasedAt) {
            commands.putIfAbsent(new Id(handled.getCommandId(), handled.getOrigin()), handled);
        }
    }

    private void addAnswers(List<Answered> answers, List<Sent> sent) {
        var origins = new HashMap<Place, Origin>();
        sent.forEach(command -> origins.put(place(command), command.origin()));
        for (var answer : answers) {
            var result = answer.result();
            if (answer.saysReused() || !result.getEventKeys().isEmpty()) {
                // Not remembered, or told by the events themselves.
                continue;
            }
            var origin = answer.source() == null ? null : origins.get(place(answer));
            add(new HandledCommand(
                    result.getCommandId(),
                    origin == null ? Origin.CLIENT : origin,
                    AggregateFold.NOT_KNOWN,
                    result.getDecidedAt(),
                    result.getVersion(),
                    0,
                    result.getRefusal(),
                    result.getCorrelationId()));
        }
    }

    /** The first record under an id counts; those that were told so reused it for something else. */
    private void addPayloads(List<Answered> answers, List<Sent> sent) {
        Set<Place> reused = new HashSet<>();
        answers.stream()
                .filter(answer -> answer.saysReused() && answer.source() != null)
                .forEach(answer -> reused.add(place(answer)));
        Map<Id, Fingerprint> payloads = new HashMap<>();
        sent.stream()
                .filter(command -> command.handled() && !reused.contains(place(command)))
                .forEach(command ->
                        payloads.putIfAbsent(new Id(command.commandId(), command.origin()), command.payload()));
        commands.forEach((id, handled) -> handled.setPayload(payloads.getOrDefault(id, AggregateFold.NOT_KNOWN)));
    }

    private static Place place(Sent sent) {
        return new Place(sent.source().partition(), sent.source().offset());
    }

    private static Place place(Answered answer) {
        return new Place(answer.source().partition(), answer.source().offset());
    }
}
