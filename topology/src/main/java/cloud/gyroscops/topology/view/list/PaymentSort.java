package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.topology.view.index.Ordering;

/** What payments can be sorted by. */
public enum PaymentSort {
    CREATED_AT(PaymentDocuments.CREATED_AT, Ordering.Kind.NUMBER),
    /** In minor units, whatever the currency. */
    AMOUNT(PaymentDocuments.AMOUNT, Ordering.Kind.NUMBER),
    /** Those that were not processed come last, both ways. */
    PROCESSED_AT(PaymentDocuments.PROCESSED_AT, Ordering.Kind.NUMBER),
    /** By name, in the alphabet's order. */
    STATUS(PaymentDocuments.STATUS, Ordering.Kind.TEXT);

    private final String field;
    private final Ordering.Kind kind;

    PaymentSort(String field, Ordering.Kind kind) {
        this.field = field;
        this.kind = kind;
    }

    Ordering ordering(boolean descending) {
        return new Ordering(field, kind, descending);
    }
}
