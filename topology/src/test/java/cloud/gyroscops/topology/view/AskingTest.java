package cloud.gyroscops.topology.view;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AskingTest {

    private static final HostInfo SELF = new HostInfo("self", 1);
    private static final HostInfo OWNER = new HostInfo("owner", 1);
    private static final HostInfo COPY = new HostInfo("copy", 1);
    private static final Staleness BEHIND = new Staleness(12, Duration.ofMillis(300));

    private final Set<Place> worked = new HashSet<>();
    private final Map<Place, Staleness> copies = new HashMap<>();
    private final Map<HostInfo, Optional<Staleness>> peersThatAnswer = new HashMap<>();
    private final Set<HostInfo> suspected = new HashSet<>();
    private final List<HostInfo> asked = new ArrayList<>();
    private final List<Forwarded<?>> forwarded = new ArrayList<>();
    private final List<Duration> limits = new ArrayList<>();
    private WaitingRoom room = new WaitingRoom();
    private Duration silence = Duration.ZERO;
    private Reading reading;

    /** Answers with where it was answered. */
    private record Where(Side side) implements Question<String> {
        @Override
        public String answer(PartitionStores stores) {
            throw new AssertionError("has no stores here");
        }
    }

    private record LongOne() implements Question<String> {
        @Override
        public Side side() {
            return Side.BY_ID;
        }

        @Override
        public Duration takes() {
            return Duration.ofSeconds(10);
        }

        @Override
        public String answer(PartitionStores stores) {
            throw new AssertionError("has no stores here");
        }
    }

    @BeforeEach
    void begin() {
        reading = Reading.begin();
    }

    @AfterEach
    void end() {
        reading.close();
    }

    @Test
    void whatIsWorkedOnHereIsAnsweredHere() {
        worked.add(place(3));

        assertThat(ask(3).answers()).containsEntry(3, "self");
        assertThat(asked).isEmpty();
        assertThat(reading.staleness()).isEmpty();
    }

    @Test
    void whoWorksOnAPartitionIsAskedBeforeTheOwnCopy() {
        copies.put(place(3), BEHIND);
        peersThatAnswer.put(OWNER, Optional.empty());

        assertThat(ask(3).answers()).containsEntry(3, "owner");
        assertThat(reading.staleness()).isEmpty();
    }

    @Test
    void whileItIsAwayTheOwnCopyAnswersAndSaysHowFarItIsBehind() {
        copies.put(place(3), BEHIND);

        assertThat(ask(3).answers()).containsEntry(3, "self");
        assertThat(asked).containsExactly(OWNER);
        assertThat(reading.staleness()).contains(BEHIND);
    }

    @Test
    void whileItIsAwayAnothersCopyAnswersAndSaysHowFarItIsBehind() {
        peersThatAnswer.put(COPY, Optional.of(BEHIND));

        assertThat(ask(3).answers()).containsEntry(3, "copy");
        assertThat(reading.staleness()).contains(BEHIND);
    }

    @Test
    void whoDidNotAnswerLatelyIsAskedLast() {
        suspected.add(OWNER);
        peersThatAnswer.put(OWNER, Optional.empty());
        peersThatAnswer.put(COPY, Optional.of(BEHIND));

        assertThat(ask(3).answers()).containsEntry(3, "copy");
        assertThat(asked).containsExactly(COPY);
    }

    @Test
    void allPartitionsOfAnInstanceAreAskedAtOnce() {
        worked.add(place(0));
        peersThatAnswer.put(OWNER, Optional.empty());

        assertThat(ask(0, 1, 2).answers())
                .containsExactly(Map.entry(0, "self"), Map.entry(1, "owner"), Map.entry(2, "owner"));
        assertThat(asked).containsExactly(OWNER);
    }

    @Test
    void whatNobodyCanAnswerForIsMissing() {
        worked.add(place(0));

        var done = ask(0, 1);

        assertThat(done.answers()).containsOnlyKeys(0);
        assertThat(done.missing()).containsExactly(1);
        assertThat(reading.missing()).as("what must not be missing").isEmpty();
    }

    @Test
    void aRequestThatMayLackPartitionsIsToldWhichAndLooksForThemOnce() {
        worked.add(place(0));
        reading.allowPartial();
        ask(0, 1);
        long began = System.nanoTime();

        new Asking<>(new Where(Side.BY_ORGANIZATION), List.of(2), here, whereabouts, peers, room)
                .run(Duration.ofMinutes(1));

        assertThat(reading.missing()).containsExactly(place(1), new Place(Side.BY_ORGANIZATION, 2));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void whatAClientHasSeenInAPartitionGoesWithEveryLaterQuestionToIt() {
        peersThatAnswer.put(OWNER, Optional.empty());
        var token = new Token(Aggregate.USERS, "u-1", 7);
        new Asking<>(new AwaitVersion(Side.BY_ID, token, Duration.ZERO), Set.of(3), here, whereabouts, peers, room)
                .run(Duration.ZERO);

        ask(3, 4);

        assertThat(forwarded.get(0).seen()).isEmpty();
        assertThat(forwarded.get(1).seen()).isEqualTo(Map.of(3, List.of(token)));
    }

    @Test
    void whoFindsNoPlaceToWaitAsksOnceAndGoes() {
        room = new WaitingRoom(0);
        var asking = new Asking<>(new Where(Side.BY_ID), List.of(3), here, whereabouts, peers, room);

        assertThat(asking.run(Asking.PATIENCE).missing()).containsExactly(3);
        assertThat(asked).containsExactly(OWNER, COPY);
    }

    @Test
    void aWaitHasLessPatienceWithEveryCandidateAndEndsInTime() {
        silence = Duration.ofMillis(100);
        var patience = Duration.ofMillis(150);
        long begun = System.nanoTime();

        new Asking<>(
                        new AwaitVersion(Side.BY_ID, new Token(Aggregate.USERS, "u-1", 7), Duration.ofMinutes(1)),
                        Set.of(3),
                        here,
                        whereabouts,
                        peers,
                        room)
                .runWithin(patience);

        assertThat(forwarded)
                .extracting(each -> each.question().patience())
                .isSortedAccordingTo(Comparator.reverseOrder())
                .allMatch(each -> each.compareTo(patience) <= 0)
                .anyMatch(each -> each.compareTo(patience.minus(silence)) <= 0);
        assertThat(limits).allMatch(limit -> limit.compareTo(Duration.ofMillis(350)) <= 0);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aQuestionThatTakesLongerMayTakeLonger() {
        room = new WaitingRoom(0);

        ask(3);
        new Asking<>(new LongOne(), List.of(3), here, whereabouts, peers, room).run(Duration.ZERO);

        assertThat(limits).contains(Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    private Asking<String> ask(Integer... partitions) {
        return new Asking<>(new Where(Side.BY_ID), List.of(partitions), here, whereabouts, peers, room)
                .run(Duration.ZERO);
    }

    private static Place place(int partition) {
        return new Place(Side.BY_ID, partition);
    }

    private final Here here = new Here() {
        @Override
        public boolean worksOn(Place place) {
            return worked.contains(place);
        }

        @Override
        public <A> Optional<Answered<A>> answer(Question<A> question, int partition, Collection<Token> seen) {
            var place = place(partition);
            return worksOn(place) || copies.containsKey(place)
                    ? Optional.of(new Answered<>(by(question, SELF), Optional.ofNullable(copies.get(place))))
                    : Optional.empty();
        }
    };

    private final Whereabouts whereabouts = new Whereabouts() {
        @Override
        public HostInfo self() {
            return SELF;
        }

        @Override
        public Set<HostInfo> candidates(Place place) {
            return new LinkedHashSet<>(List.of(OWNER, SELF, COPY));
        }
    };

    private final Peers peers = new Peers() {
        @Override
        public <A> CompletableFuture<Map<Integer, Answered<A>>> ask(
                HostInfo peer, Forwarded<A> question, Duration within) {
            asked.add(peer);
            forwarded.add(question);
            limits.add(within);
            var answers = new HashMap<Integer, Answered<A>>();
            if (peersThatAnswer.containsKey(peer)) {
                question.partitions()
                        .forEach(partition -> answers.put(
                                partition, new Answered<>(by(question.question(), peer), peersThatAnswer.get(peer))));
            }
            return new CompletableFuture<Map<Integer, Answered<A>>>()
                    .completeOnTimeout(answers, silence.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public boolean suspected(HostInfo peer) {
            return suspected.contains(peer);
        }
    };

    @SuppressWarnings("unchecked")
    private static <A> A by(Question<A> question, HostInfo host) {
        return (A) (question instanceof AwaitVersion ? Boolean.TRUE : host.host());
    }
}
