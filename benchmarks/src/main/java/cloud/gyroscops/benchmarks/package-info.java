/** What is fast, and how fast: load generators beside bare skeletons with the same I/O. */
package cloud.gyroscops.benchmarks;
