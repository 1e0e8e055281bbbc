/** Commands over HTTP: taken, published, and answered with their results. */
package cloud.gyroscops.query.command;
