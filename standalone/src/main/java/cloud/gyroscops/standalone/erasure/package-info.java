/** Looks, topic by topic, for what is left of a user that was erased. */
package cloud.gyroscops.standalone.erasure;
