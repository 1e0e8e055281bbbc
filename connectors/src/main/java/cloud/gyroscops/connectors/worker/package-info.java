/**
 * The worker of a mirror: events come in, and wait in lanes until their target has taken them. Work, outcomes and offsets are
 * one transaction of Kafka Streams.
 */
package cloud.gyroscops.connectors.worker;
