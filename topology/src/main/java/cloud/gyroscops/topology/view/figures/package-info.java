/** User analytics, payment statistics and payment dashboards: sums that are kept with every change, never counted when asked. */
package cloud.gyroscops.topology.view.figures;
