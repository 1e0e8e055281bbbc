package cloud.gyroscops.topology.command;

import cloud.gyroscops.domain.payment.PaymentDecider;
import cloud.gyroscops.schemas.settings.Environment;
import java.time.Duration;

/**
 * What may differ between installations in how commands are handled.
 *
 * @param paymentTimeToLive how long a new payment may stay pending or authorized; more than 0
 * @param recentCommands how many commands of each aggregate are remembered, so that a repeated one is recognized; 1 to 250, since
 *     they are one record with the state, which may have 1 MiB
 * @param timeoutScan how often it is looked whose time is up; more than 0
 * @param userRemembered for how long a user that was there is taken to be there, when payments name it; more than 0
 */
public record CommandSettings(
        Duration paymentTimeToLive, int recentCommands, Duration timeoutScan, Duration userRemembered) {

    /** A day, 64 commands, every second, a minute. */
    public static final CommandSettings DEFAULT =
            new CommandSettings(PaymentDecider.DEFAULT_TIME_TO_LIVE, 64, Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** Checks the values. */
    public CommandSettings {
        if (paymentTimeToLive.isNegative() || paymentTimeToLive.isZero()) {
            throw new IllegalArgumentException(
                    "payment time to live is " + paymentTimeToLive + "; it must be more than 0");
        }
        if (recentCommands < 1 || recentCommands > 250) {
            throw new IllegalArgumentException("recent commands is " + recentCommands + "; it must be 1 to 250");
        }
        if (timeoutScan.isNegative() || timeoutScan.isZero()) {
            throw new IllegalArgumentException("timeout scan is " + timeoutScan + "; it must be more than 0");
        }
        if (userRemembered.isNegative() || userRemembered.isZero()) {
            throw new IllegalArgumentException("user remembered is " + userRemembered + "; it must be more than 0");
        }
    }

    /** From {@code GYROSCOPS_PAYMENT_TIME_TO_LIVE, _RECENT_COMMANDS, _TIMEOUT_SCAN, _USER_REMEMBERED}. */
    public static CommandSettings from(Environment environment) {
        return new CommandSettings(
                environment.duration("GYROSCOPS_PAYMENT_TIME_TO_LIVE", DEFAULT.paymentTimeToLive),
                environment.integer("GYROSCOPS_RECENT_COMMANDS", DEFAULT.recentCommands, 1, 250),
                environment.duration("GYROSCOPS_TIMEOUT_SCAN", DEFAULT.timeoutScan),
                environment.duration("GYROSCOPS_USER_REMEMBERED", DEFAULT.userRemembered));
    }
}
