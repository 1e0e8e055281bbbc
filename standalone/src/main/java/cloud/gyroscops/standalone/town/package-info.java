/** A town that never was: organizations, users and payments to try things out with, the same ones for every seed. */
package cloud.gyroscops.standalone.town;
