package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.afterword.catalog.Catalogs;
import org.afterword.conversation.Conversations;
import org.afterword.desk.Desk;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.LowPriority;
import org.afterword.platform.ProcessorShare;
import org.afterword.platform.Rush;
import org.afterword.platform.Tenancy;
import org.afterword.platform.Tenants;
import org.afterword.wrapup.WrapUpSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WrapUpConfiguration.Keys.class)
class WrapUpConfiguration {
    /** What people and what stands between them and the server wait for. */
    private static final Duration LONGEST_REPLAY = Duration.ofSeconds(20);

    /** The keys under which {@link WrapUpSettings} are set. */
    @ConfigurationProperties("afterword.wrapup")
    record Keys(
            @DefaultValue("10s") Duration leastWindow,
            @DefaultValue("10s") Duration reopening,
            @DefaultValue("60s") Duration outageCredit) {}

    @Bean
    WrapUpSettings wrapUpSettings(Keys keys) {
        return new WrapUpSettings(keys.leastWindow(), keys.reopening(), keys.outageCredit());
    }

    @Bean
    AfterCallRules afterCallRules(WrapUpSettings settings) {
        return new AfterCallRules(settings);
    }

    /** Nobody's call waits for what a policy would have done. */
    @Bean
    LowPriority replaying() {
        return new LowPriority("policy-replay", ProcessorShare.LEAST, 1);
    }

    @Bean
    PolicyReplays policyReplays(
            Tenancy tenancy,
            WrapUpRepository wrapUps,
            RecordRepository records,
            Conversations conversations,
            Desk desk,
            Catalogs catalogs,
            AfterCallRules rules,
            LowPriority replaying,
            Rush rush,
            InstantSource clock) {
        return new PolicyReplays(
                tenancy,
                wrapUps,
                records,
                conversations,
                desk,
                catalogs,
                rules,
                replaying,
                rush,
                LONGEST_REPLAY,
                clock);
    }

    @Bean
    @DependsOnDatabaseInitialization
    Uptime uptime(
            JdbcTemplate jdbc,
            Tenancy tenancy,
            Tenants tenants,
            Desk desk,
            Situations situations,
            WrapUpRepository wrapUps,
            WrapUpSettings settings,
            InstantSource clock) {
        return new Uptime(jdbc, tenancy, tenants, desk, situations, wrapUps, settings, clock);
    }

    @Bean
    DueWorkHandler wrapUpDeadlines(
            Uptime uptime,
            AfterCallRules rules,
            Tenancy tenancy,
            Desk desk,
            Situations situations,
            WrapUpRepository wrapUps,
            DueWork dueWork,
            InstantSource clock) {
        return uptime.creditedFirst(new DueDeadlines(
                Situations.DEADLINE,
                Situations::deadline,
                rules::deadlineReached,
                (agents, due, now) -> situations.load(agents, List.of(), now),
                tenancy,
                desk,
                situations,
                wrapUps,
                dueWork,
                clock));
    }

    @Bean
    DueDeadlines wrapUpFinals(
            AfterCallRules rules,
            Tenancy tenancy,
            Desk desk,
            Situations situations,
            WrapUpRepository wrapUps,
            DueWork dueWork,
            InstantSource clock) {
        return new DueDeadlines(
                Situations.FINAL,
                (situation, wrapUp) -> Situations.finalAt(wrapUp),
                rules::becameFinal,
                (agents, due, now) -> situations.load(agents, List.of(), now),
                tenancy,
                desk,
                situations,
                wrapUps,
                dueWork,
                clock);
    }

    @Bean
    DueDeadlines wrapUpDebts(
            Tenancy tenancy,
            Desk desk,
            Situations situations,
            WrapUpRepository wrapUps,
            DueWork dueWork,
            InstantSource clock) {
        return new DueDeadlines(
                Situations.DEBT,
                (situation, wrapUp) -> Situations.debtDueAt(wrapUp),
                DebtRules::overdue,
                situations::loadNamed,
                tenancy,
                desk,
                situations,
                wrapUps,
                dueWork,
                clock);
    }
}
