package org.afterword.demo.internal;

import java.time.InstantSource;
import org.afterword.identity.Tokens;
import org.afterword.platform.DataFolder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DemoSettings.class)
class DemoConfiguration {
    @Bean
    @ConditionalOnBooleanProperty("afterword.demo.enabled")
    DemoProgram demoProgram(DemoSettings settings, DataFolder data, Tokens tokens, InstantSource time) {
        return new DemoProgram(settings, data.path(), data.folder("recordings"), tokens, time);
    }
}
