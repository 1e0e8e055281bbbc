package cloud.gyroscops.standalone.registry;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** The model over the topic: what is answered is stored, and one change comes after the other. */
final class Registry {
    private final RegistryModel model = new RegistryModel();
    private final Consumer<List<Entry>> store;

    /** Starts with what was stored; the store returns when an entry is safe. */
    Registry(Stream<Entry> stored, Consumer<List<Entry>> store) {
        stored.forEach(model::apply);
        this.store = store;
    }

    synchronized <T> T ask(Function<RegistryModel, T> question) {
        return question.apply(model);
    }

    synchronized int register(String subject, String schema) {
        RegistryModel.Registration registration = model.register(subject, schema);
        change(registration.entries());
        return registration.id();
    }

    synchronized List<Integer> delete(String subject) {
        return delete(model.versions(subject));
    }

    synchronized int delete(String subject, String version) {
        return delete(List.of(model.version(subject, version))).get(0);
    }

    /** With a null subject for all that have none of their own. */
    synchronized void setLevel(String subject, CompatibilityLevel level) {
        change(List.of(new Entry.LevelSet(subject, level)));
    }

    synchronized CompatibilityLevel removeLevel(String subject) {
        CompatibilityLevel own = model.ownLevel(subject);
        change(List.of(new Entry.LevelSet(subject, null)));
        return own;
    }

    private List<Integer> delete(List<RegistryModel.Version> versions) {
        change(versions.stream()
                .<Entry>map(v -> new Entry.VersionSet(v.subject(), v.version(), v.id(), true))
                .toList());
        return versions.stream().map(RegistryModel.Version::version).toList();
    }

    private void change(List<Entry> entries) {
        store.accept(entries);
        entries.forEach(model::apply);
    }
}
