/** The languages that labels are in. */
package cloud.gyroscops.query.language;
