package cloud.gyroscops.connectors.stripe;

import com.stripe.model.Refund;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Our ids among Stripe's, and Stripe's among ours. */
final class StripeIds {

    static final String PAYMENT = "gyroscops_payment_id";
    static final String ORGANIZATION = "gyroscops_organization_id";
    static final String USER = "gyroscops_user_id";
    static final String INSTALLATION = "gyroscops_installation";
    static final String REFUND = "gyroscops_refund_id";

    private static final String OURS = "gyroscops_";
    private static final int MOST_METADATA = 50;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private StripeIds() {}

    /** The id of a command that tells what happened. Longer than an id may be: its hash. */
    static String command(String... parts) {
        var id = "stripe:" + String.join(":", parts).replaceAll("[^A-Za-z0-9._:-]", "-");
        return ID.matcher(id).matches() ? id : "stripe:" + hash(String.join("\n", parts));
    }

    static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The payment that an object belongs to, by its metadata. */
    static Optional<String> payment(Map<String, String> metadata) {
        return Optional.ofNullable(metadata).map(all -> all.get(PAYMENT)).filter(id -> ID.matcher(id)
                .matches());
    }

    /** Ours for one that we asked for; Stripe's own for one that somebody made there. */
    static String refundId(Refund refund) {
        return asked(refund).orElse(refund.getId());
    }

    /** The refund of ours that asked for it. */
    static Optional<String> asked(Refund refund) {
        return Optional.ofNullable(refund.getMetadata())
                .filter(metadata -> payment(metadata).isPresent())
                .map(metadata -> metadata.get(REFUND))
                .filter(id -> ID.matcher(id).matches());
    }

    /** What an intent bears: our ids, then as many of the payment's own entries, in their keys' order, as Stripe takes. */
    static Map<String, String> metadata(
            StripeInstallation ours, String paymentId, String organizationId, String userId, Map<String, String> own) {
        var all = new TreeMap<String, String>();
        all.put(INSTALLATION, ours.name());
        all.put(PAYMENT, paymentId);
        all.put(ORGANIZATION, organizationId);
        if (userId != null) {
            all.put(USER, userId);
        }
        new TreeMap<>(own).forEach((key, value) -> {
            // Stripe takes no brackets in keys, and an empty value for "unset".
            boolean fits = all.size() < MOST_METADATA
                    && !key.startsWith(OURS)
                    && !value.isEmpty()
                    && key.indexOf('[') < 0
                    && key.indexOf(']') < 0;
            if (fits) {
                all.put(key, value);
            }
        });
        return all;
    }

    static boolean isOurs(String metadataKey) {
        return metadataKey.startsWith(OURS);
    }
}
