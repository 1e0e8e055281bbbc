package cloud.gyroscops.connectors.keycloak;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * A user of the realm.
 *
 * @param representation all of it: what a write leaves out, Keycloak erases
 * @param roles the names of its realm roles
 * @param organizations the organizations of ours that it is a member of: our ids, and Keycloak's
 */
record RealmUser(UserRepresentation representation, List<String> roles, Map<String, String> organizations) {

    /** One that is to be made. */
    static RealmUser fresh(String id, Map<String, String> fields) {
        var user = new RealmUser(new UserRepresentation(), List.of(), Map.of());
        user.fill(id, fields);
        return user;
    }

    String id() {
        return representation.getId();
    }

    Optional<String> ourId() {
        return Ids.in(representation.getAttributes());
    }

    Map<String, String> compared() {
        return Compared.of(representation, roles, organizations.keySet());
    }

    /** Sets our id, and the fields that are in the representation; the others in it stay. */
    void fill(String id, Map<String, String> fields) {
        representation.setAttributes(Ids.with(id, representation.getAttributes()));
        representation.setUsername(fields.get(Compared.USERNAME));
        representation.setEmail(fields.get(Compared.EMAIL));
        representation.setFirstName(fields.get(Compared.FIRST_NAME));
        representation.setLastName(fields.get(Compared.LAST_NAME));
        representation.setEnabled(Boolean.parseBoolean(fields.get(Compared.ENABLED)));
        representation.setEmailVerified(Boolean.parseBoolean(fields.get(Compared.EMAIL_VERIFIED)));
    }
}
