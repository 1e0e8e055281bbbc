package cloud.gyroscops.topology.view;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Bounds how many of an instance's threads wait for something to happen in the views. Whoever finds no place does not wait:
 * those that have nothing to wait for would starve else.
 */
final class WaitingRoom {

    /** A quarter of the threads that HTTP has. */
    static final int PLACES = 64;

    private final Semaphore places;

    WaitingRoom() {
        this(PLACES);
    }

    WaitingRoom(int places) {
        this.places = new Semaphore(places);
    }

    /** Pauses; false at once if there is no place. */
    boolean pause(Duration duration) {
        return during(() -> {
            LockSupport.parkNanos(duration.toNanos());
            return true;
        });
    }

    /** What comes of something that waits; false at once if there is no place. */
    boolean during(BooleanSupplier wait) {
        if (!places.tryAcquire()) {
            return false;
        }
        try {
            return wait.getAsBoolean();
        } finally {
            places.release();
        }
    }
}
