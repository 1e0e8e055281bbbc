/** The system as a whole: in one process, in several, and while parts of it are away. */
package cloud.gyroscops.standalone.system;
