package cloud.gyroscops.standalone.registry;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.CommandHeader;
import cloud.gyroscops.contract.EventHeader;
import cloud.gyroscops.contract.Origin;
import cloud.gyroscops.contract.user.AssignUserRoles;
import cloud.gyroscops.contract.user.UserCommand;
import cloud.gyroscops.contract.user.UserEvent;
import cloud.gyroscops.contract.user.UserRolesAssigned;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One command and one event, as records and as a JavaScript program sees them. */
final class Examples {
    static final String COMMAND_JSON = """
            {"header":{"commandId":"c-1","aggregateId":"u-1","expectedVersion":6,"actor":"ann","origin":"CLIENT",\
            "correlationId":null,"metadata":{"k":"v"}},\
            "payload":{"cloud.gyroscops.contract.user.AssignUserRoles":{"roles":["admin"]}}}""";

    static final String EVENT_JSON = """
            {"header":{"eventId":"users/u-1@7","aggregateType":"USER","aggregateId":"u-1","version":7,\
            "organizationId":"o-1","occurredAt":1700000000000,"actor":"ann","origin":"CLIENT","correlationId":"c-1",\
            "causationId":"c-1","metadata":{}},\
            "payload":{"cloud.gyroscops.contract.user.UserRolesAssigned":{"roles":["admin"]}}}""";

    private Examples() {}

    static UserCommand command() {
        return UserCommand.newBuilder()
                .setHeader(CommandHeader.newBuilder()
                        .setCommandId("c-1")
                        .setAggregateId("u-1")
                        .setExpectedVersion(6L)
                        .setActor("ann")
                        .setOrigin(Origin.CLIENT)
                        .setMetadata(Map.of("k", "v"))
                        .build())
                .setPayload(new AssignUserRoles(List.of("admin")))
                .build();
    }

    static UserEvent event() {
        return UserEvent.newBuilder()
                .setHeader(EventHeader.newBuilder()
                        .setEventId("users/u-1@7")
                        .setAggregateType(AggregateType.USER)
                        .setAggregateId("u-1")
                        .setVersion(7)
                        .setOrganizationId("o-1")
                        .setOccurredAt(Instant.ofEpochMilli(1_700_000_000_000L))
                        .setActor("ann")
                        .setOrigin(Origin.CLIENT)
                        .setCorrelationId("c-1")
                        .setCausationId("c-1")
                        .build())
                .setPayload(new UserRolesAssigned(List.of("admin")))
                .build();
    }
}
