package org.afterword.platform.internal;

import jakarta.servlet.Filter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What holds for each request, whoever makes it. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {
    @Bean
    FilterRegistrationBean<RequestFilter> requestFilter() {
        return registration(new RequestFilter(), Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    WebMvcConfigurer routeIds() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(new RouteIds());
            }
        };
    }

    @Bean
    FilterRegistrationBean<DatabaseAwayFilter> databaseAwayFilter() {
        return registration(new DatabaseAwayFilter(), Ordered.HIGHEST_PRECEDENCE + 5);
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
