package org.afterword.platform.internal;

import jakarta.servlet.Filter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.Function;
import org.afterword.platform.Storage;
import org.afterword.platform.Times;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.format.Formatter;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What holds for each request, whoever makes it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProxySettings.class)
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
    FilterRegistrationBean<DatabaseAwayFilter> databaseAwayFilter(Storage storage) {
        return registration(new DatabaseAwayFilter(storage), Ordered.HIGHEST_PRECEDENCE + 5);
    }

    @Bean
    FilterRegistrationBean<MalformedRequestFilter> malformedRequestFilter() {
        return registration(new MalformedRequestFilter(), Ordered.HIGHEST_PRECEDENCE + 4);
    }

    /** Ids come from other systems as they are, and some have a slash in them: in an address it is written %2F. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> encodedSlashes() {
        return server -> server.addConnectorCustomizers(connector -> {
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        });
    }

    /** Who may say for whom a request is made. Clients have private addresses here too, so those are not enough. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> believedProxies(ProxySettings settings) {
        return server -> server.getEngineValves().stream()
                .filter(RemoteIpValve.class::isInstance)
                .map(RemoteIpValve.class::cast)
                .forEach(valve -> valve.setInternalProxies(settings.networks()));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTheWebServer() {
        return server -> server.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemValve()));
    }

    @Bean
    WebMvcConfigurer timesInAddresses() {
        return new WebMvcConfigurer() {
            @Override
            public void addFormatters(FormatterRegistry registry) {
                registry.addFormatterForFieldType(Instant.class, new Reader<>(Times::instant));
                registry.addFormatterForFieldType(LocalDate.class, new Reader<>(Times::day));
            }
        };
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

    /** A formatter is not asked about blanks: a field of a form that nobody filled in is absent. */
    private record Reader<T>(Function<String, T> reader) implements Formatter<T> {
        @Override
        public T parse(String text, Locale locale) {
            return reader.apply(text);
        }

        @Override
        public String print(T value, Locale locale) {
            return value.toString();
        }
    }
}
