package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.target.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A three-way look at an object: what was mirrored last, what the log says, and what Keycloak has. For each field that differs
 * it says who changed it, and whose value is right from now on.
 *
 * @param differences in the order of the fields' names
 */
record Merge(List<Difference> differences) {

    /** Who changed a field since it was mirrored last. */
    enum Changed {
        /** The object was never mirrored: nobody knows. */
        UNKNOWN,
        /** The log. */
        OURS,
        /** Somebody in Keycloak. */
        THEIRS,
        /** Both, each in another way. */
        BOTH,
        /**
         * The log, but not by the event at hand: what Keycloak has was told to the aggregate, and its answer is on its way
         * ({@link Told}), or an operator discarded the event. It stays until somebody compares.
         */
        EARLIER
    }

    /** @param keepsTheirs whether Keycloak's value is right from now on */
    record Difference(
            String field, String ours, String theirs, String mirrored, Changed changed, boolean keepsTheirs) {}

    /** Which fields Keycloak owns. */
    @FunctionalInterface
    interface Ownership {
        boolean isTheirs(String field);
    }

    /** Whether Keycloak's change of a field is newer than ours, if that is known; asked only where both have changed. */
    @FunctionalInterface
    interface Newer {
        Optional<Boolean> theirs(String field) throws TargetException;
    }

    Merge {
        differences = List.copyOf(differences);
    }

    /**
     * @param mirrored the fields as they were mirrored last; empty: never
     * @param ours all compared fields
     * @param theirs all compared fields
     * @param touched the fields that the event at hand sets; empty: there is no event, all are looked at
     * @param takeable the fields that have a command to take Keycloak's value over
     */
    static Merge of(
            Map<String, String> mirrored,
            Map<String, String> ours,
            Map<String, String> theirs,
            Optional<Set<String>> touched,
            Set<String> takeable,
            Ownership ownership,
            Newer newer)
            throws TargetException {
        var differences = new ArrayList<Difference>();
        for (var field : new TreeSet<>(ours.keySet())) {
            var our = ours.get(field);
            var their = theirs.get(field);
            if (our.equals(their)) {
                continue;
            }
            var base = mirrored.get(field);
            var changed =
                    changed(base, our, their, touched.isEmpty() || touched.get().contains(field));
            boolean takes = takeable.contains(field);
            boolean owned = takes && ownership.isTheirs(field);
            boolean keepsTheirs =
                    switch (changed) {
                        case UNKNOWN, THEIRS -> owned;
                        case OURS -> false;
                        case BOTH -> takes && newer.theirs(field).orElse(owned);
                        case EARLIER -> true;
                    };
            differences.add(new Difference(field, our, their, base, changed, keepsTheirs));
        }
        return new Merge(differences);
    }

    private static Changed changed(String base, String ours, String theirs, boolean touched) {
        if (base == null) {
            return Changed.UNKNOWN;
        }
        boolean byThem = !base.equals(theirs);
        boolean byUs = touched && !base.equals(ours);
        if (byThem && byUs) {
            return Changed.BOTH;
        }
        if (byThem) {
            return Changed.THEIRS;
        }
        return byUs ? Changed.OURS : Changed.EARLIER;
    }

    /**
     * Whether an email is verified is said of that email: while the sides have different ones, it goes with the email that is
     * right from now on, and is told to nobody.
     */
    Merge verifiedWithEmail() {
        var email = differences.stream()
                .filter(difference -> difference.field().equals(Compared.EMAIL))
                .filter(difference -> !difference.ours().equalsIgnoreCase(difference.theirs()))
                .findFirst();
        if (email.isEmpty()) {
            return this;
        }
        boolean keepsTheirs = email.get().keepsTheirs();
        return new Merge(differences.stream()
                .map(each -> each.field().equals(Compared.EMAIL_VERIFIED)
                        ? new Difference(
                                each.field(),
                                each.ours(),
                                each.theirs(),
                                each.mirrored(),
                                keepsTheirs ? Changed.EARLIER : each.changed(),
                                keepsTheirs)
                        : each)
                .toList());
    }

    /** Whether somebody changed something in Keycloak. */
    boolean drifted() {
        return differences.stream()
                .anyMatch(difference -> difference.changed() == Changed.THEIRS || difference.changed() == Changed.BOTH);
    }

    /** What Keycloak should have. */
    Map<String, String> wanted(Map<String, String> theirs) {
        var wanted = new TreeMap<>(theirs);
        differences.stream()
                .filter(difference -> !difference.keepsTheirs())
                .forEach(difference -> wanted.put(difference.field(), difference.ours()));
        return wanted;
    }

    /** What the aggregate is to be told, by field. */
    Map<String, String> taken() {
        var taken = new TreeMap<String, String>();
        differences.stream()
                .filter(difference -> difference.keepsTheirs() && difference.changed() != Changed.EARLIER)
                .forEach(difference -> taken.put(difference.field(), difference.theirs()));
        return taken;
    }
}
