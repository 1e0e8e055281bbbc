/** The entry of the command line. */
package cloud.gyroscops.standalone;
