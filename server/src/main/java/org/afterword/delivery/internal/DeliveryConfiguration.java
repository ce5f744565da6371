package org.afterword.delivery.internal;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.afterword.delivery.Deliveries;
import org.afterword.governance.Trail;
import org.afterword.platform.AllowedHosts;
import org.afterword.platform.DataFolder;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.EventConsumer;
import org.afterword.platform.KeptFolder;
import org.afterword.platform.OutgoingHttp;
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
    AllowedHosts webhookHosts(DeliverySettings settings) {
        return new AllowedHosts("afterword.delivery.allowed-hosts", settings.allowedHosts(), settings.allowLoopback());
    }

    /** Where the JSON Lines files are. */
    @Bean
    KeptFolder outboxFolder(DeliverySettings settings, DataFolder data) {
        Path folder = settings.folder() == null ? data.folder("outbox") : settings.folder();
        return new KeptFolder("outbox", folder);
    }

    @Bean
    Outlets outlets(KeptFolder outboxFolder, AllowedHosts webhookHosts, InstantSource clock) {
        return new Outlets(outboxFolder.path(), OutgoingHttp.client(), webhookHosts, clock);
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
            AllowedHosts webhookHosts,
            Tenancy tenancy,
            DueWork dueWork,
            Trail trail,
            InstantSource clock) {
        return new Connectors(connectors, deliveries, outlets, webhookHosts, tenancy, dueWork, trail, clock);
    }
}
