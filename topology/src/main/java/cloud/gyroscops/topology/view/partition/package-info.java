/** What one partition of the views is, keeps and can be asked; all parts of the views build on it. */
package cloud.gyroscops.topology.view.partition;
