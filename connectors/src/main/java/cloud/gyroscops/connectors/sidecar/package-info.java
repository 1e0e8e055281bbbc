/** The sidecar as a process: mirrors, reconciliation and HTTP, put together. */
package cloud.gyroscops.connectors.sidecar;
