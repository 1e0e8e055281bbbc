package cloud.gyroscops.standalone.check;

/**
 * Something that must not be.
 *
 * @param place the record that shows it
 * @param sentence what is wrong, without personal data
 */
public record Violation(Invariant invariant, Place place, String sentence) {}
