package cloud.gyroscops.topology.view.list;

/** What people type. */
final class FreeText {

    private static final int LONGEST = 200;

    private FreeText() {}

    static void check(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "text is " + text.length() + " characters; it must be at most " + LONGEST);
        }
    }

    static void checkOrganization(String organizationId) {
        if (organizationId.isEmpty()) {
            throw new IllegalArgumentException("organization is \"\"; it must be an id");
        }
    }
}
