/** Erasure outside of the command topology: what topics still hold of users that were erased is removed from them. */
package cloud.gyroscops.topology.erasure;
