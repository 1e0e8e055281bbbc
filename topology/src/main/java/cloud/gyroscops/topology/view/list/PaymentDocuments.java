package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.contract.view.PaymentView;
import cloud.gyroscops.topology.view.index.Documents;
import cloud.gyroscops.topology.view.index.Queries;
import java.util.ArrayList;
import org.apache.lucene.document.Document;

/** What payments are searched by. */
final class PaymentDocuments implements Documents<PaymentView> {

    static final String ORGANIZATION = "organization";
    static final String USER = "user";
    static final String STATUS = "status";
    static final String CURRENCY = "currency";
    static final String WORDS = "words";
    static final String AMOUNT = "amount";
    static final String CREATED_AT = "createdAt";
    static final String PROCESSED_AT = "processedAt";

    @Override
    public Document of(String id, PaymentView view) {
        var payment = view.getState();
        var document = new Document();
        Queries.addTerm(document, ORGANIZATION, payment.getOrganizationId());
        if (payment.getUserId() != null) {
            Queries.addTerm(document, USER, payment.getUserId());
        }
        Queries.addTerm(document, STATUS, payment.getStatus().name());
        Queries.addText(document, STATUS, payment.getStatus().name());
        Queries.addTerm(document, CURRENCY, payment.getCurrency());
        var texts = new ArrayList<>(payment.getMetadata().values());
        texts.add(payment.getDescription());
        Queries.addWords(document, WORDS, texts);
        Queries.addNumber(document, AMOUNT, payment.getAmount());
        Queries.addNumber(document, CREATED_AT, view.getApplied().getCreatedAt().toEpochMilli());
        if (view.getProcessedAt() != null) {
            Queries.addNumber(document, PROCESSED_AT, view.getProcessedAt().toEpochMilli());
        }
        return document;
    }
}
