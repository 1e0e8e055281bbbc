/** Tests of what was. */
package cloud.gyroscops.topology.view.history;
