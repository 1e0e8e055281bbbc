/** Lists, searches and suggestions, against plain models of them. */
package cloud.gyroscops.topology.view.list;
