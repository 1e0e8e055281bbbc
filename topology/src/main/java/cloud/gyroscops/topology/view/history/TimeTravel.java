package cloud.gyroscops.topology.view.history;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.topology.view.partition.Questions;
import cloud.gyroscops.topology.view.partition.ViewModel;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Shows aggregates as they were. Never folds more than the events since the nearest snapshot before. */
public final class TimeTravel {

    private final Questions questions;
    private final Wire wire;
    private final Map<Aggregate, ViewModel<?, ?>> models = new EnumMap<>(Aggregate.class);

    public TimeTravel(Questions questions, Wire wire) {
        this.questions = questions;
        this.wire = wire;
        ViewModel.all(SchemaHistory.load()).forEach(model -> models.put(model.aggregate(), model));
    }

    /** An aggregate as a version left it, from 1. */
    public Past asOf(Aggregate aggregate, String id, long version) {
        return past(new Recall(aggregate, id, Optional.of(version), Optional.empty()));
    }

    /** An aggregate as the last event that occurred at this time or before left it. */
    public Past asOf(Aggregate aggregate, String id, Instant time) {
        return past(new Recall(aggregate, id, Optional.empty(), Optional.of(time)));
    }

    private Past past(Recall recall) {
        var recalled = questions.ask(recall.id(), recall);
        return switch (recalled.outcome()) {
            case FOUND -> new Past.AsItWas(fold(models.get(recall.aggregate()), recalled));
            case UNKNOWN -> new Past.Unknown();
            case NOT_YET_THERE ->
                new Past.NotYetThere(recalled.version(), recalled.time().orElseThrow());
            case STILL_TO_COME -> new Past.StillToCome(recalled.version());
            case ERASED -> new Past.Erased(recalled.time().orElseThrow());
        };
    }

    private SpecificRecord fold(ViewModel<?, ?> model, Recollection recalled) {
        var events = recalled.events().stream()
                .map(event -> wire.event(model.aggregate(), event))
                .toList();
        return model.replay(recalled.snapshot().orElse(null), events);
    }
}
