package cloud.gyroscops.schemas.serde;

import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.Progress;
import cloud.gyroscops.contract.user.AssignUserRoles;
import cloud.gyroscops.contract.user.StoredUser;
import cloud.gyroscops.contract.user.UserCommand;
import cloud.gyroscops.contract.user.UserState;
import java.time.Instant;
import java.util.List;

/** Records to write and read. */
final class Examples {

    private Examples() {}

    static UserCommand command() {
        return command(new AssignUserRoles(List.of("admin", "clerk")));
    }

    static UserCommand command(Object payload) {
        return UserCommand.newBuilder()
                .setHeader(CommandHeader.newBuilder()
                        .setCommandId("c-1")
                        .setAggregateId("u-1")
                        .setExpectedVersion(300L)
                        .build())
                .setPayload(payload)
                .build();
    }

    static StoredUser state() {
        return StoredUser.newBuilder()
                .setProgress(Progress.newBuilder()
                        .setVersion(7)
                        .setOccurredAt(Instant.ofEpochMilli(1_700_000_000_000L))
                        .build())
                .setState(UserState.newBuilder().setUsername("ann").build())
                .build();
    }
}
