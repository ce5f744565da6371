package org.afterword.governance.internal;

import java.time.InstantSource;
import org.afterword.governance.Trail;
import org.afterword.platform.Tenancy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
class GovernanceConfiguration {
    @Bean
    Trail trail(JdbcTemplate jdbc, Tenancy tenancy, InstantSource clock) {
        return new Trail(new TrailRepository(jdbc), tenancy, clock);
    }

    @Bean
    AccessTrail accessTrail(Trail trail) {
        return new AccessTrail(trail);
    }
}
