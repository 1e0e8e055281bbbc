package cloud.gyroscops.connectors.worker;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.schemas.Aggregate;

/** An aggregate among those of all types; as text, {@code users/u-1}. */
record Name(Aggregate aggregate, String id) {

    static Name of(AggregateType type, String id) {
        return new Name(Aggregate.of(type), id);
    }

    static Name of(String text) {
        int slash = text.indexOf('/');
        return new Name(Aggregate.named(text.substring(0, slash)).orElseThrow(), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return aggregate.plural() + '/' + id;
    }
}
