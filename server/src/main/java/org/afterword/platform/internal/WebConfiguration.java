package org.afterword.platform.internal;

import jakarta.servlet.Filter;
import org.afterword.platform.Storage;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** What holds for each request, whoever makes it. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {
    @Bean
    FilterRegistrationBean<DatabaseAwayFilter> databaseAwayFilter(Storage storage) {
        return registration(new DatabaseAwayFilter(storage), Ordered.HIGHEST_PRECEDENCE + 5);
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter() {
        return registration(new BodyLimitFilter(), Ordered.HIGHEST_PRECEDENCE + 6);
    }

    private static <F extends Filter> FilterRegistrationBean<F> registration(F filter, int order) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }
}
