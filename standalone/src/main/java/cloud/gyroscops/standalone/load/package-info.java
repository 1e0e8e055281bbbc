/** Files of commands, brought to the HTTP API: in order, quickly, and safe to repeat. */
package cloud.gyroscops.standalone.load;
