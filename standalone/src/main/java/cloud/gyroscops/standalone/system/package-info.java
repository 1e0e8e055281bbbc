/** The whole system, put together. */
package cloud.gyroscops.standalone.system;
