package org.afterword.identity;

import static org.afterword.identity.IdentityFixture.ADMIN_OF_NORTH;
import static org.afterword.identity.IdentityFixture.NORTH;
import static org.afterword.identity.IdentityFixture.SOUTH;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.afterword.identity.internal.IdentitySettings;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;

class TokensTest {
    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    final IdentityFixture identity = new IdentityFixture(database);
    final Tokens tokens = identity.tokens;

    @Test
    void aTokenSaysItsTenantAndIsKeptAsAHashAlone() {
        identity.withTwoTenants();

        Tokens.Issued issued = tokens.issue("Switch", Role.INTEGRATION, null, ADMIN_OF_NORTH);

        assertThat(issued.text()).matches("aw_north_[0-9a-f]{48}");
        assertThat(tokens.authenticate(issued.text()))
                .contains(new Caller(NORTH, issued.token().actor(), "Switch", Role.INTEGRATION, null));
        assertThat(tokens.authenticate(issued.text().replace("north", "south"))).isEmpty();
        assertThat(tokens.list(SOUTH)).isEmpty();
        assertThat(allOfTable())
                .doesNotContain(issued.text())
                .doesNotContain(issued.text().substring(9));
    }

    @Test
    void aRevokedTokenIsRefusedAtOnceHereAndWithinFiveSecondsElsewhere() {
        identity.withTwoTenants();
        Tokens.Issued issued = tokens.issue("Switch", Role.INTEGRATION, null, ADMIN_OF_NORTH);
        var otherNode = new IdentityFixture(database);
        assertThat(tokens.authenticate(issued.text())).isPresent();
        assertThat(otherNode.tokens.authenticate(issued.text())).isPresent();

        tokens.revoke(issued.token().tokenId(), ADMIN_OF_NORTH);

        assertThat(tokens.authenticate(issued.text())).isEmpty();
        otherNode.clock.advance(Duration.ofSeconds(5));
        assertThat(otherNode.tokens.authenticate(issued.text())).isEmpty();
    }

    @Test
    void theLastUseIsNotedByTheHour() {
        identity.withTwoTenants();
        Tokens.Issued issued = tokens.issue("Switch", Role.INTEGRATION, null, ADMIN_OF_NORTH);
        identity.clock.advance(Duration.ofMinutes(59));

        tokens.authenticate(issued.text());

        assertThat(tokens.list(NORTH).getFirst().lastUsedAt()).isEqualTo(Instant.parse("2026-03-02T09:00:00Z"));
    }

    @Test
    void theFirstStartTakesTheBootstrapTokenAndLaterOnesDoNot() {
        start("made-up-elsewhere");
        start("another-one");

        assertThat(tokens.authenticate("made-up-elsewhere")).get().satisfies(caller -> {
            assertThat(caller.tenant()).isEqualTo(TenantId.DEFAULT);
            assertThat(caller.role()).isEqualTo(Role.ADMINISTRATOR);
        });
        assertThat(tokens.authenticate("another-one")).isEmpty();
    }

    private void start(String bootstrapToken) {
        new FirstStart(identity.directory, tokens, identity.adminLinks, new IdentitySettings(bootstrapToken)).start();
    }

    private String allOfTable() {
        return new JdbcTemplate(database.ownerDataSource())
                .queryForList("SELECT * FROM api_token")
                .toString();
    }
}
