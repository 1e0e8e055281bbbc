package cloud.gyroscops.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.ClaimKind;
import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.channel.Answer;
import cloud.gyroscops.contract.channel.Claimant;
import cloud.gyroscops.contract.channel.ClaimsAnswer;
import cloud.gyroscops.contract.channel.ConfirmClaim;
import cloud.gyroscops.contract.channel.Existence;
import cloud.gyroscops.contract.channel.Parked;
import cloud.gyroscops.contract.channel.ReferenceAnswer;
import cloud.gyroscops.contract.channel.ReferenceQuestion;
import cloud.gyroscops.contract.channel.ReleaseClaim;
import cloud.gyroscops.contract.channel.RequestClaims;
import cloud.gyroscops.contract.user.DeleteUser;
import cloud.gyroscops.contract.user.DisableUser;
import cloud.gyroscops.contract.user.EraseUser;
import cloud.gyroscops.contract.user.UpdateUser;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.schemas.SchemaHistory;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.StateSerde;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import cloud.gyroscops.topology.Payloads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users whose commands wait: here the test is the other partitions, and answers when it likes. */
class WaitingCommandsTest {

    private static final Claim EMAIL = new Claim(ClaimKind.EMAIL, "ada@acme.test");
    private static final Claim USERNAME = new Claim(ClaimKind.USERNAME, "ada");
    private static final Claim OTHER_EMAIL = new Claim(ClaimKind.EMAIL, "countess@acme.test");

    private final Wire wire = new Wire(new TopicCatalogue(TopicSettings.single(1)), new InMemorySchemaRegistry());
    private final Nodes nodes = new Nodes(Aggregate.USERS);
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private final AggregateModel<?> model =
            AggregateModel.all(Duration.ofDays(1), SchemaHistory.load()).get(1);
    private Decisions<?> decisions;
    private long now = 1_000_000;
    private final Map<String, Integer> looked = new HashMap<>();
    private int sent;

    @BeforeEach
    void init() {
        store(model.stateStore(), Serdes.String(), model.storedSerde());
        var parked = SchemaHistory.load().of(Parked.class.getName());
        store(model.parkedStore(), Serdes.String(), new StateSerde<>(Parked.class, parked));
        store(OrganizationDirectory.STORE, Serdes.String(), Serdes.String());
        KeyValueStore<String, String> organizations = context.getStateStore(OrganizationDirectory.STORE);
        organizations.put("o-1", OrganizationDirectory.ACTIVE);
        start();
    }

    @Test
    void aUserIsCreatedOnceItsClaimsAreGranted() {
        when("c-1", Payloads.createUser("o-1"));
        assertThat(results()).isEmpty();
        assertThat(claimMessages()).containsExactly(new RequestClaims(claimant("c-1"), List.of(EMAIL, USERNAME), 0));

        granted("c-1", EMAIL, USERNAME);

        assertThat(results()).containsExactly("c-1 ACCEPTED");
        assertThat(claimMessages())
                .containsExactly(new ConfirmClaim(claimant("c-1"), EMAIL), new ConfirmClaim(claimant("c-1"), USERNAME));
    }

    @Test
    void whatIsTakenRefusesAndGivesBackWhatWasGranted() {
        when("c-1", Payloads.createUser("o-1"));
        claimMessages();

        answer(new Answer("c-1", new ClaimsAnswer(List.of(EMAIL), USERNAME)));

        assertThat(results()).containsExactly("c-1 " + RefusalReason.USERNAME_TAKEN);
        assertThat(claimMessages()).containsExactly(new ReleaseClaim(claimant("c-1"), EMAIL));
    }

    @Test
    void laterCommandsOfTheUserWaitInOrder() {
        when("c-1", Payloads.createUser("o-1"));
        when("c-2", new DisableUser());
        when("c-3", new DeleteUser());
        assertThat(results()).isEmpty();

        granted("c-1", EMAIL, USERNAME);

        assertThat(results()).containsExactly("c-1 ACCEPTED", "c-2 ACCEPTED", "c-3 ACCEPTED");
    }

    @Test
    void aCommandThatWaitedMayHaveToWaitAgainForClaimsOfItsOwn() {
        when("c-1", Payloads.createUser("o-1"));
        when("c-2", new UpdateUser(null, OTHER_EMAIL.getValue(), null, null));
        when("c-3", new DisableUser());
        granted("c-1", EMAIL, USERNAME);
        assertThat(results()).containsExactly("c-1 ACCEPTED");
        claimMessages();

        granted("c-2", OTHER_EMAIL);

        assertThat(results()).containsExactly("c-2 ACCEPTED", "c-3 ACCEPTED");
        assertThat(claimMessages())
                .containsExactly(
                        new ReleaseClaim(claimant("c-1"), EMAIL), new ConfirmClaim(claimant("c-2"), OTHER_EMAIL));
    }

    @Test
    void theSameCommandAgainWaitsForTheFirstOnesResult() {
        when("c-1", Payloads.createUser("o-1"));
        when("c-1", Payloads.createUser("o-1"));

        granted("c-1", EMAIL, USERNAME);

        assertThat(results()).containsExactly("c-1 ACCEPTED", "c-1 ACCEPTED");
    }

