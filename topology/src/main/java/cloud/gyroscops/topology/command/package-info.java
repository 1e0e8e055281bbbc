/** The command topology: commands in, events and results out, in one transaction. */
package cloud.gyroscops.topology.command;
