/** Who holds which username, email or organization name: one partition decides about a value, whoever asks. */
package cloud.gyroscops.topology.claim;
