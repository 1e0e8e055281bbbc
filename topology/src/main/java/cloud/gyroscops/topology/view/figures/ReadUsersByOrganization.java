package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.view.UserFigures;
import cloud.gyroscops.topology.view.partition.PartitionStores;
import cloud.gyroscops.topology.view.partition.Question;
import cloud.gyroscops.topology.view.partition.Side;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * What a partition knows of the users of some organizations, if these are its own.
 *
 * @param zone for single days; empty: without them
 */
record ReadUsersByOrganization(List<String> organizationIds, Span span, String zone)
        implements Question<List<ReadUsersByOrganization.OfOrganization>> {

    /** What is known of one organization's users. */
    record OfOrganization(String organizationId, UserSums users) {}

    @Override
    public Side side() {
        return Side.BY_ORGANIZATION;
    }

    /** Days of many organizations are read one by one. */
    @Override
    public Duration takes() {
        return Duration.ofSeconds(10);
    }

    @Override
    public List<OfOrganization> answer(PartitionStores stores) {
        var figures = stores.<String, UserFigures>keyValue(Kept.BY_ORGANIZATION.users());
        var found = new ArrayList<OfOrganization>();
        for (var organization : organizationIds) {
            if (figures.get(Keys.total(organization)) != null) {
                var summing = new UserSumming(figures, organization, span);
                found.add(new OfOrganization(
                        organization, zone.isEmpty() ? summing.together() : summing.dayByDay(ZoneId.of(zone))));
            }
        }
        return found;
    }
}