    @Test
    void aMissingOrganizationIsAskedForTwice() {
        when("c-1", Payloads.createUser("nowhere"));
        assertThat(questions()).hasSize(1);

        answer(missing("nowhere"));
        assertThat(questions()).hasSize(1);
        assertThat(results()).isEmpty();
        answer(missingAgain("nowhere"));

        assertThat(results()).containsExactly("c-1 " + RefusalReason.ORGANIZATION_NOT_FOUND);
    }

    @Test
    void ofAQuestionThatARestartAskedAgainTheSecondAnswerIsNoSecondOpinion() {
        when("c-1", Payloads.createUser("nowhere"));
        start();
        pass(Duration.ofSeconds(1));

        answer(missing("nowhere"));
        answer(missing("nowhere"));
        assertThat(results()).isEmpty();
        answer(missingAgain("nowhere"));

        assertThat(results()).containsExactly("c-1 " + RefusalReason.ORGANIZATION_NOT_FOUND);
    }

    @Test
    void aRestartRemembersThatASecondOpinionIsAskedFor() {
        when("c-1", Payloads.createUser("nowhere"));
        answer(missing("nowhere"));

        start();
        pass(Duration.ofSeconds(1));

        assertThat(questions()).singleElement().satisfies(question -> assertThat(
                        wire.question(Aggregate.ORGANIZATIONS, question).getAgain())
                .isTrue());
    }

    @Test
    void anOrganizationThatWasJustCreatedIsFoundByItsPartition() {
        when("c-1", Payloads.createUser("o-2"));

        answer(new Answer("c-1", new ReferenceAnswer(AggregateType.ORGANIZATION, "o-2", Existence.PRESENT, false)));

        assertThat(claimMessages()).hasSize(1);
    }

    @Test
    void whatIsNotAnsweredIsAskedAgain() {
        when("c-1", Payloads.createUser("o-1"));
        claimMessages();

        pass(Duration.ofSeconds(11));

        assertThat(claimMessages()).containsExactly(new RequestClaims(claimant("c-1"), List.of(EMAIL, USERNAME), 0));
    }

    @Test
    void whatIsStillNotAnsweredIsAskedForMoreAndMoreRarely() {
        when("c-1", Payloads.createUser("o-1"));
        claimMessages();

        int asked = 0;
        for (int second = 0; second < 150; second++) {
            pass(Duration.ofSeconds(1));
            asked += claimMessages().size();
        }

        // After 10, 30, 70 and 150 seconds.
        assertThat(asked).isEqualTo(4);
    }

    @Test
    void aRestartAsksAgainForWhatWaits() {
        when("c-1", Payloads.createUser("o-1"));
        when("c-2", new DisableUser());
        claimMessages();

        start();
        pass(Duration.ofSeconds(1));

        assertThat(claimMessages()).hasSize(1);
        granted("c-1", EMAIL, USERNAME);
        assertThat(results()).containsExactly("c-1 ACCEPTED", "c-2 ACCEPTED");
    }

    @Test
    void claimsThatAreGrantedToNobodyAreGivenBack() {
        when("c-1", Payloads.createUser("o-1"));
        answer(new Answer("c-1", new ClaimsAnswer(List.of(), EMAIL)));
        claimMessages();

        granted("c-1", EMAIL, USERNAME);

        assertThat(claimMessages())
                .containsExactly(new ReleaseClaim(claimant("c-1"), EMAIL), new ReleaseClaim(claimant("c-1"), USERNAME));
    }

    @Test
    void claimsThatAreGrantedASecondTimeAreKept() {
        when("c-1", Payloads.createUser("o-1"));
        granted("c-1", EMAIL, USERNAME);
        claimMessages();

        granted("c-1", EMAIL, USERNAME);

        assertThat(claimMessages()).isEmpty();
    }

    @Test
    void anAnswerToAnotherOriginsCommandOfTheSameIdIsNone() {
        when("c-1", Payloads.createUser("o-1"));
        when("c-1", Origin.KEYCLOAK, new UpdateUser(null, OTHER_EMAIL.getValue(), null, null));
        granted("c-1", EMAIL, USERNAME);
        assertThat(results()).hasSize(1);

        granted("c-1", EMAIL, USERNAME);
        granted("KEYCLOAK/c-1", EMAIL);
        assertThat(results()).isEmpty();
        granted("KEYCLOAK/c-1", OTHER_EMAIL);

        assertThat(results()).containsExactly("c-1 ACCEPTED");
    }

    @Test
    void deletingFreesWhatWasHeld() {
        when("c-1", Payloads.createUser("o-1"));
        granted("c-1", EMAIL, USERNAME);
        claimMessages();

        when("c-2", new DeleteUser());

        assertThat(claimMessages())
                .containsExactly(new ReleaseClaim(claimant("c-1"), EMAIL), new ReleaseClaim(claimant("c-1"), USERNAME));
    }

