package cloud.gyroscops.query.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/** Moments as text. */
public final class Moments {

    private static final long SECONDS_OF_DAY = 86_400;
    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int LONGEST = "0000-01-01T00:00:00.000000000Z".length();
    private static final int NANO_DIGITS = 9;
    private static final int GROUP = 1_000;

    private Moments() {}

    /** What {@link Instant#toString} says, without the interpreter of formats: details have up to six moments. */
    public static String text(Instant moment) {
        long second = moment.getEpochSecond();
        if (second < FIRST || second > LAST) {
            return moment.toString();
        }
        var date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_OF_DAY));
        int ofDay = (int) Math.floorMod(second, SECONDS_OF_DAY);
        var text = new byte[LONGEST];
        int at = number(text, 0, date.getYear(), 4);
        at = number(text, mark(text, at, '-'), date.getMonthValue(), 2);
        at = number(text, mark(text, at, '-'), date.getDayOfMonth(), 2);
        at = number(text, mark(text, at, 'T'), ofDay / 3_600, 2);
        at = number(text, mark(text, at, ':'), ofDay / 60 % 60, 2);
        at = number(text, mark(text, at, ':'), ofDay % 60, 2);
        at = fraction(text, at, moment.getNano());
        return new String(text, 0, mark(text, at, 'Z'), StandardCharsets.ISO_8859_1);
    }

    /** Of three, six or nine digits; none if there is none. */
    private static int fraction(byte[] text, int at, int nanos) {
        if (nanos == 0) {
            return at;
        }
        int digits = NANO_DIGITS;
        int number = nanos;
        for (; number % GROUP == 0; number /= GROUP) {
            digits -= 3;
        }
        return number(text, mark(text, at, '.'), number, digits);
    }

    private static int mark(byte[] text, int at, char mark) {
        text[at] = (byte) mark;
        return at + 1;
    }

    private static int number(byte[] text, int at, int number, int digits) {
        int left = number;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        return at + digits;
    }
}
