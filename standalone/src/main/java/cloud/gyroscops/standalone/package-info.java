/** Everything in one JVM. */
package cloud.gyroscops.standalone;
