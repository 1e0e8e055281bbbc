/** The view topology: stores that are built from the events alone, for queries. */
package cloud.gyroscops.topology.view;
