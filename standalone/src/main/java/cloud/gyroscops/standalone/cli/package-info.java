/** The command line. */
package cloud.gyroscops.standalone.cli;
