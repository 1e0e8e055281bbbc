/** Plain JSON for Avro records, both ways, with errors that name the field. */
package cloud.gyroscops.schemas.json;
