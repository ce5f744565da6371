package org.afterword.identity.internal;

import java.time.InstantSource;
import java.util.List;
import org.afterword.identity.AccessListener;
import org.afterword.identity.AdminLinks;
import org.afterword.identity.FirstStart;
import org.afterword.identity.NewTenantListener;
import org.afterword.identity.TenantDirectory;
import org.afterword.identity.Tokens;
import org.afterword.identity.Users;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.Tenancy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdentitySettings.class)
class IdentityConfiguration {
    @Bean
    TenantDirectory tenantDirectory(
            JdbcTemplate jdbc, Tenancy tenancy, List<NewTenantListener> listeners, InstantSource clock) {
        return new TenantDirectory(new TenantRepository(jdbc), tenancy, listeners, clock);
    }

    @Bean
    Users users(JdbcTemplate jdbc, Tenancy tenancy, List<AccessListener> listeners, InstantSource clock) {
        return new Users(
                new UserRepository(jdbc),
                tenancy,
                PasswordEncoderFactories.createDelegatingPasswordEncoder(),
                listeners,
                clock);
    }

    @Bean
    Tokens tokens(PipelinedJdbc jdbc, Tenancy tenancy, List<AccessListener> listeners, InstantSource clock) {
        return new Tokens(new TokenRepository(jdbc), tenancy, listeners, clock);
    }

    @Bean
    AdminLinks adminLinks(
            JdbcTemplate jdbc, Tenancy tenancy, Users users, List<AccessListener> listeners, InstantSource clock) {
        return new AdminLinks(new AdminLinkRepository(jdbc), tenancy, users, listeners, clock);
    }

    @Bean
    @DependsOnDatabaseInitialization
    FirstStart firstStart(TenantDirectory directory, Tokens tokens, AdminLinks adminLinks, IdentitySettings settings) {
        return new FirstStart(directory, tokens, adminLinks, settings);
    }
}
