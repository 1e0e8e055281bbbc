package cloud.gyroscops.query.user;

import cloud.gyroscops.query.language.Language;
import cloud.gyroscops.topology.view.list.UserStanding;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What is shown for each status of a user: every word and color that there is. */
final class StatusLabels {

    private static final Map<UserStanding, StatusLabel> ALL = new EnumMap<>(Map.of(
            UserStanding.ACTIVE, new StatusLabel("active", "green", "Actif", "Active"),
            UserStanding.UNVERIFIED, new StatusLabel("unverified", "orange", "Non vérifié", "Unverified"),
            UserStanding.DISABLED, new StatusLabel("disabled", "red", "Désactivé", "Disabled"),
            UserStanding.UNKNOWN, new StatusLabel("unknown", "gray", "Inconnu", "Unknown")));

    private StatusLabels() {}

    /** A status as clients write it, its color, and its names. */
    record StatusLabel(String status, String color, String french, String english) {

        String in(Language language) {
            return language == Language.ENGLISH ? english : french;
        }
    }

    static StatusLabel of(UserStanding standing) {
        return ALL.get(standing);
    }

    /** All statuses, by what clients write. */
    static Map<String, UserStanding> byStatus() {
        var statuses = new TreeMap<String, UserStanding>();
        for (var standing : UserStanding.values()) {
            statuses.put(standing.name().toLowerCase(Locale.ROOT), standing);
        }
        return statuses;
    }
}
