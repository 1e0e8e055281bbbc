package cloud.gyroscops.standalone.town;

import java.util.List;
import java.util.Random;

/** Chance that falls the same way every time, on every machine: {@link Random}'s numbers are specified. */
final class Dice {

    private final Random random;

    private Dice(long seed) {
        this.random = new Random(seed);
    }

    /** Dice of their own for every thing, so that what happens to one says nothing about the next. */
    static Dice of(long seed, String kind, int number) {
        long mixed = (seed * 31 + kind.hashCode()) * 0x9E3779B97F4A7C15L + number;
        // Neighbouring seeds begin with similar numbers, unless their bits are scattered first.
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return new Dice(mixed ^ mixed >>> 31);
    }

    /** From 0, and below a bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From a number to another, both included. */
    int between(int from, int to) {
        return from + below(to - from + 1);
    }

    boolean percent(int percent) {
        return below(100) < percent;
    }

    <T> T pick(List<T> from) {
        return from.get(below(from.size()));
    }
}
