/** The event topics, read straight from Kafka. */
package cloud.gyroscops.standalone.eventlog;
