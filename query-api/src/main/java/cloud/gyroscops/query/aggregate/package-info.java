/** Organizations, users and payments over HTTP: their latest states and their histories. */
package cloud.gyroscops.query.aggregate;
