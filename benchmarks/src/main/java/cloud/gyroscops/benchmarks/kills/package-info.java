/** What kill -9 does: processes die under mixed load, how long results stay away is measured, and the checker has the last word. */
package cloud.gyroscops.benchmarks.kills;
