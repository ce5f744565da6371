package org.afterword.delivery.internal;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import org.afterword.delivery.Deliveries;
import org.afterword.governance.Trail;
import org.afterword.platform.DataFolder;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.EventConsumer;
import org.afterword.platform.KeptFolder;
import org.afterword.platform.Tenancy;
import org.afterword.platform.Tenants;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliverySettings.class)
class DeliveryConfiguration {
    @Bean
    DeliveryRepository deliveryRepository(Tenancy tenancy, JdbcTemplate jdbc) {
        return new DeliveryRepository(tenancy, jdbc);
    }

    @Bean
    ConnectorRepository connectorRepository(Tenancy tenancy, JdbcTemplate jdbc) {
        return new ConnectorRepository(tenancy, jdbc);
    }

    @Bean
    AllowedHosts allowedHosts(DeliverySettings settings) {
        return new AllowedHosts(settings.allowedHosts(), settings.allowLoopback());
    }

    /** Where the JSON Lines files are. */
    @Bean
    KeptFolder outboxFolder(DeliverySettings settings, DataFolder data) {
        Path folder = settings.folder() == null ? data.folder("outbox") : settings.folder();
        return new KeptFolder("outbox", folder);
    }

    @Bean
    Outlets outlets(KeptFolder outboxFolder, AllowedHosts allowedHosts, InstantSource clock) {
        return new Outlets(outboxFolder.path(), httpClient(), allowedHosts, clock);
    }

    @Bean
    EventConsumer outbox(
            ConnectorRepository connectors, DeliveryRepository deliveries, DueWork dueWork, InstantSource clock) {
        return new Outbox(connectors, deliveries, dueWork, clock);
    }

    @Bean
    DueWorkHandler outboxWorker(
            Tenancy tenancy,
            ConnectorRepository connectors,
            DeliveryRepository deliveries,
            DueWork dueWork,
            Outlets outlets,
            RestingConnectors resting,
            InstantSource clock) {
        return new OutboxWorker(
                tenancy, connectors, deliveries, dueWork, outlets, new BackOff(new SecureRandom()), resting, clock);
    }

    @Bean
    RestingConnectors restingConnectors() {
        return new RestingConnectors();
    }

    @Bean
    DeliveryFigures deliveryFigures(
            DeliveryRepository deliveries,
            RestingConnectors resting,
            Tenancy tenancy,
            Tenants tenants,
            InstantSource clock) {
        return new DeliveryFigures(deliveries, resting, tenancy, tenants, clock);
    }

    @Bean
    Deliveries deliveries(
            DeliveryRepository repository, Tenancy tenancy, DueWork dueWork, Trail trail, InstantSource clock) {
        return new Deliveries(repository, tenancy, dueWork, trail, clock);
    }

    @Bean
    Connectors connectors(
            ConnectorRepository connectors,
            DeliveryRepository deliveries,
            Outlets outlets,
            AllowedHosts allowedHosts,
            Tenancy tenancy,
            DueWork dueWork,
            Trail trail,
            InstantSource clock) {
        return new Connectors(connectors, deliveries, outlets, allowedHosts, tenancy, dueWork, trail, clock);
    }

    /** Follows no redirects, keeps no cookies and asks no proxy. */
    static HttpClient httpClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }
}
