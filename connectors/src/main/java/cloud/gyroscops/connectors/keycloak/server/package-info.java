/** A Keycloak of one's own, for trying things out and for tests: fetched, unpacked, started, stopped. */
package cloud.gyroscops.connectors.keycloak.server;
