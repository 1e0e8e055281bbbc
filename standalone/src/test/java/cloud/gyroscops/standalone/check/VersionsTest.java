package cloud.gyroscops.standalone.check;

import cloud.gyroscops.contract.organization.OrganizationRenamed;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.user.DisableUser;
import cloud.gyroscops.contract.user.EraseUser;
import cloud.gyroscops.contract.user.UserEnabled;
import cloud.gyroscops.schemas.Aggregate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VersionsTest extends CheckerSpecification {

    @BeforeEach
    void create() {
        organization("o-1");
    }

    @Test
    void aMissingVersionIsFoundAtTheNextOne() {
        var missing = chronicle.happens("o-1", new RenameOrganization("Apex"));
        var next = chronicle.happens("o-1", new RenameOrganization("Acme"));
        chronicle.log.remove(missing.event());

        violated(Invariant.VERSIONS, next.event());
    }

    @Test
    void aVersionThatComesTwiceIsFound() {
        violated(Invariant.VERSIONS, renamed("o-1", 1));
    }

    private Place renamed(String id, long version) {
        return chronicle.event(Aggregate.ORGANIZATIONS, id, version, id, "c-x", new OrganizationRenamed("Apex"));
    }

    @Test
    void anEventInAnotherPartitionIsFound() {
        var event = chronicle.log.at(renamed("o-1", 2));
        var place = chronicle.log.put(
                event.topic(),
                (event.partition() + 1) % HandMadeLog.PARTITIONS,
                "o-1@2",
                event.value(),
                chronicle.now());

        violated(Invariant.VERSIONS, place);
    }

    @Test
    void anEventUnderAnotherKeyIsFound() {
        var event = chronicle.log.at(renamed("o-1", 2));
        var place = chronicle.log.put(event.topic(), event.partition(), "o-1@3", event.value(), chronicle.now());

        violated(Invariant.VERSIONS, place);
    }

    @Test
    void anErasedUserMayMissItsEvents() {
        var created = user("u-1", "o-1");
        chronicle.happens("u-1", new DisableUser());
        chronicle.happens("u-1", new EraseUser());
        chronicle.tombstone("u-1", 1);
        chronicle.tombstone("u-1", 2);
        chronicle.log.remove(created.event());

        content();
    }

    @Test
    void anEventAfterTheErasureIsFound() {
        user("u-1", "o-1");
        chronicle.happens("u-1", new EraseUser());
        var event = chronicle.event(Aggregate.USERS, "u-1", 3, "o-1", "c-x", new UserEnabled());

        violated(Invariant.VERSIONS, event);
    }

    @Test
    void aTombstoneWithoutErasureIsFound() {
        user("u-1", "o-1");
        chronicle.tombstone("u-1", 1);

        violated(Invariant.VERSIONS, new Place("users.events", Chronicle.partition("u-1"), 1));
    }

    @Test
    void aTombstoneOfTheErasureItselfIsFound() {
        user("u-1", "o-1");
        chronicle.happens("u-1", new EraseUser());
        chronicle.tombstone("u-1", 2);

        violated(Invariant.VERSIONS, new Place("users.events", Chronicle.partition("u-1"), 2));
    }
}
