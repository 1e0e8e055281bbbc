package cloud.gyroscops.topology.view;

import cloud.gyroscops.topology.view.partition.Question;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A question as it goes to another instance, which answers from its own stores or not at all.
 *
 * @param partitions the ones that are asked, by number
 * @param seen by partition, what the client has seen there already: whoever has not come that far must not answer
 */
public record Forwarded<A>(Question<A> question, Set<Integer> partitions, Map<Integer, List<Token>> seen) {}
