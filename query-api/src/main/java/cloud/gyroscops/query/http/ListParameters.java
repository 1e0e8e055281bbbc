package cloud.gyroscops.query.http;

import cloud.gyroscops.topology.view.list.Page;
import cloud.gyroscops.topology.view.list.Paging;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/** What all lists can be asked, and tell, whatever their rows. */
public final class ListParameters {

    private static final Map<String, Boolean> DESCENDING = Map.of("asc", false, "desc", true);

    private ListParameters() {}

    /** The part of the list that is wanted. */
    public static Paging paging(Given given) {
        return given.asked(() -> new Paging(
                given.whole("page", 1, Paging.DEEPEST).orElse(1L).intValue(),
                given.whole("limit", 1, Paging.MAX_LIMIT)
                        .orElse((long) Paging.DEFAULT_LIMIT)
                        .intValue(),
                given.text("cursor", 4_096).orElse("")));
    }

    /** Whether the last come first; unless told otherwise, as is usual for what it is sorted by. */
    public static boolean descending(Given given, boolean usual) {
        return given.choice("order", DESCENDING).orElse(usual);
    }

    /** Writes how many there are, which page this is, and where the next one is. */
    public static void write(JsonGenerator json, String path, Given given, Page<?> page) throws IOException {
        json.writeNumberField("total", page.total());
        if (!given.has("cursor")) {
            json.writeNumberField("page", paging(given).page());
        }
        if (page.next().isPresent()) {
            json.writeStringField("next", given.link(path, "cursor", page.next().get()));
        }
    }
}
