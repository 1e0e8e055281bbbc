package cloud.gyroscops.topology.command;

import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.channel.Existence;
import cloud.gyroscops.contract.channel.Parked;
import cloud.gyroscops.contract.channel.ParkedCommand;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.topology.claim.ClaimKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A command on its way to a decision, which may lead through questions to other partitions.
 *
 * @param command what was sent
 * @param bytes the same, as it was in its topic
 * @param source where the producer had put it
 * @param time when it was appended to its topic, in milliseconds
 * @param organization what its organization was found to be; null: not known yet, or none is named; UNKNOWN: missing once
 * @param user what its user was found to be; likewise
 * @param asked the claims that were asked for it; empty: none yet
 */
record Work(
        CommandMessage command,
        byte[] bytes,
        Source source,
        long time,
        Existence organization,
        Existence user,
        List<Claim> asked) {

    /** A command as it arrives. */
    static Work of(CommandMessage command, byte[] bytes, Source source, long time) {
        return new Work(command, bytes, source, time, null, null, List.of());
    }

    /** A command as it was parked. */
    static Work of(ParkedCommand parked, Function<byte[], CommandMessage> reader) {
        var bytes = new byte[parked.getCommand().remaining()];
        parked.getCommand().duplicate().get(bytes);
        return new Work(
                reader.apply(bytes),
                bytes,
                new Source(parked.getTopic(), parked.getPartition(), parked.getOffset()),
                parked.getTime().toEpochMilli(),
                parked.getOrganization(),
                parked.getUser(),
                parked.getAsked());
    }

    Parked parked() {
        return new Parked(new ParkedCommand(
                ByteBuffer.wrap(bytes),
                source.topic(),
                source.partition(),
                source.offset(),
                Instant.ofEpochMilli(time),
                organization,
                user,
                asked));
    }

    String aggregateId() {
        return command.header().getAggregateId();
    }

    /** What others know it by. */
    String ticket() {
        return ClaimKey.ticket(command.header().getOrigin(), command.header().getCommandId());
    }

    Work withOrganization(Existence found) {
        return new Work(command, bytes, source, time, found, user, asked);
    }

    Work withUser(Existence found) {
        return new Work(command, bytes, source, time, organization, found, asked);
    }

    Work withAsked(List<Claim> claims) {
        return new Work(command, bytes, source, time, organization, user, claims);
    }
}
