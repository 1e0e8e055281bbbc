/** What both topologies need to run: settings of Kafka Streams, starting and stopping. */
package cloud.gyroscops.topology.streams;
