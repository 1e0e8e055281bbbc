/** What happens to reads while an instance of the views is killed, comes back, and others join: {@code bench views}. */
package cloud.gyroscops.benchmarks.views;
