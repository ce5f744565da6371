package org.afterword.identity;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.afterword.identity.internal.AdminLinkRepository;
import org.afterword.identity.internal.TenantRepository;
import org.afterword.identity.internal.TokenRepository;
import org.afterword.identity.internal.UserRepository;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

/** Identity on a real database, without a web server. */
final class IdentityFixture {
    static final TenantId NORTH = new TenantId("north");
    static final TenantId SOUTH = new TenantId("south");
    static final Caller ADMIN_OF_NORTH = new Caller(NORTH, "token:setup", "Setup", Role.ADMINISTRATOR, null);
    static final Caller ADMIN_OF_SOUTH = new Caller(SOUTH, "token:setup", "Setup", Role.ADMINISTRATOR, null);

    final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");
    final List<AccessEvent> announced = new ArrayList<>();
    final Tenancy tenancy;
    final TenantDirectory directory;
    final Users users;
    final Tokens tokens;
    final AdminLinks adminLinks;

    IdentityFixture(PostgresDatabase database) {
        var jdbc = new PipelinedJdbc(database.dataSource());
        tenancy = new Tenancy(jdbc, new JdbcTransactionManager(database.dataSource()));
        List<AccessListener> listeners = List.of(announced::add);
        directory = new TenantDirectory(new TenantRepository(jdbc), tenancy, List.of(), clock);
        users = new Users(
                new UserRepository(jdbc),
                tenancy,
                PasswordEncoderFactories.createDelegatingPasswordEncoder(),
                listeners,
                clock);
        tokens = new Tokens(new TokenRepository(jdbc), tenancy, listeners, clock);
        adminLinks = new AdminLinks(new AdminLinkRepository(jdbc), tenancy, users, listeners, clock);
    }

    IdentityFixture withTwoTenants() {
        directory.create(new Tenant(NORTH, "North", null, ZoneOffset.UTC));
        directory.create(new Tenant(SOUTH, "South", "south.example", ZoneOffset.UTC));
        return this;
    }

    List<AccessEvent.Kind> announcedKinds() {
        return announced.stream().map(AccessEvent::kind).toList();
    }
}
