package cloud.gyroscops.query.user;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What roles allow, by a table of the installation. Roles that are not in it allow nothing.
 *
 * @param byRole permissions by role
 */
public record Permissions(Map<String, List<String>> byRole) {

    /** The table unless there is another one. */
    public static final String DEFAULT = "admin=users:read,users:write,payments:read,payments:write,payments:refund;"
            + "manager=users:read,users:write,payments:read,payments:write;"
            + "accountant=users:read,payments:read,payments:refund;"
            + "viewer=users:read,payments:read";

    private static final Pattern ROW =
            Pattern.compile("[A-Za-z0-9._:-]{1,64}=[A-Za-z0-9._:*-]{1,64}(,[A-Za-z0-9._:*-]{1,64})*");

    /** Copies the table. */
    public Permissions {
        byRole = Map.copyOf(byRole);
    }

    /**
     * The table in a text like {@code admin=users:read,users:write;viewer=users:read}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Permissions parse(String text) {
        var table = new TreeMap<String, List<String>>();
        for (var row : text.split(";")) {
            if (!ROW.matcher(row.strip()).matches()) {
                throw new IllegalArgumentException("role permissions have \"" + row
                        + "\"; they must be like admin=users:read,users:write;viewer=users:read");
            }
            int equals = row.indexOf('=');
            table.put(
                    row.substring(0, equals).strip(),
                    List.of(row.substring(equals + 1).strip().split(",")));
        }
        return new Permissions(table);
    }

    /** What some roles allow together, in the order of names. */
    List<String> of(List<String> roles) {
        var permissions = new TreeSet<String>();
        roles.forEach(role -> permissions.addAll(byRole.getOrDefault(role, List.of())));
        return new ArrayList<>(permissions);
    }
}
