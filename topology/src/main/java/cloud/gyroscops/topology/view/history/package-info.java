/** What was: aggregates as they were at a version or a moment, who did what, and events by type and time. */
package cloud.gyroscops.topology.view.history;
