package cloud.gyroscops.query.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.topology.command.Source;
import org.junit.jupiter.api.Test;

class WaiterTest {

    private static final Source MINE = new Source("users.commands", 1, 7);
    private static final Source ANOTHERS = new Source("users.commands", 1, 8);

    private final Waiter waiter = new Waiter("c-1");

    @Test
    void theResultOfItsRecordCompletesIt() {
        waiter.sent(MINE);

        waiter.hear(MINE, Results.accepted("c-1", 1));

        assertThat(waiter.result()).isCompletedWithValue(Results.accepted("c-1", 1));
    }

    @Test
    void aResultThatCameBeforeItKnewWhereItsRecordIsCompletesItThen() {
        waiter.hear(MINE, Results.accepted("c-1", 1));

        waiter.sent(MINE);

        assertThat(waiter.result()).isCompletedWithValue(Results.accepted("c-1", 1));
    }

    @Test
    void theResultOfAnotherRecordUnderTheSameCommandIdIsNotItsOwn() {
        waiter.sent(MINE);

        waiter.hear(ANOTHERS, Results.rejected("c-1", RefusalReason.COMMAND_ID_REUSED, null));

        assertThat(waiter.result()).isNotDone();
    }

    @Test
    void ofSeveralEarlyResultsItTakesItsOwn() {
        waiter.hear(ANOTHERS, Results.rejected("c-1", RefusalReason.COMMAND_ID_REUSED, null));
        waiter.hear(MINE, Results.accepted("c-1", 1));

        waiter.sent(MINE);

        assertThat(waiter.result()).isCompletedWithValue(Results.accepted("c-1", 1));
    }

    @Test
    void aResultThatNamesNoRecordIsNobodys() {
        waiter.hear(null, Results.accepted("c-1", 1));

        waiter.sent(MINE);

        assertThat(waiter.result()).isNotDone();
    }
}
