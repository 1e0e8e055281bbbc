package cloud.gyroscops.query.aggregate;

import cloud.gyroscops.contract.view.OrganizationView;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.EventMessage;
import cloud.gyroscops.topology.view.Reading;
import cloud.gyroscops.topology.view.Views;
import cloud.gyroscops.topology.view.ViewsNotReadyException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** What the views know of aggregates, as {@link Views} has it. */
public interface Known {

    /** The latest view of an aggregate. */
    Optional<SpecificRecord> find(Aggregate aggregate, String id);

    /** An aggregate's events in order, from a version on; fewer than wanted where they are large. */
    List<EventMessage> history(Aggregate aggregate, String id, long from, int most);

    /**
     * An organization's name, by which it is shown wherever its id stands; null where nobody knows it, or, if the client takes
     * an answer that lacks something, can tell it now.
     */
    default String organizationName(String id) {
        try {
            return find(Aggregate.ORGANIZATIONS, id)
                    .map(view -> ((OrganizationView) view).getState().getName())
                    .orElse(null);
        } catch (ViewsNotReadyException away) {
            if (Reading.current().allowsPartial()) {
                return null;
            }
            throw away;
        }
    }

    /** The names of some organizations by id, without those that nobody knows. */
    default Map<String, String> organizationNames(Collection<String> ids) {
        var names = new HashMap<String, String>();
        ids.forEach(id -> names.computeIfAbsent(id, this::organizationName));
        return names;
    }

    /** What running views know. */
    static Known by(Views views) {
        return new Known() {
            @Override
            public Optional<SpecificRecord> find(Aggregate aggregate, String id) {
                return views.find(aggregate, id);
            }

            @Override
            public List<EventMessage> history(Aggregate aggregate, String id, long from, int most) {
                return views.history(aggregate, id, from, most);
            }

            @Override
            public Map<String, String> organizationNames(Collection<String> ids) {
                return ids.isEmpty() ? Map.of() : views.organizationNames(ids);
            }
        };
    }
}
