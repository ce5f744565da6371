package org.afterword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.afterword.identity.AdminLinks;
import org.afterword.identity.Role;
import org.afterword.platform.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whoever reads the whole database can sign in as nobody. */
class SecretsAreHashedTest {
    private static final JdbcTemplate OWNER =
            new JdbcTemplate(PostgresDatabase.ofProgram().ownerDataSource());
    private static final String TABLES = """
            SELECT c.oid::regclass::text
              FROM pg_class AS c
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            """;

    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();

    @Test
    void noTableHoldsAPasswordATokenOrALink() throws Exception {
        String password = "turnip lamplight saddle";
        ApiClient admin = center.as(Role.ADMINISTRATOR);
        admin.post("/api/v1/users", """
                {"userName": "ann", "name": "Ann", "role": "supervisor", "password": "%s"}
                """.formatted(password));
        String token = admin.post("/api/v1/tokens", "{\"name\": \"Turnip\", \"role\": \"supervisor\"}")
                .text("/token");
        String link = server.bean(AdminLinks.class).make(center.id());
        center.browser().submit("/sign-in", Map.of("username", password, "password", password));

        for (String secret : List.of(
                password, token.substring(token.lastIndexOf('_') + 1), link.substring(link.lastIndexOf('/') + 1))) {
            for (String table : OWNER.queryForList(TABLES, String.class)) {
                assertThat(OWNER.queryForObject(
                                "SELECT count(*) FROM " + table + " AS t WHERE strpos(t::text, ?) > 0",
                                Long.class,
                                secret))
                        .as(table)
                        .isZero();
            }
        }
        assertThat(OWNER.queryForObject(
                        "SELECT count(*) FROM api_token AS t WHERE strpos(t::text, 'Turnip') > 0", Long.class))
                .as("the search finds what is there")
                .isPositive();
    }

    @Test
    void passwordsAreKeptByASlowHash() {
        center.newUser("ann", Role.SUPERVISOR);

        assertThat(OWNER.queryForObject(
                        "SELECT password_hash FROM app_user WHERE tenant_id = ?",
                        String.class,
                        center.id().value()))
                .startsWith("{bcrypt}$2a$10$");
    }
}
