package cloud.gyroscops.standalone.views;

import cloud.gyroscops.standalone.views.Answers.Answer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What two versions of the views answer to the same questions: about a sample of organizations, users and payments, and over
 * everything. What changes meanwhile is asked again, the one version before and after the other.
 */
final class Comparison {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int ORGANIZATIONS = 10;
    private static final int USERS = 20;
    private static final int PAYMENTS = 20;

    private static final int ATTEMPTS = 12;

    private final Answers answers;
    private final int one;
    private final int other;
    private final Duration pause;
    private final List<String> different = new ArrayList<>();
    private int same;
    private int unsettled;

    /**
     * Asks nothing yet.
     *
     * @param pause between two attempts, in which what changed comes to the other version, too
     */
    Comparison(Answers answers, int one, int other, Duration pause) {
        this.answers = answers;
        this.one = one;
        this.other = other;
        this.pause = pause;
    }

    /**
     * What was found.
     *
     * @param same questions with the same answers
     * @param unsettled whose answers kept changing
     * @param different paths with different answers, with both
     */
    record Result(int same, int unsettled, List<String> different) {}

    Result run() throws InterruptedException {
        for (var path : sample()) {
            compare(path);
        }
        return new Result(same, unsettled, different);
    }

    private void compare(String path) throws InterruptedException {
        String difference = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var before = answers.get(path, one);
            var there = answers.get(path, other);
            var after = answers.get(path, one);
            if (!there.notNow() && (there.equals(before) || there.equals(after))) {
                same++;
                return;
            }
            boolean settled = before.equals(after) && !before.notNow() && !there.notNow();
            difference = settled ? difference(path, before, there) : null;
            Thread.sleep(pause.toMillis());
        }
        if (difference == null) {
            unsettled++;
        } else {
            different.add(difference);
        }
    }

    private String difference(String path, Answer here, Answer there) {
        return "GET " + path + "\n  version " + one + ": " + here.status() + " " + here.body() + "\n  version " + other
                + ": " + there.status() + " " + there.body();
    }

    private Collection<String> sample() throws InterruptedException {
        var organizations = new LinkedHashSet<String>();
        var users = new LinkedHashSet<String>();
        var payments = new LinkedHashSet<String>();
        for (var organization : items("/overall/users/analytics/by-organization?limit=200", "organizations")) {
            add(organizations, organization.path("organizationId"), ORGANIZATIONS / 2);
        }
        // The latest, which later events may change yet, and the first, which all events have passed.
        for (var order : List.of("desc", "asc")) {
            int share = order.equals("desc") ? 1 : 2;
            for (var payment : items("/overall/payments?limit=50&sort=createdAt&order=" + order, "payments")) {
                add(payments, payment.path("id"), share * PAYMENTS / 2);
                add(organizations, payment.path("organizationId"), ORGANIZATIONS);
                add(users, payment.path("userId"), USERS / 2);
            }
        }
        for (var organization : organizations) {
            for (var user : items("/organizations/" + organization + "/users", "users")) {
                add(users, user.path("id"), USERS);
            }
        }
        return paths(organizations, users, payments);
    }

    private static List<String> paths(Set<String> organizations, Set<String> users, Set<String> payments) {
        var paths = new ArrayList<>(List.of(
                "/overall/users/analytics",
                "/overall/users/analytics/by-organization",
                "/overall/payments",
                "/overall/payments/statistics",
                "/overall/payments/dashboard"));
        for (var id : organizations) {
            for (var what : List.of(
                    "",
                    "/history",
                    "/users?limit=100&sort=username",
                    "/users/analytics",
                    "/payments?limit=100&sort=amount",
                    "/payments/statistics",
                    "/payments/dashboard")) {
                paths.add("/organizations/" + id + what);
            }
        }
        users.forEach(
                id -> paths.addAll(List.of("/users/" + id, "/users/" + id + "/history", "/users/" + id + "/audit")));
        payments.forEach(id -> paths.addAll(List.of("/payments/" + id, "/payments/" + id + "/report")));
        return paths;
    }

    private static void add(Set<String> ids, JsonNode id, int most) {
        if (id.isTextual() && ids.size() < most) {
            ids.add(id.textValue());
        }
    }

    private JsonNode items(String path, String member) throws InterruptedException {
        var answer = answers.get(path, one);
        for (int attempt = 1; answer.notNow() && attempt < ATTEMPTS; attempt++) {
            Thread.sleep(pause.toMillis());
            answer = answers.get(path, one);
        }
        if (answer.status() != 200 && answer.status() != 404) {
            throw new IllegalStateException("the versions cannot be compared: GET " + path + " of version " + one
                    + " was answered " + answer.status() + " " + answer.body());
        }
        try {
            return JSON.readTree(answer.body()).path(member);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("GET " + path + " was answered with no JSON: " + answer.body(), e);
        }
    }
}
