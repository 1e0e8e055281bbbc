/** The contract, for programs and for people. */
package cloud.gyroscops.query.docs;
