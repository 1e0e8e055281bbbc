package cloud.gyroscops.schemas.serde;

/** What is wrong with bytes that are no record. */
public enum Malformation {
    /** No bytes at all, which is not the same as no value. */
    EMPTY,
    /** They do not begin with 0x00, or, if a stored state, with 0xC3 0x01. */
    NO_MAGIC_BYTE,
    /** The registry has no Avro schema with that id, or the history none with that fingerprint. */
    UNKNOWN_SCHEMA_ID,
    /** They end before the head or the record does. */
    TRUNCATED,
    /** They go on after the record's end. */
    TRAILING_BYTES,
    /** They hold another record than the one wanted, or one that lacks what the reader cannot do without. */
    WRONG_TYPE,
    /** They hold a union branch or an enum symbol that this reader is too old to know. */
    UNKNOWN_BRANCH,
    /** They contradict the schema that they claim: a negative length, a union index out of range. */
    CORRUPT
}
