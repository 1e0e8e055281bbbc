package cloud.gyroscops.domain;

import org.apache.avro.specific.SpecificRecord;

/** Copies of states. */
public final class States {

    private States() {}

    /**
     * Copies the fields of a state into a fresh one, so that evolving leaves the old state as it was. Lists and maps
     * are shared: whoever changes one puts a new one in its place. (Avro's own builders copy everything deeply.)
     *
     * @return {@code into}
     */
    public static <S extends SpecificRecord> S copy(S from, S into) {
        for (int field = from.getSchema().getFields().size() - 1; field >= 0; field--) {
            into.put(field, from.get(field));
        }
        return into;
    }
}
