/** A schema registry in this JVM, which speaks Confluent's REST protocol and keeps its schemas in a Kafka topic. */
package cloud.gyroscops.standalone.registry;
