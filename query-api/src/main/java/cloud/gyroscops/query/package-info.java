/** The HTTP side: commands in, answers out. */
package cloud.gyroscops.query;
