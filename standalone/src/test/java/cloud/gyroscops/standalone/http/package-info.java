/** HTTP as its users see it, on a real broker. */
package cloud.gyroscops.standalone.http;
