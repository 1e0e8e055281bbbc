/** Holds exchanges over HTTP against the contract. */
package cloud.gyroscops.query.contract;
