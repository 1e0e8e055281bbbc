/** Settings from the environment, validated when they are read. */
package cloud.gyroscops.schemas.settings;
