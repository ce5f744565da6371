package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.afterword.platform.DatabaseLogin;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.StartupException;
import org.afterword.platform.internal.PlatformSettings.DatabaseSettings;
import org.afterword.platform.internal.PlatformSettings.RoleSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;

class ExternalPostgresTest {
    private static final RoleSettings UNSET = new RoleSettings(null, null);

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    @AfterEach
    void removeRoles() {
        new JdbcTemplate(database.ownerDataSource()).execute("DROP ROLE IF EXISTS other_app, weak_owner");
    }

    @Test
    void credentialsAreTakenFromTheUrl() throws SQLException {
        var external = connect(urlWithCredentials(), UNSET, new RoleSettings("other_app", null));

        assertThat(external.owner()).isEqualTo(database.ownerLogin());
        assertThat(external.app().user()).isEqualTo("other_app");
    }

    @Test
    void credentialsBesideTheUrlWin() {
        var owner = database.ownerLogin();
        var url = owner.url() + "?user=nobody&password=wrong";

        var external =
                connect(url, new RoleSettings(owner.user(), owner.password()), new RoleSettings("other_app", null));

        assertThat(external.owner()).isEqualTo(owner);
    }

    @Test
    void theOwnerCreatesARoleForTheProgramThatAnotherNodeFindsAgain() throws SQLException {
        var first = connect(urlWithCredentials(), UNSET, new RoleSettings("other_app", null));
        var second = connect(urlWithCredentials(), UNSET, new RoleSettings("other_app", null));

        assertThat(second.app().password())
                .isEqualTo(first.app().password())
                .isNotEqualTo(first.owner().password());
        try (var app = first.app().connect()) {
            AppRole.check(app);
        }
    }

    @Test
    void anOwnerWhoMayNotCreateTheRoleIsToldWhatToDo() {
        new JdbcTemplate(database.ownerDataSource()).execute("CREATE ROLE weak_owner LOGIN PASSWORD 'secret-of-weak'");
        var owner = new RoleSettings("weak_owner", "secret-of-weak");

        assertThatThrownBy(() -> connect(database.ownerLogin().url(), owner, new RoleSettings("other_app", null)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("other_app")
                .hasMessageContaining("AFTERWORD_DATABASE_APP_PASSWORD");
    }

    @Test
    void aDatabaseThatLetsNobodyInIsNamedWithoutThePassword() {
        var owner = new RoleSettings("nobody", "secret-of-nobody");

        assertThatThrownBy(() -> connect(database.ownerLogin().url(), owner, UNSET))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("nobody")
                .hasMessageNotContaining("secret-of-nobody");
    }

    @Test
    void aUrlThatCannotBeReadIsNotRepeated() {
        assertThatThrownBy(() -> connect("postgresql://me:se cret@host/db", UNSET, UNSET))
                .isInstanceOf(StartupException.class)
                .hasMessageNotContaining("cret@");
        assertThatThrownBy(() -> connect("mysql://host/db", UNSET, UNSET)).isInstanceOf(StartupException.class);
    }

    @Test
    void specialCharactersInAPasswordAreWrittenAsInEveryUrl() {
        var url = ExternalPostgres.Url.parse("postgresql://a%40b:p%2Fq+r@db.example:5433/work?sslmode=require");

        assertThat(url.user()).isEqualTo("a@b");
        assertThat(url.password()).isEqualTo("p/q+r");
        assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db.example:5433/work?sslmode=require");
    }

    private String urlWithCredentials() {
        DatabaseLogin owner = database.ownerLogin();
        return owner.url()
                .replace("jdbc:postgresql://", "postgresql://%s:%s@".formatted(owner.user(), owner.password()));
    }

    private static ExternalPostgres connect(String url, RoleSettings owner, RoleSettings app) {
        return ExternalPostgres.connect(url, new DatabaseSettings(url, owner, app));
    }
}
