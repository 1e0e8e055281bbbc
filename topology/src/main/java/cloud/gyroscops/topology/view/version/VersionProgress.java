package cloud.gyroscops.topology.view.version;

import cloud.gyroscops.topology.view.ViewProgress;

/**
 * How far a partition of a version of the views is.
 *
 * @param answers whether that version answers
 */
public record VersionProgress(int version, boolean answers, ViewProgress partition) {}
