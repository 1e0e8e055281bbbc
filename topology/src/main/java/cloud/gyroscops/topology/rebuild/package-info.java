/** Makes the command application's stores again from events, results and commands. */
package cloud.gyroscops.topology.rebuild;
