/** Whether what was erased is gone, down to the broker's disk. */
package cloud.gyroscops.standalone.erasure;
