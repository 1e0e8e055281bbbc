/** How soon a command topology with much state answers again, after its process has stopped or was killed. */
package cloud.gyroscops.benchmarks.restore;
