/** The command topology as a process of its own. */
package cloud.gyroscops.topology;
