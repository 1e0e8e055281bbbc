package cloud.gyroscops.topology.streams;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An application's open transactions, which Kafka Streams names {@code application-process-thread}. */
public final class OpenTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(OpenTransactions.class);

    /** As a group. */
    static final String PROCESS = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";

    private final Admin admin;
    private final String application;
    private final Pattern pattern;

    /** Of one application: another one's id may well begin with this one's. */
    public OpenTransactions(Admin admin, String application) {
        this.admin = admin;
        this.application = application;
        this.pattern = pattern(application);
    }

    /** Their ids, sorted. */
    public Set<String> ids() throws ExecutionException, InterruptedException {
        var options = new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
        return admin.listTransactions(options).all().get().stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> pattern.matcher(id).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Undoes some; whoever had begun them cannot commit them any more. */
    public void end(Collection<String> ids) throws ExecutionException, InterruptedException {
        if (!ids.isEmpty()) {
            admin.fenceProducers(ids).all().get();
            LOG.info("{}: ended the transactions that were left open by {}", application, ids);
        }
    }

    /** What the ids look like; the first group is the process. */
    static Pattern pattern(String application) {
        return Pattern.compile(Pattern.quote(application) + "-" + PROCESS + "-\\d+");
    }
}
