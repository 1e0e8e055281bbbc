package cloud.gyroscops.topology.streams;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Ends transactions that dead instances of an application have left open. Until they are ended nobody reads past them with
 * read_committed: neither who waits for results, nor who restores the dead instance's stores. Brokers do it only after the
 * transaction time-out, which is long, since a wait for the schema registry must fit in.
 *
 * <p>Kafka Streams names transactions {@code application-process-thread}, and the process is in the client ids of the
 * group's members too. An instance only ever has a transaction while it is a member: it joins, is assigned tasks, and
 * begins after that. So transactions are listed first and members second: a process that had an open transaction at the
 * first look and is no member at the second is dead, or was put out of the group, and then it can commit nothing any more,
 * as its partitions are others'. What could go wrong, and why it does not:
 *
 * <ul>
 *   <li>A new instance: it has no transaction before it is a member.
 *   <li>A static member that died: it is a member until its session ends, and is left alone so long.
 *   <li>A coordinator that was just elected: an assignment is in its log before any member works by it.
 *   <li>An instance put out for being slow, which joins again between the second look and the end: it would have to join,
 *       be assigned, restore and begin within the milliseconds of one request. Should it, its producer is fenced, its
 *       thread gives up what was not committed and joins again. Time is lost, and nothing else.
 *   <li>Client ids that somebody has set: they name no process. Then nobody is declared dead.
 *   <li>Two survivors at once: to end what is ended already does nothing.
 * </ul>
 */
final class LeftTransactions {

    private final Admin admin;
    private final String application;
    private final String own;
    private final OpenTransactions open;
    private final Pattern transactions;

    private LeftTransactions(Admin admin, String application, String own) {
        this.admin = admin;
        this.application = application;
        this.own = own;
        open = new OpenTransactions(admin, application);
        transactions = OpenTransactions.pattern(application);
    }

    /**
     * Looks for what instances of an application have left; nothing, if this one's client ids do not tell its process.
     *
     * @param clientId of one of the main consumers of this instance
     */
    static Optional<LeftTransactions> of(Admin admin, String application, String clientId) {
        return process(members(application), clientId).map(own -> new LeftTransactions(admin, application, own));
    }

    /**
     * Ends what this instance left in an earlier life. To be called before it starts: the state directory, which is
     * locked, holds the process's name, so nobody else can be working under it.
     */
    void endOwn() throws ExecutionException, InterruptedException {
        open.end(open.ids().stream()
                .filter(id -> own.equals(process(transactions, id).orElseThrow()))
                .toList());
    }

    /** Ends what dead instances left. */
    void endOthers() throws ExecutionException, InterruptedException {
        var others = open.ids();
        others.removeIf(id -> own.equals(process(transactions, id).orElseThrow()));
        if (others.isEmpty()) {
            return;
        }
        var clientIds = admin
                .describeConsumerGroups(List.of(application))
                .describedGroups()
                .get(application)
                .get()
                .members()
                .stream()
                .map(member -> member.clientId())
                .toList();
        open.end(abandoned(application, own, others, clientIds));
    }

    /** Those of the open transactions whose process is not among the members; none if the members do not tell. */
    static List<String> abandoned(
            String application, String own, Collection<String> open, Collection<String> clientIds) {
        var transactions = OpenTransactions.pattern(application);
        var members = members(application);
        Set<String> alive =
                clientIds.stream().flatMap(id -> process(members, id).stream()).collect(Collectors.toSet());
        // Who does not see itself is not in the group's present, and what others' ids hide may be alive.
        if (!alive.contains(own)
                || clientIds.stream().anyMatch(id -> process(members, id).isEmpty())) {
            return List.of();
        }
        return open.stream()
                .filter(id -> process(transactions, id)
                        .filter(process -> !alive.contains(process))
                        .isPresent())
                .toList();
    }

    private static Pattern members(String application) {
        return Pattern.compile(
                Pattern.quote(application) + "-" + OpenTransactions.PROCESS + "-StreamThread-\\d+-consumer");
    }

    private static Optional<String> process(Pattern pattern, String id) {
        return Stream.of(pattern.matcher(id))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }
}
