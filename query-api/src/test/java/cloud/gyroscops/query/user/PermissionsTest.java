package cloud.gyroscops.query.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionsTest {

    private final Permissions permissions = Permissions.parse("admin=users:write,users:read; viewer=users:read");

    @Test
    void rolesAllowTogetherWhatEachOfThemAllows() {
        assertThat(permissions.of(List.of("viewer", "admin"))).containsExactly("users:read", "users:write");
    }

    @Test
    void aRoleThatIsNotInTheTableAllowsNothing() {
        assertThat(permissions.of(List.of("stranger"))).isEmpty();
    }

    @Test
    void theUsualTableIsOne() {
        assertThat(Permissions.parse(Permissions.DEFAULT).of(List.of("admin"))).contains("payments:refund");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "admin", "admin=", "=users:read", "admin=users read", "admin=a;;viewer=b"})
    void aTableThatIsNoneIsNamed(String table) {
        assertThatThrownBy(() -> Permissions.parse(table))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("they must be like admin=");
    }
}
