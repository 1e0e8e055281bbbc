package cloud.gyroscops.connectors.stripe.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** The customers of the account. */
final class Customers {

    private static final Set<String> FIELDS = Set.of("name", "description", "email", "metadata");

    private final Books books;

    Customers(Books books) {
        this.books = books;
    }

    ObjectNode create(Form form) {
        var customer = Shapes.make("customer", "cus_", books.now());
        fill(customer, form);
        books.tell("customer.created", books.customers.put(customer));
        return customer;
    }

    ObjectNode update(String id, Form form) {
        var customer = books.customers.get(id, "id");
        fill(customer, form);
        books.tell("customer.updated", customer);
        return customer;
    }

    ObjectNode delete(String id) {
        var customer = books.customers.get(id, "id");
        books.customers.remove(id);
        books.tell("customer.deleted", customer);
        return Shapes.JSON
                .createObjectNode()
                .put("id", id)
                .put("object", "customer")
                .put("deleted", true);
    }

    private static void fill(ObjectNode customer, Form form) {
        form.allow(FIELDS);
        for (var field : new String[] {"name", "description", "email"}) {
            form.text(field).ifPresent(text -> customer.put(field, text.isEmpty() ? null : text));
        }
        Books.annotate(customer, form);
    }
}
