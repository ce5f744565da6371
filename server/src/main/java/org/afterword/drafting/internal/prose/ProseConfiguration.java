package org.afterword.drafting.internal.prose;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.afterword.catalog.Catalogs;
import org.afterword.conversation.Conversations;
import org.afterword.drafting.internal.DraftChanges;
import org.afterword.drafting.internal.DraftRepository;
import org.afterword.governance.Trail;
import org.afterword.identity.TenantDirectory;
import org.afterword.platform.AllowedHosts;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.OutgoingHttp;
import org.afterword.platform.Tenancy;
import org.afterword.platform.Tenants;
import org.afterword.wrapup.WrapUps;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProseSettings.class)
class ProseConfiguration {
    @Bean
    AllowedHosts modelHosts(ProseSettings settings) {
        return new AllowedHosts(
                "afterword.language-model.allowed-hosts", settings.allowedHosts(), settings.allowLoopback());
    }

    @Bean
    Breaker modelBreaker() {
        return new Breaker();
    }

    @Bean
    Writer modelWriter(AllowedHosts modelHosts, Ledger ledger, Breaker breaker, InstantSource clock) {
        return new Writer(
                new ModelClient(OutgoingHttp.client(), modelHosts, clock),
                ledger,
                breaker,
                Pauses.REAL,
                new SecureRandom(),
                clock);
    }

    @Bean
    LanguageModels languageModels(
            LanguageModelRepository models,
            Ledger ledger,
            Breaker breaker,
            Writer writer,
            AllowedHosts modelHosts,
            Catalogs catalogs,
            TenantDirectory tenants,
            Tenancy tenancy,
            Trail trail,
            InstantSource clock) {
        return new LanguageModels(
                models, ledger, breaker, writer, modelHosts, catalogs, tenants, tenancy, trail, clock);
    }

    @Bean
    DueWorkHandler proseWork(
            Tenancy tenancy,
            Conversations conversations,
            Catalogs catalogs,
            TenantDirectory tenants,
            LanguageModelRepository models,
            Writer writer,
            DraftRepository drafts,
            ModelDrafts modelDrafts,
            DraftChanges changes,
            WrapUps wrapUps,
            DueWork dueWork,
            InstantSource clock) {
        return new ProseWork(
                tenancy,
                conversations,
                catalogs,
                tenants,
                models,
                writer,
                drafts,
                modelDrafts,
                changes,
                wrapUps,
                dueWork,
                clock);
    }

    @Bean
    ProseFigures proseFigures(Breaker breaker, Tenants tenants, InstantSource clock) {
        return new ProseFigures(breaker, tenants, clock);
    }
}
