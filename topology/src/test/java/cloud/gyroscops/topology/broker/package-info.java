/** The topologies on a real broker. */
package cloud.gyroscops.topology.broker;
