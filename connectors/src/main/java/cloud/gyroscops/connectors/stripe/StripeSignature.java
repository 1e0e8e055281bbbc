package cloud.gyroscops.connectors.stripe;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether a body is from Stripe: {@code Stripe-Signature: t=<seconds>,v1=<HMAC-SHA256 of "t.body">}.
 *
 * @see <a href="https://docs.stripe.com/webhooks#verify-manually">Stripe: verify webhook signatures manually</a>
 */
final class StripeSignature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MOST_SIGNATURES = 10;

    private final List<SecretKeySpec> secrets;
    private final Duration tolerance;

    StripeSignature(List<String> secrets, Duration tolerance) {
        this.secrets = secrets.stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
        this.tolerance = tolerance;
    }

    /** Whether the body was signed with a secret of ours, at about this time. */
    boolean holds(byte[] body, String header, Instant now) {
        if (header == null) {
            return false;
        }
        String time = null;
        var signatures = new ArrayList<byte[]>();
        for (var item : header.split(",")) {
            var pair = item.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals("t")) {
                time = pair[1];
            } else if (pair.length == 2 && pair[0].equals("v1") && pair[1].matches("[0-9a-fA-F]{64}")) {
                signatures.add(HexFormat.of().parseHex(pair[1]));
            }
        }
        return time != null
                && time.matches("\\d{1,12}")
                && signatures.size() <= MOST_SIGNATURES
                && isRecent(Instant.ofEpochSecond(Long.parseLong(time)), now)
                && anyHolds((time + ".").getBytes(StandardCharsets.UTF_8), body, signatures);
    }

    private boolean isRecent(Instant signed, Instant now) {
        return Duration.between(signed, now).abs().compareTo(tolerance) <= 0;
    }

    private boolean anyHolds(byte[] prefix, byte[] body, List<byte[]> signatures) {
        boolean holds = false;
        for (var secret : secrets) {
            var expected = signature(secret, prefix, body);
            for (var signature : signatures) {
                holds |= MessageDigest.isEqual(expected, signature);
            }
        }
        return holds;
    }

    private static byte[] signature(SecretKeySpec secret, byte[] prefix, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(prefix);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
