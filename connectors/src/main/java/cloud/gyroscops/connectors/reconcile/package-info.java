/** Reconciliation: all objects of a target are shown to the workers, which compare them with what they know. */
package cloud.gyroscops.connectors.reconcile;
