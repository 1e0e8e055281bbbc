/** Events of all aggregates. */
package cloud.gyroscops.query.events;
