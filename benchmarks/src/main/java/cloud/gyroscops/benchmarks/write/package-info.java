/** How fast commands become committed events, beside a bare Kafka Streams topology with the same I/O. */
package cloud.gyroscops.benchmarks.write;
