/** The views as plain lists of what happened, against which the real ones are held. */
package cloud.gyroscops.query.model;
