/** The sidecar that mirrors users to Keycloak and payments to Stripe, and brings back what happens there. */
package cloud.gyroscops.connectors;
