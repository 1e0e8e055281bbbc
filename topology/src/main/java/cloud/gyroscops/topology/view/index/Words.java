package cloud.gyroscops.topology.view.index;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;

/** The words of a text, as they are searched for: in lower case and without accents; letters and digits alone. */
public final class Words {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{Nd}]+");

    /** A letter may become four. */
    private static final int LONGEST_FOLDING = 4;

    private static final char FIRST_BEYOND_ASCII = 0x80;

    private Words() {}

    /** The words of a text in order; none where there is no letter and no digit. */
    public static List<String> of(String text) {
        if (isAscii(text)) {
            return ofAscii(text);
        }
        var plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        return Arrays.stream(BETWEEN.split(plain))
                .filter(word -> !word.isEmpty())
                .map(Words::folded)
                .toList();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_BEYOND_ASCII) {
                return false;
            }
        }
        return true;
    }

    /** The same where there is nothing to fold: most texts, at a tenth of the cost. */
    private static List<String> ofAscii(String text) {
        var words = new ArrayList<String>();
        var lower = text.toLowerCase(Locale.ROOT);
        int begin = 0;
        for (int i = 0; i <= lower.length(); i++) {
            if (i == lower.length() || !isLetterOrDigit(lower.charAt(i))) {
                if (i > begin) {
                    words.add(lower.substring(begin, i));
                }
                begin = i + 1;
            }
        }
        return words;
    }

    private static boolean isLetterOrDigit(char lower) {
        return lower >= 'a' && lower <= 'z' || lower >= '0' && lower <= '9';
    }

    private static String folded(String word) {
        var from = word.toCharArray();
        var to = new char[LONGEST_FOLDING * from.length];
        int length = ASCIIFoldingFilter.foldToASCII(from, 0, to, 0, from.length);
        return new String(to, 0, length).toLowerCase(Locale.ROOT);
    }
}
