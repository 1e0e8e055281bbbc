package cloud.gyroscops.connectors.stripe;

/** Is told of objects that bear no id of ours: they are counted and listed, and nothing is made of them. */
@FunctionalInterface
public interface UnknownObjects {

    /**
     * One was seen.
     *
     * @param externalId Stripe's id of it
     * @param kind what it is there, for example {@code payment_intent}
     */
    void seen(String externalId, String kind);
}
