/** Answers that say what is wrong. */
package cloud.gyroscops.query.problem;
