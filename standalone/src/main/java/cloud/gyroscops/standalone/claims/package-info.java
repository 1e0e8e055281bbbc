/** Who holds which username, email or organization name, from the claims' changelog. */
package cloud.gyroscops.standalone.claims;
