package cloud.gyroscops.topology.view.list;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A description that somebody may mean.
 *
 * @param text a description as it was given
 * @param score how well it fits what was typed: 1 is word for word, less are words begun, then words mistyped
 */
public record Suggestion(String text, double score) {

    private static final Comparator<Suggestion> BEST_FIRST =
            Comparator.comparingDouble(Suggestion::score).reversed().thenComparing(Suggestion::text);

    /** The best ones of several lists, each text once. */
    static List<Suggestion> best(List<List<Suggestion>> lists, int most) {
        return lists.stream()
                .flatMap(List::stream)
                // A text fits equally well wherever it is found.
                .collect(Collectors.toMap(Suggestion::text, each -> each, (one, same) -> one))
                .values()
                .stream()
                .sorted(BEST_FIRST)
                .limit(most)
                .toList();
    }
}
