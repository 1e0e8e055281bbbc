/** How the mirrors are, as every instance can tell: it follows what all of them say. */
package cloud.gyroscops.connectors.status;
