package cloud.gyroscops.connectors.keycloak;

import cloud.gyroscops.connectors.target.Subject;
import cloud.gyroscops.connectors.target.TargetException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.AdminEventRepresentation;
import org.keycloak.representations.idm.EventRepresentation;

/** When something happened in a realm, as its events tell. */
final class Changes {

    private static final List<String> UPDATE = List.of("UPDATE");
    private static final List<String> GIVEN_OR_TAKEN = List.of("CREATE", "DELETE");
    private static final List<String> OWN_CHANGES = List.of("VERIFY_EMAIL", "UPDATE_EMAIL", "UPDATE_PROFILE");
    private static final String LATEST_FIRST = "desc";

    private final RealmResource realm;

    Changes(RealmResource realm) {
        this.realm = realm;
    }

    /** When a field of an object was changed last after a time, as far as Keycloak tells fields apart. */
    @FunctionalInterface
    interface Latest {
        Optional<Instant> after(Instant time, String field) throws TargetException;
    }

    /** Whether Keycloak's change is newer than the event at hand; asked for only where that matters. */
    static Merge.Newer newer(Look look, Subject subject, Latest latest) {
        var ours = look.event().map(event -> event.header().getOccurredAt());
        return field -> ours.isEmpty() || subject.mirroredAt().isEmpty()
                ? Optional.empty()
                : latest.after(subject.mirroredAt().get(), field).map(changed -> changed.isAfter(ours.get()));
    }

    /**
     * The latest change of a user's roles, or of its other fields, by an administrator or by the user, after a time; empty:
     * none is known. A new password is none.
     */
    Optional<Instant> ofUser(String id, String field, Instant after) throws TargetException {
        long from = after.toEpochMilli() + 1;
        if (field.equals(Compared.ROLES)) {
            return byAdministrators(GIVEN_OR_TAKEN, "users/" + id + "/role-mappings/realm", from)
                    .max(Long::compare)
                    .map(Instant::ofEpochMilli);
        }
        var own =
                Calls.get(() -> realm.getEvents(OWN_CHANGES, null, id, from, Long.MAX_VALUE, null, 0, 1, LATEST_FIRST));
        return Stream.concat(
                        byAdministrators(UPDATE, "users/" + id, from),
                        own.stream().map(EventRepresentation::getTime))
                .max(Long::compare)
                .map(Instant::ofEpochMilli);
    }

    /** The latest change of an organization after a time; empty: none is known. */
    Optional<Instant> ofOrganization(String id, Instant after) throws TargetException {
        return byAdministrators(UPDATE, "organizations/" + id, after.toEpochMilli() + 1)
                .max(Long::compare)
                .map(Instant::ofEpochMilli);
    }

    /** The latest time that a user logged in; empty: none is known. */
    Optional<Instant> login(String user) throws TargetException {
        return Calls.get(() ->
                        realm.getEvents(List.of("LOGIN"), null, user, 0, Long.MAX_VALUE, null, 0, 1, LATEST_FIRST))
                .stream()
                .findFirst()
                .map(event -> Instant.ofEpochMilli(event.getTime()));
    }

    private Stream<Long> byAdministrators(List<String> operations, String path, long from) throws TargetException {
        return Calls.get(() -> realm.getAdminEvents(
                        operations, null, null, null, null, path, null, from, Long.MAX_VALUE, 0, 1, LATEST_FIRST))
                .stream()
                .map(AdminEventRepresentation::getTime);
    }
}
