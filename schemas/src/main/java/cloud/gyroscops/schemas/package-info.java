/** The contracts on the wire and in stores, and how code holds them. */
package cloud.gyroscops.schemas;
