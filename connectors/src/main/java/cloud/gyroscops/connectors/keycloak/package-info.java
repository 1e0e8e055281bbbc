/** Keycloak as a mirror of organizations and users: what is written there, and what comes back. */
package cloud.gyroscops.connectors.keycloak;
