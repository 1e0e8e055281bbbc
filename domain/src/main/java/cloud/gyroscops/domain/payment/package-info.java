/** Payments: what may be asked of one, and what becomes of it. */
package cloud.gyroscops.domain.payment;
