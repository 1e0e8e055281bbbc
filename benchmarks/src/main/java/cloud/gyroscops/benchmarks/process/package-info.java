/** Processes that benchmarks start, end, and look into. */
package cloud.gyroscops.benchmarks.process;
