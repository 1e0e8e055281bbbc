/** An Apache Kafka broker in this JVM. */
package cloud.gyroscops.standalone.kafka;
