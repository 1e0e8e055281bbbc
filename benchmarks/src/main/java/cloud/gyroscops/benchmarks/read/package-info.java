/** {@code gyroscops bench read}: how fast views are built, and how fast they are read over HTTP. */
package cloud.gyroscops.benchmarks.read;
