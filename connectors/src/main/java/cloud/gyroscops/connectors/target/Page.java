package cloud.gyroscops.connectors.target;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Some of a target's objects.
 *
 * @param next the cursor of the next page; empty: this was the last one
 * @param total how many objects there are in all, if the target tells
 */
public record Page(List<Listed> objects, Optional<String> next, OptionalLong total) {}
