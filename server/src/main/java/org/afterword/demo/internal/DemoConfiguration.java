package org.afterword.demo.internal;

import java.time.InstantSource;
import org.afterword.identity.Tokens;
import org.afterword.identity.Users;
import org.afterword.platform.DataFolder;
import org.afterword.platform.StartupException;
import org.afterword.platform.TenantId;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DemoSettings.class)
class DemoConfiguration {
    /** Before anything is connected to: what it makes up has no place among records of real calls. */
    @Bean
    @ConditionalOnBooleanProperty("afterword.demo.enabled")
    static BeanFactoryPostProcessor refuseAnotherDatabase(Environment environment) {
        return _ -> {
            if (environment.containsProperty("afterword.database.url")) {
                throw new StartupException(
                        "The demo plays in a database of its own and never in yours: leave demo.enabled or database.url out.");
            }
        };
    }

    @Bean
    @ConditionalOnBooleanProperty("afterword.demo.enabled")
    DemoProgram demoProgram(DemoSettings settings, DataFolder data, Tokens tokens, Users users, InstantSource time) {
        return new DemoProgram(
                settings,
                data.path(),
                data.folder("recordings").resolve(TenantId.DEFAULT.value()),
                tokens,
                users,
                time);
    }
}
