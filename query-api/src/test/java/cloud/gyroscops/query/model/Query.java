package cloud.gyroscops.query.model;

import java.time.Instant;

/**
 * Something that can be asked at any time, and how the answer must be then.
 *
 * @param path without tokens
 * @param english whether the client reads English
 */
public record Query(String path, boolean english, Judgement judgement) {

    /** Throws {@link AssertionError} unless an answer is right. */
    @FunctionalInterface
    interface Judgement {
        void judge(Story story, Instant now, Conversation conversation);
    }

    static Query of(String path, Judgement judgement) {
        return new Query(path, false, judgement);
    }

    /** Asks, and holds the answer against what happened so far. */
    public void ask(Story story, Instant now, Server server) {
        try {
            judgement.judge(story, now, new Conversation(path, english, server));
        } catch (AssertionError e) {
            throw new WrongAnswer(this, e);
        }
    }

    /** Who answers. */
    @FunctionalInterface
    public interface Server {
        Reply get(String path, boolean english);
    }

    /** A server's answers to a query and to those that it leads to. */
    record Conversation(String path, boolean english, Server server) {

        Reply first() {
            return next(path);
        }

        Reply next(String link) {
            return server.get(link, english);
        }
    }

    /** That an answer is wrong, and to which query. */
    public static final class WrongAnswer extends AssertionError {

        private static final long serialVersionUID = 1;

        private final transient Query query;

        WrongAnswer(Query query, AssertionError cause) {
            super(query.path() + ": " + cause.getMessage(), cause);
            this.query = query;
        }

        /** What was asked. */
        public Query query() {
            return query;
        }
    }
}
