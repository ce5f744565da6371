package org.afterword.platform.internal;

import java.time.InstantSource;
import java.util.List;
import org.afterword.platform.Database;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.EventConsumer;
import org.afterword.platform.EventLog;
import org.afterword.platform.Json;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresServer;
import org.afterword.platform.Rush;
import org.afterword.platform.Tenancy;
import org.afterword.platform.Tenants;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {
    @Bean
    JsonMapperBuilderCustomizer afterwordJson() {
        return Json::configure;
    }

    @Bean
    Tenancy tenancy(PipelinedJdbc jdbc, PlatformTransactionManager transactionManager) {
        return new Tenancy(jdbc, transactionManager);
    }

    @Bean
    EventLog eventLog(Tenancy tenancy, PipelinedJdbc jdbc) {
        return new EventLog(tenancy, jdbc);
    }

    @Bean
    DueWork dueWork(Tenancy tenancy, PipelinedJdbc jdbc, InstantSource clock) {
        return new DueWork(tenancy, jdbc, clock);
    }

    @Bean
    StorageWatch storage(Database database) {
        var question = new StorageWatch.Question(database.app());
        return new StorageWatch(
                question,
                question::writes,
                database instanceof PostgresServer own ? own::hasRoom : () -> true,
                System::nanoTime);
    }

    @Bean
    @DependsOnDatabaseInitialization
    DatabaseClock databaseClock(PipelinedJdbc jdbc) {
        return new DatabaseClock(jdbc);
    }

    @Bean
    Rush rush(InstantSource clock) {
        return new Rush(clock);
    }

    @Bean
    @DependsOnDatabaseInitialization
    DueWorkers dueWorkers(
            Database database, DueWork dueWork, List<DueWorkHandler> handlers, Rush rush, InstantSource clock) {
        if (database instanceof PostgresServer) {
            // its folder is locked for us: who has claimed something was killed
            dueWork.freeAll();
        }
        return new DueWorkers(dueWork, handlers, rush, clock);
    }

    @Bean
    @DependsOnDatabaseInitialization
    EventPump eventPump(
            Tenancy tenancy,
            EventLog eventLog,
            PipelinedJdbc jdbc,
            Tenants tenants,
            List<EventConsumer> consumers,
            Rush rush) {
        return new EventPump(tenancy, eventLog, jdbc, tenants, consumers, rush);
    }

    @Bean
    @DependsOnDatabaseInitialization
    Partitions partitions(PipelinedJdbc jdbc) {
        return new Partitions(jdbc);
    }
}
