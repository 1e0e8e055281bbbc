package cloud.gyroscops.standalone.erasure;

/** What a record has to do with a user. */
enum Concern {
    NOT_AT_ALL,
    /** It is about the user, and may stay. */
    HARMLESS,
    /** It holds what the user's erasure must remove. */
    PERSONAL;

    static Concern personalIf(boolean personal) {
        return personal ? PERSONAL : HARMLESS;
    }
}
