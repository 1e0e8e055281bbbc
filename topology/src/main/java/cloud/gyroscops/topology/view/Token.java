package cloud.gyroscops.topology.view;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventKey;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A consistency token, {@code users/u-1@7}: whoever shows it wants to see at least what version 7 of user u-1 made.
 *
 * @param version from 1
 */
public record Token(Aggregate aggregate, String id, long version) {

    private static final Pattern SHAPE =
            Pattern.compile("(organizations|users|payments)/([A-Za-z0-9._:-]{1,128})@([1-9][0-9]{0,17})");

    /**
     * The token in a text.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Token parse(String text) {
        Matcher token = SHAPE.matcher(text);
        if (!token.matches()) {
            throw new IllegalArgumentException("token is \"" + text + "\"; it must be one like users/u-1@7");
        }
        return new Token(
                Aggregate.valueOf(token.group(1).toUpperCase(Locale.ROOT)),
                token.group(2),
                Long.parseLong(token.group(3)));
    }

    @Override
    public String toString() {
        return aggregate.plural() + "/" + EventKey.of(id, version);
    }
}
