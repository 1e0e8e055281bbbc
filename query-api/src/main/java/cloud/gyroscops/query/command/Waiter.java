package cloud.gyroscops.query.command;

import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.topology.command.Source;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Waits for the result of one command record: not just of its commandId, which may have been sent twice, and with
 * another payload. Entered before the record is sent; the result may come in before we know where the record went.
 */
final class Waiter {

    private final String commandId;
    private final CompletableFuture<CommandResult> result = new CompletableFuture<>();
    private final Map<Source, CommandResult> heard = new HashMap<>();
    private Source source;

    Waiter(String commandId) {
        this.commandId = commandId;
    }

    String commandId() {
        return commandId;
    }

    CompletableFuture<CommandResult> result() {
        return result;
    }

    /** The record was sent, and is there. */
    synchronized void sent(Source where) {
        source = where;
        var early = heard.get(where);
        if (early != null) {
            result.complete(early);
        }
    }

    /** A result of the commandId came in, of the record that stood there. */
    synchronized void hear(Source where, CommandResult outcome) {
        if (source == null) {
            heard.put(where, outcome);
        } else if (source.equals(where)) {
            result.complete(outcome);
        }
    }
}
