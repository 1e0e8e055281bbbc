package cloud.gyroscops.query.feed;

import java.util.Optional;

/** The end of all events, to be followed. */
interface Following {

    /** Who is told what comes; must be quick about it. */
    interface Listener {
        /** An event; they come in the order of their partition. */
        void hear(FeedEvent event);

        /** All events before a position were heard. */
        void heardAllBefore(long[] position);

        /** No more will be heard. */
        void cutOff(CutOff reason);
    }

    /** From now on the listener hears every event behind the position that is returned. */
    FeedPosition join(Listener listener) throws InterruptedException;

    /**
     * Has a listener forget all that it has heard; it hears on from the position that is returned, unless it is cut
     * off.
     */
    Optional<FeedPosition> again(Runnable forget);

    void leave(Listener listener);
}
