package cloud.gyroscops.topology.claim;

import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.ClaimKind;
import cloud.gyroscops.contract.Origin;
import java.util.Comparator;

/** The key of a claim's records and of its entry in the store, for example {@code EMAIL:ada@acme.test}. */
public final class ClaimKey {

    /**
     * The one order in which everybody asks for several claims: of two that want the same ones, nobody can hold what the
     * other waits for and wait for what the other holds.
     */
    public static final Comparator<Claim> ORDER =
            Comparator.comparing((Claim claim) -> claim.getKind().name()).thenComparing(Claim::getValue);

    private ClaimKey() {}

    /**
     * The command for which something is claimed, as {@code Claimant} and {@code HeldClaim} name it: ids are apart by
     * origin, so that a client cannot take those of the system and of the mirrors.
     */
    public static String ticket(Origin origin, String commandId) {
        return origin == Origin.CLIENT ? commandId : origin + "/" + commandId;
    }

    /** The key of a claim. */
    public static String of(Claim claim) {
        return of(claim.getKind(), claim.getValue());
    }

    /** The key of a claim. */
    public static String of(ClaimKind kind, String value) {
        return kind.name() + ':' + value;
    }
}
