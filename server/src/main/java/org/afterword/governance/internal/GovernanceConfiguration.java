package org.afterword.governance.internal;

import java.time.InstantSource;
import org.afterword.governance.Sealer;
import org.afterword.governance.Trail;
import org.afterword.governance.TrailProof;
import org.afterword.platform.DataFolder;
import org.afterword.platform.Database;
import org.afterword.platform.EventConsumer;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresServer;
import org.afterword.platform.Tenancy;
import org.afterword.platform.Tenants;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RetentionSettings.class, SealingSettings.class})
class GovernanceConfiguration {
    @Bean
    Trail trail(PipelinedJdbc jdbc, Tenancy tenancy, InstantSource clock) {
        return new Trail(new TrailRepository(jdbc), tenancy, clock);
    }

    @Bean
    Sealer sealer(SealingSettings settings, Database database, DataFolder data) {
        if (settings.key() != null) {
            return new Sealer(SealingKey.set(settings.key()));
        }
        return new Sealer(database instanceof PostgresServer ? SealingKey.inFolder(data.path()) : SealingKey.none());
    }

    @Bean
    AccessTrail accessTrail(Trail trail) {
        return new AccessTrail(trail);
    }

    @Bean
    ChainRepository chainRepository(PipelinedJdbc jdbc) {
        return new ChainRepository(jdbc);
    }

    @Bean
    @DependsOnDatabaseInitialization
    Chainer chainer(ChainRepository chain, Tenancy tenancy, Tenants tenants, Trail trail) {
        var chainer = new Chainer(chain, tenancy, tenants);
        trail.onRecorded(chainer::wake);
        return chainer;
    }

    @Bean
    ChainFigures chainFigures(ChainRepository chain, Tenancy tenancy, Tenants tenants, InstantSource clock) {
        return new ChainFigures(chain, tenancy, tenants, clock);
    }

    @Bean
    @DependsOnDatabaseInitialization
    TrailProof trailProof(ChainRepository chain, Tenancy tenancy, Trail trail) {
        return new TrailProof(chain, tenancy, trail);
    }

    @Bean
    Retention retention(
            RetentionSettings settings,
            PipelinedJdbc jdbc,
            PlatformTransactionManager transactionManager,
            Tenancy tenancy,
            Tenants tenants,
            ObjectProvider<EventConsumer> consumers,
            InstantSource clock) {
        return new Retention(
                settings,
                jdbc,
                transactionManager,
                tenancy,
                tenants,
                new TrailRepository(jdbc),
                () -> consumers.stream().map(EventConsumer::consumerName).toList(),
                clock);
    }
}
