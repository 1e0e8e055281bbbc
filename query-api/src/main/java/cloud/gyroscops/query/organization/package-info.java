/** Organizations as they are shown. */
package cloud.gyroscops.query.organization;
