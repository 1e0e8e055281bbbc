/** Payments in Stripe: intents, captures, cancellations and refunds there; what Stripe did with the money back here. */
package cloud.gyroscops.connectors.stripe;
