package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.topology.view.index.Documents;
import cloud.gyroscops.topology.view.index.Queries;
import java.util.List;
import org.apache.lucene.document.Document;

/** Descriptions, each once an organization. */
final class DescriptionDocuments implements Documents<String> {

    static final String ORGANIZATION = "organization";
    static final String WORDS = "words";
    static final String TEXT = "text";

    /** Is in no organization's id. */
    private static final char BETWEEN = '/';

    static String key(String organizationId, String description) {
        return organizationId + BETWEEN + description;
    }

    @Override
    public Document of(String key, String description) {
        var document = new Document();
        Queries.addTerm(document, ORGANIZATION, key.substring(0, key.indexOf(BETWEEN)));
        Queries.addWords(document, WORDS, List.of(description));
        Queries.addText(document, TEXT, description);
        return document;
    }
}
