/** The sidecar's HTTP: how the mirrors are, what operators ask of them, webhooks. */
package cloud.gyroscops.connectors.http;
