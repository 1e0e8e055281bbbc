package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.topology.view.index.Words;

/** What people type, which HTTP calls q. */
final class FreeText {

    private static final int LONGEST = 200;

    /** A letter may stand for several words, and each word is looked for. */
    private static final int MOST_WORDS = 20;

    private FreeText() {}

    static void check(String text) {
        int length = text.codePointCount(0, text.length());
        if (length > LONGEST) {
            throw new IllegalArgumentException("q has " + length + " characters; it must have at most " + LONGEST);
        }
        long words = Words.of(text).stream().distinct().count();
        if (words > MOST_WORDS) {
            throw new IllegalArgumentException("q has " + words + " words; it must have at most " + MOST_WORDS);
        }
    }

    static void checkOrganization(String organizationId) {
        if (organizationId.isEmpty()) {
            throw new IllegalArgumentException("organization is \"\"; it must be an id");
        }
    }
}