    @Test
    void whoAsksForAUserThatIsBeingCreatedHearsHowThatEnded() {
        when("c-1", Payloads.createUser("o-1"));
        decisions.process(new Record<>("u-1", new Incoming.Asked(question()), now));
        assertThat(replies()).isEmpty();

        granted("c-1", EMAIL, USERNAME);

        assertThat(replies()).containsExactly(Existence.PRESENT);
    }

    @Test
    void whoAsksForAUserThatIsThereNeedNotWait() {
        when("c-1", Payloads.createUser("o-1"));
        granted("c-1", EMAIL, USERNAME);
        when("c-2", new UpdateUser(null, OTHER_EMAIL.getValue(), null, null));

        decisions.process(new Record<>("u-1", new Incoming.Asked(question()), now));

        assertThat(replies()).containsExactly(Existence.PRESENT);
    }

    @Test
    void erasingLeavesOneEventAndTombstonesForAllOthers() {
        when("c-1", Payloads.createUser("o-1"));
        granted("c-1", EMAIL, USERNAME);
        when("c-2", new DisableUser());
        context.resetForwards();

        when("c-3", new EraseUser());

        assertThat(context.forwarded(nodes.events()))
                .extracting(forward ->
                        text(forward.record().key()) + (forward.record().value() == null ? " gone" : ""))
                .containsExactly("u-1@3", "u-1@1 gone", "u-1@2 gone");
        KeyValueStore<String, ?> states = context.getStateStore(model.stateStore());
        assertThat(states.get("u-1").toString()).doesNotContain("ada").doesNotContain("c-1");
    }

    private void start() {
        context.resetForwards();
        looked.clear();
        context.setCurrentSystemTimeMs(now);
        decisions = new Decisions<>(
                model, wire, CommandSettings.DEFAULT, new InterceptorChain(List.of()), new SimpleMeterRegistry());
        decisions.init(context);
    }

    private void pass(Duration time) {
        now += time.toMillis();
        context.setCurrentSystemTimeMs(now);
        var punctuators = context.scheduledPunctuators();
        punctuators.get(punctuators.size() - 1).getPunctuator().punctuate(now);
    }

    private void when(String commandId, SpecificRecord payload) {
        when(commandId, Origin.CLIENT, payload);
    }

    private void when(String commandId, Origin origin, SpecificRecord payload) {
        var header = new CommandHeader(commandId, "u-1", null, "anonymous", origin, null, Map.of());
        var command = new CommandMessage(header, payload);
        var source = new Source("users.commands", 0, sent++);
        var work = Work.of(command, wire.command(Aggregate.USERS, command), source, now);
        decisions.process(new Record<>("u-1", new Incoming.Received(work), now));
    }

    private void granted(String commandId, Claim... claims) {
        answer(new Answer(commandId, new ClaimsAnswer(List.of(claims), null)));
    }

    private void answer(Answer answer) {
        decisions.process(new Record<>("u-1", new Incoming.Answered(answer), now));
    }

    private static Answer missing(String organization) {
        return missing(organization, false);
    }

    private static Answer missingAgain(String organization) {
        return missing(organization, true);
    }

    private static Answer missing(String organization, boolean again) {
        return new Answer(
                "c-1", new ReferenceAnswer(AggregateType.ORGANIZATION, organization, Existence.MISSING, again));
    }

    private static ReferenceQuestion question() {
        return new ReferenceQuestion(AggregateType.PAYMENT, "p-1", "c-p", "o-1", false);
    }

    private static Claimant claimant(String commandId) {
        return new Claimant(AggregateType.USER, "u-1", commandId);
    }

    /** The results since the last look. */
    private List<String> results() {
        var results = context.forwarded(nodes.results()).stream()
                .map(forward -> wire.result((byte[]) forward.record().value()))
                .map(result -> result.getCommandId() + " "
                        + (result.getRefusal() == null
                                ? result.getStatus()
                                : result.getRefusal().getReason()))
                .toList();
        return sinceLastLook("results", results);
    }

    private List<Object> claimMessages() {
        var messages = context.forwarded(nodes.claims()).stream()
                .map(forward -> wire.claim((byte[]) forward.record().value()).getMessage())
                .toList();
        return sinceLastLook("claims", messages);
    }

    private List<byte[]> questions() {
        var questions = context.forwarded(nodes.questionsTo(Aggregate.ORGANIZATIONS)).stream()
                .map(forward -> (byte[]) forward.record().value())
                .toList();
        return sinceLastLook("questions", questions);
    }

    private List<Existence> replies() {
        return context.forwarded(nodes.answersTo(Aggregate.PAYMENTS)).stream()
                .map(forward -> wire.answer(
                        Aggregate.PAYMENTS, (byte[]) forward.record().value()))
                .map(answer -> ((ReferenceAnswer) answer.getAnswer()).getFound())
                .toList();
    }

    private <T> List<T> sinceLastLook(String what, List<T> all) {
        int before = Math.min(looked.getOrDefault(what, 0), all.size());
        looked.put(what, all.size());
        return all.subList(before, all.size());
    }

    private <K, V> void store(String name, Serde<K> keys, Serde<V> values) {
        KeyValueStore<K, V> store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }

    private static String text(Object key) {
        return new String((byte[]) key, StandardCharsets.UTF_8);
    }
}
