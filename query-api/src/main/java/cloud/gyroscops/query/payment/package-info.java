/** Payments as they are shown: details, reports, search and figures. */
package cloud.gyroscops.query.payment;
