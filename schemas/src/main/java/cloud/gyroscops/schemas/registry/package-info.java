/** Where schemas get the ids that records carry, over the REST protocol that Confluent's registry and others speak. */
package cloud.gyroscops.schemas.registry;
