/** What an index keeps, finds and forgets. */
package cloud.gyroscops.topology.view.index;
