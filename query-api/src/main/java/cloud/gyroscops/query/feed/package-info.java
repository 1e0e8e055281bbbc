/** {@code /events}: what happens, as it happens, and what happened, page by page. */
package cloud.gyroscops.query.feed;
