package org.afterword.identity;

import static org.afterword.identity.IdentityFixture.ADMIN_OF_NORTH;
import static org.afterword.identity.IdentityFixture.ADMIN_OF_SOUTH;
import static org.afterword.identity.IdentityFixture.NORTH;
import static org.afterword.identity.IdentityFixture.SOUTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UsersTest {
    private static final String PASSWORD = "correct horse";

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    final IdentityFixture identity = new IdentityFixture(database);
    final Users users = identity.users;

    @BeforeEach
    void createTenants() {
        identity.withTwoTenants();
    }

    @Test
    void aUserSignsInWithNameAndPasswordHoweverTheNameIsWritten() {
        User ann = users.create(agent("Ann"), ADMIN_OF_NORTH);

        assertThat(users.signIn(NORTH, " ANN ", PASSWORD)).contains(ann);
        assertThat(users.signIn(NORTH, "ann", "wrong horse")).isEmpty();
        assertThat(users.signIn(NORTH, "bob", PASSWORD)).isEmpty();
        assertThat(identity.announcedKinds())
                .containsExactly(
                        AccessEvent.Kind.USER_CREATED,
                        AccessEvent.Kind.SIGNED_IN,
                        AccessEvent.Kind.SIGN_IN_REFUSED,
                        AccessEvent.Kind.SIGN_IN_REFUSED);
    }

    @Test
    void aUserOfOneTenantIsUnknownInAnother() {
        User ann = users.create(agent("ann"), ADMIN_OF_NORTH);

        assertThat(users.signIn(SOUTH, "ann", PASSWORD)).isEmpty();
        assertThat(users.list(SOUTH)).isEmpty();
        assertProblem(ProblemType.NOT_FOUND, () -> users.get(SOUTH, ann.userId()));
        assertThat(users.create(agent("ann"), ADMIN_OF_SOUTH).userId()).isNotEqualTo(ann.userId());
    }

    @Test
    void aTakenUserNameIsRefused() {
        users.create(agent("ann"), ADMIN_OF_NORTH);

        assertProblem(ProblemType.CONFLICT, () -> users.create(agent("Ann"), ADMIN_OF_NORTH));
    }

    @Test
    void everyWrongValueIsNamedAtOnce() {
        var wrong = new NewUser("two words", " ", Role.AGENT, null, "short");

        assertThatThrownBy(() -> users.create(wrong, ADMIN_OF_NORTH))
                .asInstanceOf(type(ProblemException.class))
                .extracting(ProblemException::faults)
                .asList()
                .extracting("pointer")
                .containsExactly("#/userName", "#/name", "#/agentId", "#/password");
    }

    @Test
    void aDisabledUserNeitherSignsInNorStaysSignedIn() {
        User ann = users.create(agent("ann"), ADMIN_OF_NORTH);
        assertThat(users.findCaller(NORTH, ann.actor())).contains(ann.caller(NORTH));

        users.change(ann.userId(), new UserChange(null, null, null, true, null), ADMIN_OF_NORTH);

        assertThat(users.signIn(NORTH, "ann", PASSWORD)).isEmpty();
        assertThat(users.findCaller(NORTH, ann.actor())).isEmpty();
    }

    @Test
    void whatAnotherNodeChangedCountsAfterFiveSeconds() {
        User ann = users.create(agent("ann"), ADMIN_OF_NORTH);
        users.findCaller(NORTH, ann.actor());
        var otherNode = new IdentityFixture(database).users;
        otherNode.change(ann.userId(), new UserChange(null, Role.SUPERVISOR, null, null, null), ADMIN_OF_NORTH);

        identity.clock.advance(Duration.ofSeconds(5));

        assertThat(users.findCaller(NORTH, ann.actor()))
                .contains(new Caller(NORTH, ann.actor(), "Ann", Role.SUPERVISOR, null));
    }

    @Test
    void theLastAdministratorStays() {
        User root = users.create(new NewUser("root", "Root", Role.ADMINISTRATOR, null, PASSWORD), ADMIN_OF_NORTH);

        assertProblem(
                ProblemType.CONFLICT,
                () -> users.change(root.userId(), new UserChange(null, null, null, true, null), ADMIN_OF_NORTH));

        assertThat(users.get(NORTH, root.userId()).disabled()).isFalse();
    }

    @Test
    void anAdminLinkOpensOnceAndWithinAnHour() {
        String secret = secretOf(identity.adminLinks.make(NORTH));
        String late = secretOf(identity.adminLinks.make(NORTH));

        User root = identity.adminLinks.redeem(NORTH, secret, "root", PASSWORD);

        assertThat(root.role()).isEqualTo(Role.ADMINISTRATOR);
        assertProblem(ProblemType.CONFLICT, () -> identity.adminLinks.redeem(NORTH, secret, "root2", PASSWORD));
        assertThat(identity.adminLinks.isOpen(NORTH, late)).isTrue();
        identity.clock.advance(Duration.ofHours(1));
        assertThat(identity.adminLinks.isOpen(NORTH, late)).isFalse();
        assertProblem(ProblemType.CONFLICT, () -> identity.adminLinks.redeem(NORTH, late, "root3", PASSWORD));
    }

    @Test
    void anAdminLinkIsForItsTenantAloneAndOutlivesARefusedChoice() {
        String secret = secretOf(identity.adminLinks.make(NORTH));

        assertProblem(ProblemType.CONFLICT, () -> identity.adminLinks.redeem(SOUTH, secret, "root", PASSWORD));
        assertProblem(ProblemType.INVALID, () -> identity.adminLinks.redeem(NORTH, secret, "root", "short"));

        assertThat(identity.adminLinks.isOpen(NORTH, secret)).isTrue();
    }

    private static NewUser agent(String userName) {
        return new NewUser(userName, "Ann", Role.AGENT, new AgentId("a-1"), PASSWORD);
    }

    private static String secretOf(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }

    private static void assertProblem(ProblemType expected, Runnable action) {
        assertThatThrownBy(action::run)
                .asInstanceOf(type(ProblemException.class))
                .extracting(ProblemException::type)
                .isEqualTo(expected);
    }
}
