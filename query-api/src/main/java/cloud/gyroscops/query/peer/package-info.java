/** How instances ask each other, over HTTP, for what only the other can answer. */
package cloud.gyroscops.query.peer;
