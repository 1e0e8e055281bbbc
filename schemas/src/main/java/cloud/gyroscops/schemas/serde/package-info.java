/** How records become bytes and back: the Confluent wire format on topics, Avro's single-object encoding in stores. */
package cloud.gyroscops.schemas.serde;
