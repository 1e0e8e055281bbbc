/** A Lucene index as a store of Kafka Streams: rows by key, to be searched, sorted and paged. */
package cloud.gyroscops.topology.view.index;
