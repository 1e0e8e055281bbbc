/** Versions of the views: which ones there are in an installation, and which one answers, as all instances obey it. */
package cloud.gyroscops.topology.view.version;
