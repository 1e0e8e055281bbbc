package cloud.gyroscops.connectors.stripe.simulator;

/** What a customer's attempt to pay comes to. */
public enum Payment {
    /** The money is there; or reserved, where it is captured by hand. */
    PAID,
    /** The card is declined. */
    DECLINED,
    /** The bank takes its time: another attempt tells what came of it. */
    PROCESSING
}
