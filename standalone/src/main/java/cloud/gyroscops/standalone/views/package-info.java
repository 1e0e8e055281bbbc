/** The next version of the views: built beside the live one, compared with it, and put in its place. */
package cloud.gyroscops.standalone.views;
