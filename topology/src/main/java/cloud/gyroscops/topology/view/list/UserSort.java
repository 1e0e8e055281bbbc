package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.topology.view.index.Ordering;

/** What users can be sorted by. */
public enum UserSort {
    CREATED_AT(UserDocuments.CREATED_AT, Ordering.Kind.NUMBER),
    USERNAME(UserDocuments.USERNAME, Ordering.Kind.TEXT),
    EMAIL(UserDocuments.EMAIL, Ordering.Kind.TEXT),
    /** Those who never logged in come last, both ways. */
    LAST_LOGIN_AT(UserDocuments.LAST_LOGIN_AT, Ordering.Kind.NUMBER);

    private final String field;
    private final Ordering.Kind kind;

    UserSort(String field, Ordering.Kind kind) {
        this.field = field;
        this.kind = kind;
    }

    Ordering ordering(boolean descending) {
        return new Ordering(field, kind, descending);
    }
}
