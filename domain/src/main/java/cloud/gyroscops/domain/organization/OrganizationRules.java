package cloud.gyroscops.domain.organization;

import cloud.gyroscops.contract.Claim;
import cloud.gyroscops.contract.ClaimKind;
import cloud.gyroscops.contract.organization.OrganizationState;
import cloud.gyroscops.contract.organization.OrganizationStatus;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** What follows from an organization's state. */
public final class OrganizationRules {

    private OrganizationRules() {}

    /** What no other organization may have at the same time: the name. */
    public static List<Claim> claims(OrganizationState organization) {
        return organization.getStatus() == OrganizationStatus.NONE
                ? List.of()
                : List.of(new Claim(ClaimKind.ORGANIZATION_NAME, folded(organization.getName())));
    }

    /**
     * A name as it is compared with others: letters that differ in case only, and characters that look the same but are
     * composed another way, are the same (Unicode NFKC; both foldings, since some letters have one only).
     */
    public static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
