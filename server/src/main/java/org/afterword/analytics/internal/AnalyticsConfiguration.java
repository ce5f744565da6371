package org.afterword.analytics.internal;

import java.time.InstantSource;
import org.afterword.analytics.Reports;
import org.afterword.platform.EventConsumer;
import org.afterword.platform.Tenancy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
public class AnalyticsConfiguration {
    @Bean("analyticsConsumer")
    public static EventConsumer consumer(JdbcTemplate jdbc, InstantSource clock) {
        return new FactsConsumer(
                new FactRepository(jdbc),
                new StateRepository(jdbc),
                new LeakRepository(jdbc),
                new RestRepository(jdbc),
                new EffectRepository(jdbc, clock));
    }

    @Bean
    Reports reports(JdbcTemplate jdbc, Tenancy tenancy, InstantSource clock) {
        return new Reports(
                new AcwFigures(jdbc, clock),
                new LeakRepository(jdbc),
                new RestRepository(jdbc),
                new EffectRepository(jdbc, clock),
                tenancy,
                clock);
    }
}
