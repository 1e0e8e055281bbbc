package cloud.gyroscops.connectors.worker;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The work of one partition that waits, by its place in line: in order for one aggregate, the others unhindered. Holds so many
 * places and no more.
 */
final class Lanes {

    private final int most;
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Deque<Lane> ready = new ArrayDeque<>();
    private final PriorityQueue<Lane> resting = new PriorityQueue<>(Comparator.comparingLong(lane -> lane.notBefore));
    private int places;

    /** The work of one aggregate. */
    static final class Lane {
        private final String name;
        private final Deque<Long> places = new ArrayDeque<>();
        private boolean busy;
        private long notBefore;
        /** How many pieces of work the call is for that is under way. */
        private int taken = 1;
        /** How often it was in vain, for other reasons than the event's. */
        private int waits;
        /** Since when it waits for something else to be mirrored; 0: it does not. */
        private long waitsSince;
        /** What the target had done for others when it failed here last; less than 0: it has not. */
        private long othersDone = -1;

        private Lane(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        /** Where its first piece of work is in line. */
        long first() {
            return places.getFirst();
        }

        int taken() {
            return taken;
        }

        void take(int pieces) {
            taken = pieces;
        }

        int waits() {
            return waits;
        }

        long waitsSince() {
            return waitsSince;
        }

        long othersDone() {
            return othersDone;
        }

        void failed(long done) {
            othersDone = done;
        }

        /** How long ago that began which it waits for. */
        void waitsFrom(long now) {
            waitsSince = waitsSince == 0 ? now : waitsSince;
        }
    }

    Lanes(int most) {
        this.most = most;
    }

    boolean isEmpty() {
        return lanes.isEmpty();
    }

    boolean full() {
        return places >= most;
    }

    /** Whether there is room for a good deal more. */
    boolean roomy() {
        return places <= most / 2;
    }

    /** Adds work behind all other work of its aggregate. */
    void add(String name, long place) {
        var lane = lanes.computeIfAbsent(name, Lane::new);
        lane.places.add(place);
        places++;
        if (lane.places.size() == 1) {
            ready.add(lane);
        }
    }

    /** A lane whose first piece of work can be done now; it is busy until told otherwise. */
    Optional<Lane> next(long now) {
        while (!resting.isEmpty() && resting.peek().notBefore <= now) {
            ready.add(resting.poll());
        }
        var lane = ready.poll();
        if (lane != null) {
            lane.busy = true;
        }
        return Optional.ofNullable(lane);
    }

    /** It was not begun after all: it is the next one again. */
    void putBack(Lane lane) {
        lane.busy = false;
        ready.addFirst(lane);
    }

    /** The first piece of work is done. */
    void done(Lane lane) {
        lane.busy = false;
        lane.places.removeFirst();
        places--;
        lane.waits = 0;
        lane.waitsSince = 0;
        lane.othersDone = -1;
        if (lane.places.isEmpty()) {
            lanes.remove(lane.name);
        } else {
            ready.add(lane);
        }
    }

    /** The first piece of work is done with the next one, which is still under way. */
    void pass(Lane lane) {
        lane.places.removeFirst();
        places--;
    }

    /** The first piece of work is tried again at that time. */
    void later(Lane lane, long notBefore) {
        lane.busy = false;
        lane.waits++;
        lane.notBefore = notBefore;
        resting.add(lane);
    }

    /** Takes all work of an aggregate out of memory, but for a piece that is being done. */
    void drop(String name) {
        var lane = lanes.get(name);
        if (lane == null) {
            return;
        }
        if (lane.busy) {
            places -= lane.places.size() - 1;
            long first = lane.places.getFirst();
            lane.places.clear();
            lane.places.add(first);
            lane.taken = 1;
        } else {
            places -= lane.places.size();
            lanes.remove(name);
            ready.remove(lane);
            resting.remove(lane);
        }
    }

    /** Where the work of an aggregate is in line, in order, as far as it is in memory. */
    List<Long> places(String name) {
        var lane = lanes.get(name);
        return lane == null ? List.of() : List.copyOf(lane.places);
    }

    /** Whether a piece of an aggregate's work is being done. */
    boolean busy(String name) {
        var lane = lanes.get(name);
        return lane != null && lane.busy;
    }
}
