/**
 * What was: aggregates as they were at a version or a moment, who did what, what mirrors made of it, and events by type
 * and time.
 */
package cloud.gyroscops.topology.view.history;
