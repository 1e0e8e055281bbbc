package cloud.gyroscops.standalone.http;

/** Commands as JSON. */
final class Commands {

    private Commands() {}

    static String createOrganization(String id, String commandId, String name) {
        return "{\"type\": \"CreateOrganization\", \"aggregateId\": \"" + id + "\", \"commandId\": \"" + commandId
                + "\", \"payload\": {\"name\": \"" + name + "\"}}";
    }

    static String renameOrganization(String id, String commandId, String name) {
        return createOrganization(id, commandId, name).replace("CreateOrganization", "RenameOrganization");
    }

    static String createUser(String id, String organizationId) {
        return "{\"type\": \"CreateUser\", \"aggregateId\": \"" + id + "\", \"payload\": {\"username\": \"" + id
                + "\", \"email\": \"" + id + "@example.org\", \"firstName\": \"Ann\", \"lastName\": \"Lee\","
                + " \"organizationId\": \"" + organizationId + "\"}}";
    }

    static String deleteUser(String id) {
        return "{\"type\": \"DeleteUser\", \"aggregateId\": \"" + id + "\"}";
    }

    static String eraseUser(String id) {
        return deleteUser(id).replace("DeleteUser", "EraseUser");
    }
}
