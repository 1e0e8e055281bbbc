/** A stateful double of Stripe's API for the sandbox, tests and benchmarks: nobody's money moves. */
package cloud.gyroscops.connectors.stripe.simulator;
