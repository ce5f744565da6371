package org.afterword.platform;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresDatabaseTest {
    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    @Test
    void theAppWorksAsARoleThatPoliciesHold() {
        assertThat(ask(database.dataSource(), "SELECT current_user")).isEqualTo("afterword_app");
        assertThat(
                        ask(
                                database.dataSource(),
                                "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo("f");
    }

    @Test
    void nothingIsTakenFromDurability() {
        assertThat(ask(database.dataSource(), "SHOW fsync")).isEqualTo("on");
        assertThat(ask(database.dataSource(), "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(ask(database.dataSource(), "SHOW full_page_writes")).isEqualTo("on");
        assertThat(ask(database.dataSource(), "SHOW data_checksums")).isEqualTo("on");
    }

    @Test
    void theSessionsLiveInAnotherZoneThanTheProgram() {
        assertThat(ask(database.dataSource(), "SHOW timezone")).isEqualTo("Asia/Kolkata");
    }

    private static String ask(DataSource source, String question) {
        return JdbcClient.create(source).sql(question).query(String.class).single();
    }
}
