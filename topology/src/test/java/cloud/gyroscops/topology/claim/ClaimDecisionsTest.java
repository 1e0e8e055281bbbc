package cloud.gyroscops.topology.claim;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.ClaimKind;
import cloud.gyroscops.contract.channel.Answer;
import cloud.gyroscops.contract.channel.ClaimMessage;
import cloud.gyroscops.contract.channel.ClaimStatus;
import cloud.gyroscops.contract.channel.Claimant;
import cloud.gyroscops.contract.channel.ClaimsAnswer;
import cloud.gyroscops.contract.channel.ConfirmClaim;
import cloud.gyroscops.contract.channel.ReleaseClaim;
import cloud.gyroscops.contract.channel.RequestClaims;
import cloud.gyroscops.contract.channel.StoredClaim;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.registry.InMemorySchemaRegistry;
import cloud.gyroscops.schemas.serde.Wire;
import cloud.gyroscops.schemas.topic.TopicCatalogue;
import cloud.gyroscops.schemas.topic.TopicSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimDecisionsTest {

    private static final Claim EMAIL = new Claim(ClaimKind.EMAIL, "ada@acme.test");
    private static final Claim USERNAME = new Claim(ClaimKind.USERNAME, "ada");
    private static final Claimant ADA = user("u-1", "c-1");
    private static final Claimant EVE = user("u-2", "c-2");
    private static final Claimant BOB = user("u-3", "c-3");

    private final Wire wire = new Wire(new TopicCatalogue(TopicSettings.single(1)), new InMemorySchemaRegistry());
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private final ClaimDecisions decisions = new ClaimDecisions(wire);
    private KeyValueStore<String, StoredClaim> store;

    @BeforeEach
    void init() {
        store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(ClaimSubtopology.STORE),
                        Serdes.String(),
                        ClaimSubtopology.stored())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        context.setCurrentSystemTimeMs(1_000);
        decisions.init(context);
    }

    @Test
    void aFreeClaimIsGrantedProvisionally() {
        request(ADA, EMAIL);

        assertThat(answers()).containsExactly(granted(ADA, EMAIL));
        assertThat(held(EMAIL).getStatus()).isEqualTo(ClaimStatus.PROVISIONAL);
        assertThat(held(EMAIL).getHolder()).isEqualTo(ADA);
    }

    @Test
    void aRequestGoesOnFromClaimToClaimAndIsAnsweredAfterTheLast() {
        send(EMAIL, new RequestClaims(ADA, List.of(EMAIL, USERNAME), 0));

        assertThat(answers()).isEmpty();
        assertThat(onward()).containsExactly(new RequestClaims(ADA, List.of(EMAIL, USERNAME), 1));
        send(USERNAME, onward().get(0));
        assertThat(answers()).containsExactly(granted(ADA, EMAIL, USERNAME));
    }

    @Test
    void whoMeetsAProvisionalClaimWaits() {
        request(ADA, EMAIL);
        request(EVE, EMAIL);

        assertThat(answers()).containsExactly(granted(ADA, EMAIL));
    }

    @Test
    void whoWaitsIsRefusedOnceTheClaimIsConfirmed() {
        request(ADA, EMAIL);
        request(EVE, EMAIL);
        request(BOB, EMAIL);
        confirm(ADA, EMAIL);

        assertThat(answers()).containsExactly(granted(ADA, EMAIL), taken(EVE, EMAIL), taken(BOB, EMAIL));
        assertThat(held(EMAIL).getStatus()).isEqualTo(ClaimStatus.CONFIRMED);
    }

    @Test
    void whoWaitedLongestGetsWhatIsReleased() {
        request(ADA, EMAIL);
        request(EVE, EMAIL);
        request(BOB, EMAIL);
        release(ADA, EMAIL);

        assertThat(answers()).containsExactly(granted(ADA, EMAIL), granted(EVE, EMAIL));
        assertThat(held(EMAIL).getHolder()).isEqualTo(EVE);
        release(EVE, EMAIL);
        assertThat(held(EMAIL).getHolder()).isEqualTo(BOB);
    }

    @Test
    void aConfirmedClaimRefusesAtOnceAndNamesWhatWasGrantedBefore() {
        request(ADA, USERNAME);
        confirm(ADA, USERNAME);

        send(EMAIL, new RequestClaims(EVE, List.of(EMAIL, USERNAME), 0));
        send(USERNAME, onward().get(0));

        assertThat(answers()).endsWith(new Answer(EVE.getCommandId(), new ClaimsAnswer(List.of(EMAIL), USERNAME)));
    }

    @Test
    void aReleasedClaimIsForgotten() {
        request(ADA, EMAIL);
        confirm(ADA, EMAIL);
        release(ADA, EMAIL);

        assertThat(held(EMAIL)).isNull();
    }

    @Test
    void onlyTheHolderReleases() {
        request(ADA, EMAIL);
        confirm(ADA, EMAIL);
        release(EVE, EMAIL);
        release(user("u-1", "another command"), EMAIL);

        assertThat(held(EMAIL).getHolder()).isEqualTo(ADA);
    }

    @Test
    void whoGivesUpWaitsNoLonger() {
        request(ADA, EMAIL);
        request(EVE, EMAIL);
        release(EVE, EMAIL);
        release(ADA, EMAIL);

        assertThat(held(EMAIL)).isNull();
    }

    @Test
    void whatIsGrantedIsGrantedAgainWhenAskedAgain() {
        request(ADA, EMAIL);
        request(ADA, EMAIL);
        confirm(ADA, EMAIL);
        request(ADA, EMAIL);

        assertThat(answers()).containsExactly(granted(ADA, EMAIL), granted(ADA, EMAIL), granted(ADA, EMAIL));
        assertThat(held(EMAIL).getStatus()).isEqualTo(ClaimStatus.CONFIRMED);
    }

    @Test
    void whoAsksAgainWhileWaitingWaitsOnce() {
        request(ADA, EMAIL);
        request(EVE, EMAIL);
        request(EVE, EMAIL);

        assertThat(held(EMAIL).getWaiting()).hasSize(1);
    }

    @Test
    void aLaterCommandOfTheSameAggregateTakesOverWhatWasNeverConfirmed() {
        var later = user("u-1", "c-9");
        request(ADA, EMAIL);
        request(EVE, EMAIL);
        request(later, EMAIL);
        release(ADA, EMAIL);

        assertThat(held(EMAIL).getHolder()).isEqualTo(later);
        assertThat(held(EMAIL).getWaiting()).hasSize(1);
    }

    @Test
    void nobodyConfirmsWhatSomebodyElseHolds() {
        request(ADA, EMAIL);
        confirm(EVE, EMAIL);

        assertThat(held(EMAIL).getHolder()).isEqualTo(ADA);
        assertThat(held(EMAIL).getStatus()).isEqualTo(ClaimStatus.PROVISIONAL);
    }

    @Test
    void anAnswerHasTheTimeOfTheCommandThatWaits() {
        request(ADA, EMAIL);

        assertThat(context.forwarded().get(0).record().timestamp()).isEqualTo(7);
    }

    private static Claimant user(String id, String commandId) {
        return new Claimant(AggregateType.USER, id, commandId);
    }

    private void request(Claimant claimant, Claim claim) {
        send(claim, new RequestClaims(claimant, List.of(claim), 0));
    }

    private void confirm(Claimant claimant, Claim claim) {
        send(claim, new ConfirmClaim(claimant, claim));
    }

    private void release(Claimant claimant, Claim claim) {
        send(claim, new ReleaseClaim(claimant, claim));
    }

    private void send(Claim claim, Object message) {
        decisions.process(new Record<>(ClaimKey.of(claim), new ClaimMessage(message), 7));
    }

    private StoredClaim held(Claim claim) {
        return store.get(ClaimKey.of(claim));
    }

    private static Answer granted(Claimant claimant, Claim... claims) {
        return new Answer(claimant.getCommandId(), new ClaimsAnswer(List.of(claims), null));
    }

    private static Answer taken(Claimant claimant, Claim claim) {
        return new Answer(claimant.getCommandId(), new ClaimsAnswer(List.of(), claim));
    }

    private List<Answer> answers() {
        return context.forwarded(ClaimSubtopology.answers(Aggregate.USERS)).stream()
                .map(forward ->
                        wire.answer(Aggregate.USERS, (byte[]) forward.record().value()))
                .toList();
    }

    private List<RequestClaims> onward() {
        var forwarded = context.forwarded(ClaimSubtopology.ONWARD);
        return IntStream.range(0, forwarded.size())
                .mapToObj(i -> {
                    var record = forwarded.get(i).record();
                    var request =
                            (RequestClaims) wire.claim((byte[]) record.value()).getMessage();
                    assertThat(new String((byte[]) record.key(), StandardCharsets.UTF_8))
                            .isEqualTo(ClaimKey.of(request.getClaims().get(request.getNext())));
                    return request;
                })
                .toList();
    }
}
