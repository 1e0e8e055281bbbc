/** What a process is judged by, and where the command topology tells it. */
package cloud.gyroscops.topology.health;
