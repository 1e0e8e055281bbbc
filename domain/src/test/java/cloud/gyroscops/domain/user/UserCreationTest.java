package cloud.gyroscops.domain.user;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.user.CreateUser;
import cloud.gyroscops.contract.user.UserCreated;
import cloud.gyroscops.contract.user.UserState;
import cloud.gyroscops.contract.user.UserStatus;
import cloud.gyroscops.domain.DeciderSpecification;
import cloud.gyroscops.domain.References;
import cloud.gyroscops.domain.References.Found;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UserCreationTest {

    private final DeciderSpecification<UserState> nobody = DeciderSpecification.of(new UserDecider(), "u-1");

    @Test
    void a_new_user_is_enabled_and_unverified() {
        nobody.when(ada())
                .then(new UserCreated("ada", "ada@acme.test", "Ada", "Lovelace", "o-1", List.of("admin")))
                .thenState(state -> assertThat(state)
                        .isEqualTo(new UserState(
                                UserStatus.ENABLED,
                                false,
                                "ada",
                                "ada@acme.test",
                                "Ada",
                                "Lovelace",
                                "o-1",
                                List.of("admin"),
                                null)));
    }

    @Test
    void text_is_trimmed_and_username_and_email_are_kept_in_lower_case() {
        nobody.when(new CreateUser(" ADA ", "\tAda@ACME.test ", " Ada ", " Love Lace ", "o-1", List.of(" Admin ")))
                .then(new UserCreated("ada", "ada@acme.test", "Ada", "Love Lace", "o-1", List.of("Admin")));
    }

    @Test
    void a_user_is_created_once() {
        nobody.given(UserExamples.CREATED)
                .when(ada())
                .thenRefused(RefusalReason.ALREADY_EXISTS)
                .saying("user u-1 exists already, as \"ada\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 255})
    void a_username_has_3_to_255_characters(int length) {
        nobody.when(username("x".repeat(length)))
                .thenState(state -> assertThat(state.getUsername()).hasSize(length));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 256})
    void a_username_of_another_length_is_refused(int length) {
        nobody.when(username("x".repeat(length)))
                .thenRefused(RefusalReason.INVALID_FIELD, "username")
                .saying("username has " + length + " characters; 3 to 255 are allowed");
    }

    /** Lower case may be longer: U+0130 becomes two characters. */
    @Test
    void a_username_that_outgrows_its_length_in_lower_case_is_refused() {
        nobody.when(username("\u0130".repeat(200)))
                .thenRefused(RefusalReason.INVALID_FIELD, "username")
                .saying("400 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada.lovelace", "ada_1815", "ada-l", "ada+test", "ada@acme.test", "zoë", "アダさん"})
    void a_username_may_hold_what_keycloak_accepts(String username) {
        nobody.when(username(username))
                .thenState(state -> assertThat(state.getUsername()).isEqualTo(username));
    }

    @ParameterizedTest
    @MethodSource("prohibitedInUsernames")
    void a_username_may_not_hold_what_keycloak_prohibits(String character) {
        nobody.when(username("ada" + character + "l"))
                .thenRefused(RefusalReason.INVALID_FIELD, "username")
                .saying("\"ada" + character + "l\"");
    }

    private static List<String> prohibitedInUsernames() {
        return List.of("<>&\"'$%!#?§,;:*~/\\|^=[]{}()` \t\u00a0\u2028\u007f".split(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a@b.io", "a.b@c.de", "a_b-c+d@e-f.example", "o'hara@acme.test", "1@2.3a.xn--p1ai", "ab@c.d"})
    void an_email_is_an_address(String email) {
        nobody.when(email(email))
                .thenState(state -> assertThat(state.getEmail()).isEqualTo(email));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a@b.c",
                "acme.test",
                "@acme.test",
                "ada@",
                "ada@acme",
                "ada@@acme.test",
                ".ada@acme.test",
                "ada.@acme.test",
                "ada..l@acme.test",
                "ada l@acme.test",
                "ada@-acme.test",
                "ada@acme-.test",
                "ada@acme..test",
                "ada@acme.test.",
                "ada@acme.1",
                "ada@acme_.test",
                "zoë@acme.test",
                "ada@zoë.test",
                "\"ada\"@acme.test",
                "Ada <ada@acme.test>"
            })
    void an_email_that_is_no_address_is_refused(String email) {
        nobody.when(email(email)).thenRefused(RefusalReason.INVALID_FIELD, "email");
    }

    @Test
    void a_wrong_email_is_told_what_a_right_one_looks_like() {
        nobody.when(email("ada at acme"))
                .thenRefused(RefusalReason.INVALID_FIELD, "email")
                .saying("email \"ada at acme\" is not allowed; an address like ada@acme.test is");
    }

    @Test
    void an_email_may_have_64_characters_before_the_at() {
        nobody.when(email("x".repeat(64) + "@acme.test"))
                .thenState(state -> assertThat(state.getEmail()).hasSize(74));
    }

    @Test
    void an_email_with_65_characters_before_the_at_is_refused() {
        nobody.when(email("x".repeat(65) + "@acme.test"))
                .thenRefused(RefusalReason.INVALID_FIELD, "email")
                .saying("at most 64 characters before the @ are");
    }

    @Test
    void a_part_of_a_domain_may_have_63_characters() {
        nobody.when(email("ada@" + "x".repeat(63) + ".test"))
                .thenState(state -> assertThat(state.getEmail()).hasSize(72));
    }

    @Test
    void a_part_of_a_domain_with_64_characters_is_refused() {
        nobody.when(email("ada@" + "x".repeat(64) + ".test")).thenRefused(RefusalReason.INVALID_FIELD, "email");
    }

    @Test
    void an_email_may_have_255_characters() {
        nobody.when(email(emailOf(255)))
                .thenState(state -> assertThat(state.getEmail()).hasSize(255));
    }

    @Test
    void an_email_with_256_characters_is_refused() {
        nobody.when(email(emailOf(256)))
                .thenRefused(RefusalReason.INVALID_FIELD, "email")
                .saying("256 characters");
    }

    private static String emailOf(int length) {
        var domain = "." + "x".repeat(60);
        return "ada@" + "x".repeat(length - 4 - 4 * 61) + domain.repeat(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"firstName", "lastName"})
    void a_name_may_have_255_characters(String field) {
        nobody.when(name(field, "x".repeat(255)))
                .thenState(state -> assertThat(field.equals("firstName") ? state.getFirstName() : state.getLastName())
                        .hasSize(255));
    }

    @ParameterizedTest
    @CsvSource({"firstName,0", "firstName,256", "lastName,0", "lastName,256"})
    void a_name_of_another_length_is_refused(String field, int length) {
        nobody.when(name(field, "x".repeat(length)))
                .thenRefused(RefusalReason.INVALID_FIELD, field)
                .saying(field + " has " + length + " characters; 1 to 255 are allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"O'Hara", "van der Berg, jr.", "Jean-Luc", "Ángel", "李", "X Æ A-12: `"})
    void a_name_may_hold_what_keycloak_accepts(String name) {
        nobody.when(name("lastName", name))
                .thenState(state -> assertThat(state.getLastName()).isEqualTo(name));
    }

    @ParameterizedTest
    @MethodSource("prohibitedInNames")
    void a_name_may_not_hold_what_keycloak_prohibits(String character) {
        nobody.when(name("firstName", "A" + character + "a")).thenRefused(RefusalReason.INVALID_FIELD, "firstName");
    }

    private static List<String> prohibitedInNames() {
        return List.of("<>&\"$%!#?§;*~/\\|^=[]{}()\n\t\u2028\u007f".split(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "o 1", " o-1", "o/1", "ö"})
    void an_organization_id_that_is_no_id_is_refused(String id) {
        nobody.when(new CreateUser("ada", "ada@acme.test", "Ada", "Lovelace", id, List.of()))
                .thenRefused(RefusalReason.INVALID_FIELD, "organizationId")
                .saying("organizationId \"" + id + "\" is no id");
    }

    @Test
    void a_user_may_have_no_roles() {
        nobody.when(roles(List.of()))
                .thenState(state -> assertThat(state.getRoles()).isEmpty());
    }

    @Test
    void roles_are_kept_once_each_in_the_order_given() {
        nobody.when(roles(List.of("b", "a", " b", "a:x_y.z-1")))
                .thenState(state -> assertThat(state.getRoles()).containsExactly("b", "a", "a:x_y.z-1"));
    }

    @ParameterizedTest
    @MethodSource("rolesThatAreNone")
    void a_role_that_is_none_is_refused(String role) {
        nobody.when(roles(List.of("admin", role)))
                .thenRefused(RefusalReason.INVALID_FIELD, "roles")
                .saying("64");
    }

    private static List<String> rolesThatAreNone() {
        return List.of("", " ", "a b", "a/b", "é", "x".repeat(65));
    }

    @Test
    void a_role_may_have_64_characters() {
        nobody.when(roles(List.of("x".repeat(64))))
                .thenState(state -> assertThat(state.getRoles()).containsExactly("x".repeat(64)));
    }

    @Test
    void a_user_may_have_50_roles() {
        nobody.when(roles(numbered(50)))
                .thenState(state -> assertThat(state.getRoles()).hasSize(50));
    }

    @Test
    void a_51st_role_is_refused() {
        nobody.when(roles(numbered(51)))
                .thenRefused(RefusalReason.INVALID_FIELD, "roles")
                .saying("51 roles; 50 are allowed");
    }

    @Test
    void a_role_given_51_times_is_one_role() {
        nobody.when(roles(Collections.nCopies(51, "admin")))
                .thenState(state -> assertThat(state.getRoles()).containsExactly("admin"));
    }

    private static List<String> numbered(int roles) {
        return IntStream.range(0, roles).mapToObj(role -> "role-" + role).toList();
    }

    @Test
    void a_missing_organization_is_refused() {
        nobody.referring(new References(Found.MISSING, Found.NOT_ASKED))
                .when(ada())
                .thenRefused(RefusalReason.ORGANIZATION_NOT_FOUND, "organizationId")
                .saying("there is no organization o-1");
    }

    @Test
    void a_suspended_organization_takes_no_new_users() {
        nobody.referring(new References(Found.SUSPENDED, Found.NOT_ASKED))
                .when(ada())
                .thenRefused(RefusalReason.ORGANIZATION_SUSPENDED, "organizationId")
                .saying("takes no new users");
    }

    @ParameterizedTest
    @EnumSource(
            value = Found.class,
            names = {"PRESENT", "NOT_ASKED"})
    void an_organization_that_is_there_or_was_not_looked_for_is_no_obstacle(Found organization) {
        nobody.referring(new References(organization, Found.NOT_ASKED))
                .when(ada())
                .then(new UserCreated("ada", "ada@acme.test", "Ada", "Lovelace", "o-1", List.of("admin")));
    }

    @Test
    void a_wrong_field_is_told_before_a_missing_organization() {
        nobody.referring(new References(Found.MISSING, Found.NOT_ASKED))
                .when(email("ada"))
                .thenRefused(RefusalReason.INVALID_FIELD, "email");
    }

    @Test
    void of_several_wrong_fields_the_first_is_told() {
        nobody.when(new CreateUser("", "", "", "", "", List.of("")))
                .thenRefused(RefusalReason.INVALID_FIELD, "username");
    }

    private static CreateUser ada() {
        return new CreateUser("ada", "ada@acme.test", "Ada", "Lovelace", "o-1", List.of("admin"));
    }

    private static CreateUser username(String username) {
        return new CreateUser(username, "ada@acme.test", "Ada", "Lovelace", "o-1", List.of());
    }

    private static CreateUser email(String email) {
        return new CreateUser("ada", email, "Ada", "Lovelace", "o-1", List.of());
    }

    private static CreateUser name(String field, String name) {
        return field.equals("firstName")
                ? new CreateUser("ada", "ada@acme.test", name, "Lovelace", "o-1", List.of())
                : new CreateUser("ada", "ada@acme.test", "Ada", name, "o-1", List.of());
    }

    private static CreateUser roles(List<String> roles) {
        return new CreateUser("ada", "ada@acme.test", "Ada", "Lovelace", "o-1", roles);
    }
}
