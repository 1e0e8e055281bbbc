/** How fast events reach a target that takes its time for every call, and how fast after it was away. */
package cloud.gyroscops.benchmarks.mirror;
