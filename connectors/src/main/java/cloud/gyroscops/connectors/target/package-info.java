/** What the worker knows of a system that follows the log, and what such a system tells the worker. */
package cloud.gyroscops.connectors.target;
