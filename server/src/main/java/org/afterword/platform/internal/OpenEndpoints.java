package org.afterword.platform.internal;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;

/** What answers without a sign-in: the two health questions, and all of the management port, which only this machine reaches. */
@Configuration(proxyBeanMethods = false)
class OpenEndpoints {
    /** Figures for programs: a browser has nothing to load because of them. */
    private static final String POLICY = "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; "
            + "frame-ancestors 'none'; form-action 'none'";

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain openEndpointsChain(HttpSecurity http, ManagementPort management) {
        RequestMatcher endpoint = EndpointRequest.toAnyEndpoint();
        return http.securityMatcher(new OrRequestMatcher(
                        PathPatternRequestMatcher.withDefaults().matcher("/health/*"),
                        request -> management.isOf(request) && endpoint.matches(request)))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN)))
                .build();
    }

    /** Where figures are asked for. Their paths on the port of the pages are not theirs, whether or not there is a port for them. */
    @Component
    static class ManagementPort {
        private static final int NONE = -1;

        private volatile int port = NONE;

        /** The servers open their ports one after another, the one of the pages first. */
        @EventListener
        void opened(WebServerInitializedEvent opened) {
            if ("management".equals(opened.getApplicationContext().getServerNamespace())) {
                port = opened.getWebServer().getPort();
            }
        }

        boolean isOf(HttpServletRequest request) {
            return request.getLocalPort() == port;
        }
    }
}
