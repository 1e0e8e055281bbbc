/** The business rules as pure functions: no Kafka, no clock, no I/O. */
package cloud.gyroscops.domain;
