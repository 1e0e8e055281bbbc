/** Proves, from the topics alone, that what an installation has recorded holds together. */
package cloud.gyroscops.standalone.check;
