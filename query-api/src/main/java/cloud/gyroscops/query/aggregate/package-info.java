/** What all types of aggregates have in common: how one is found, and what happened to it. */
package cloud.gyroscops.query.aggregate;
