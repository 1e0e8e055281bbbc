/** Users as they are shown: details, lists and figures. */
package cloud.gyroscops.query.user;
