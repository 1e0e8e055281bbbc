/** Events as files, out of a cluster and into another one. */
package cloud.gyroscops.standalone.transfer;
