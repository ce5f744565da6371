package org.afterword.platform.internal;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.afterword.platform.BackgroundWork;
import org.afterword.platform.DataFolder;
import org.afterword.platform.Database;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.PostgresServer;
import org.afterword.platform.SampledFigures;
import org.afterword.platform.Tenancy;
import org.afterword.platform.Tenants;
import org.afterword.platform.Traces;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What those who run the program see of it: figures, traces, whether it is ready. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LogSettings.class, TraceSettings.class, StopNotice.StopSettings.class})
class OperationsConfiguration {
    @Bean
    WorkFigures workFigures(
            JdbcTemplate jdbc, Tenancy tenancy, Tenants tenants, List<DueWorkHandler> handlers, InstantSource clock) {
        return new WorkFigures(jdbc, tenancy, tenants, handlers, clock);
    }

    @Bean
    DiskFigures diskFigures(DataFolder data, Database database) {
        return new DiskFigures(
                database instanceof PostgresServer own ? List.of(data.path(), own.folder()) : List.of(data.path()));
    }

    @Bean
    @DependsOnDatabaseInitialization
    Sampler sampler(List<SampledFigures> figures) {
        return new Sampler(figures);
    }

    /** Not for commands that do one thing and end. */
    @Bean
    @ConditionalOnWebApplication
    StopNotice stopNotice(StopNotice.StopSettings settings) {
        return new StopNotice(settings);
    }

    /** {@code work} in the health details, and a part of being ready. */
    @Bean
    HealthIndicator workHealthIndicator(List<BackgroundWork> all) {
        return new WorkHealth(all);
    }

    @Bean
    @ConditionalOnProperty("afterword.traces.endpoint")
    OpenTelemetryTraces openTelemetryTraces(TraceSettings settings) {
        URI endpoint = settings.endpoint();
        if (endpoint == null) {
            throw new IllegalStateException("there is a traces.endpoint, and there is none");
        }
        var traces = new OpenTelemetryTraces(endpoint, settings.share());
        Traces.use(traces);
        return traces;
    }
}
