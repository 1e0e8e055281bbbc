/** What all parts agree on: the contracts' classes and every version that their schemas ever had. */
package cloud.gyroscops.schemas;
