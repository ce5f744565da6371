package org.afterword.platform.internal;

import java.util.Objects;
import java.util.stream.Stream;
import org.afterword.platform.DataFolder;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PlatformSettings.class)
class SettingsConfiguration {
    /** Before any bean is made: a start that will be refused touches nothing. */
    @Bean
    static BeanFactoryPostProcessor refuseUnknownSettings(ConfigurableEnvironment environment) {
        return beans -> {
            Stream<Class<?>> declarations = Stream.of(beans.getBeanNamesForAnnotation(ConfigurationProperties.class))
                    .map(beans::getType)
                    .filter(Objects::nonNull);
            new UnknownSettings(declarations.toList()).refuse(environment);
        };
    }

    @Bean
    DataFolder dataFolder(PlatformSettings settings) {
        var folder = new DataFolder(settings.data());
        folder.create();
        return folder;
    }
}
