package cloud.gyroscops.standalone.town;

import java.util.List;
import java.util.Locale;

/**
 * A first or last name.
 *
 * @param written as its bearer writes it
 * @param plain in letters that emails are made of
 */
record Name(String written, String plain) {

    static final List<Name> FIRST =
            WordList.of("first-names.txt").stream().map(Name::parse).toList();

    static final List<Name> LAST =
            WordList.of("last-names.txt").stream().map(Name::parse).toList();

    /** The plain form stands at the end, where it is not just the lower case. Only it begins with a small letter. */
    private static Name parse(String line) {
        int space = line.lastIndexOf(' ');
        return space > 0 && Character.isLowerCase(line.charAt(space + 1))
                ? new Name(line.substring(0, space), line.substring(space + 1))
                : new Name(line, line.toLowerCase(Locale.ROOT));
    }
}
