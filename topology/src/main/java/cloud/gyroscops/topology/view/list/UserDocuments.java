package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.contract.view.UserView;
import cloud.gyroscops.topology.view.index.Documents;
import cloud.gyroscops.topology.view.index.Queries;
import java.util.List;
import org.apache.lucene.document.Document;

/** What users are listed by. */
final class UserDocuments implements Documents<UserView> {

    static final String ORGANIZATION = "organization";
    static final String STANDING = "standing";
    static final String ROLE = "role";
    static final String WORDS = "words";
    static final String CREATED_AT = "createdAt";
    static final String USERNAME = "username";
    static final String EMAIL = "email";
    static final String LAST_LOGIN_AT = "lastLoginAt";

    @Override
    public Document of(String id, UserView view) {
        var user = view.getState();
        var document = new Document();
        Queries.addTerm(document, ORGANIZATION, user.getOrganizationId());
        Queries.addTerm(document, STANDING, UserStanding.of(user).name());
        user.getRoles().forEach(role -> Queries.addTerm(document, ROLE, role));
        Queries.addWords(
                document, WORDS, List.of(user.getUsername(), user.getEmail(), user.getFirstName(), user.getLastName()));
        Queries.addNumber(document, CREATED_AT, view.getApplied().getCreatedAt().toEpochMilli());
        Queries.addText(document, USERNAME, user.getUsername());
        Queries.addText(document, EMAIL, user.getEmail());
        if (user.getLastLoginAt() != null) {
            Queries.addNumber(document, LAST_LOGIN_AT, user.getLastLoginAt().toEpochMilli());
        }
        return document;
    }
}
