package cloud.gyroscops.standalone.check;

/**
 * 64 bits of texts and numbers, mixed as xxHash and MurmurHash3 do. Of ten million different texts, two have the same
 * one with a probability of one in 370,000.
 */
final class Hash {

    private static final long K1 = 0x9E3779B185EBCA87L;
    private static final long K2 = 0xC2B2AE3D27D4EB4FL;
    private static final long K3 = 0x165667B19E3779F9L;

    private long state = K3;

    static long of(String first, String second) {
        return new Hash().text(first).text(second).end();
    }

    static long of(String first, String second, String third) {
        return new Hash().text(first).text(second).text(third).end();
    }

    /** With its length, so that no two sequences of texts run into the same. */
    Hash text(CharSequence text) {
        number(text.length());
        long word = 0;
        for (int i = 0; i < text.length(); i++) {
            word = word << 16 | text.charAt(i);
            if ((i & 3) == 3) {
                number(word);
                word = 0;
            }
        }
        return (text.length() & 3) == 0 ? this : number(word);
    }

    Hash number(long word) {
        state = Long.rotateLeft(state ^ mixed(word * K2), 27) * K1 + K3;
        return this;
    }

    /** Never 0, which tables take for nothing. */
    long end() {
        long hash = mixed(state);
        return hash == 0 ? 1 : hash;
    }

    private static long mixed(long word) {
        long mixed = (word ^ word >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }
}
