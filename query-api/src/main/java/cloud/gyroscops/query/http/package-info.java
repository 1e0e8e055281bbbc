/** What all resources share: parameters in, answers out, and what surrounds a request. */
package cloud.gyroscops.query.http;
