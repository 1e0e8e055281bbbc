/** Whether this process lives, and whether commands are handled. */
package cloud.gyroscops.query.health;
