/** What is listed and searched: users, payments, and suggestions of descriptions. */
package cloud.gyroscops.topology.view.list;
