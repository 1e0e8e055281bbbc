/** A plain in-memory model of the write side, and random commands to hold the real one against it. */
package cloud.gyroscops.topology.model;
