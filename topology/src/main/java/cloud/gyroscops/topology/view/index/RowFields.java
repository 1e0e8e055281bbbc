package cloud.gyroscops.topology.view.index;

import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/** The fields that every document has. */
final class RowFields {

    /** Sorts equal rows, and finds the one to replace. */
    static final String KEY = "key";

    static final String ROW = "row";
    static final Set<String> STORED = Set.of(ROW);

    private RowFields() {}

    static Document add(Document document, String key, byte[] row) {
        document.add(new StringField(KEY, key, Field.Store.NO));
        document.add(new SortedDocValuesField(KEY, new BytesRef(key)));
        document.add(new StoredField(ROW, row));
        return document;
    }

    static byte[] row(Document stored) {
        var bytes = BytesRef.deepCopyOf(stored.getBinaryValue(ROW));
        return bytes.bytes;
    }

    static Term term(String key) {
        return new Term(KEY, key);
    }
}
