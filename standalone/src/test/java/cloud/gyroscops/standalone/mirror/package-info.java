/** The sidecar as a process of its own, beside real and simulated targets. */
package cloud.gyroscops.standalone.mirror;
