/** The topic catalogue: every topic with its shape, created and compared at start. */
package cloud.gyroscops.schemas.topic;
