package org.afterword.identity.internal;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.EnumSet;
import org.afterword.identity.RequestTenant;
import org.afterword.identity.TenantDirectory;
import org.afterword.identity.Tokens;
import org.afterword.identity.Users;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.session.SessionIdGenerator;

/**
 * Who gets in, and how.
 *
 * <p>A token ({@code Authorization: Bearer}) speaks for one request and leaves nothing behind: no chain may set anything about
 * session management, since that brings in a filter which makes a session of every caller. A session cookie speaks for a
 * person; then every request that changes something has to show that it comes from one of our pages. For that, each page
 * carries a token ({@code CsrfToken}, request attribute {@code _csrf}): a form sends it back as the parameter {@code _csrf},
 * a script reads it from the page's head and sends it as the header {@code X-XSRF-TOKEN}. It differs from answer to
 * answer and is checked against a cookie that no script can read. So an anonymous visit costs no session.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "media-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    /** The API's page is made by a library that sets styles on elements; its scripts are held as everywhere. */
    private static final String POLICY_OF_API_PAGE =
            POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

    private static final String NO_DEVICES = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    private static final String[] API = {"/api/**", "/openapi.json", "/metrics"};
    private static final String API_PAGE = "/docs/**";
    private static final String[] OPEN = {"/sign-in", "/admin-link/*", "/css/**", "/js/**", "/vendor/**", "/favicon.*"};

    /** Shown by the server where something went wrong, and no address to ask for. */
    private static final String ERROR_PAGE = "/error";

    /** After the filter that reads a proxy's headers, before the one that finds the session by its cookie. */
    private static final int BEFORE_SESSIONS = Ordered.HIGHEST_PRECEDENCE + 10;

    private final Tokens tokens;
    private final Users users;
    private final InstantSource clock;

    SecurityConfiguration(Tokens tokens, Users users, InstantSource clock) {
        this.tokens = tokens;
        this.users = users;
        this.clock = clock;
    }

    /** Else each filter of each request is wrapped, to be measured. */
    @Bean
    static SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    FilterRegistrationBean<TenantFilter> tenantFilter(TenantDirectory directory) {
        var registration = new FilterRegistrationBean<>(new TenantFilter(directory));
        registration.setOrder(BEFORE_SESSIONS);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return registration;
    }

    @Bean
    SessionIdGenerator sessionIdGenerator() {
        return new SessionIds();
    }

    @Bean
    AuthenticationProvider userSignIn() {
        return new UserSignIn(users, new SignInThrottle(clock));
    }

    /**
     * Ids from other systems stand in addresses, percent-encoded, and may hold any of these characters. Who may do what is
     * decided by patterns of the undecoded path, which they do not change.
     */
    @Bean
    HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowUrlEncodedLineSeparator(true);
        firewall.setAllowUrlEncodedParagraphSeparator(true);
        firewall.setAllowBackSlash(true);
        firewall.setAllowSemicolon(true);
        // it would refuse these only where somebody reads them; what is malformed has been refused before
        firewall.setAllowedHeaderValues(value -> true);
        firewall.setAllowedParameterNames(name -> true);
        return firewall;
    }

    @Bean
    RequestRejectedHandler firewallRefusal() {
        return new FirewallRefusal();
    }

    @Bean
    @Order(1)
    SecurityFilterChain apiChain(HttpSecurity http) {
        var refusals = new ApiRefusals();
        return common(http.securityMatcher(API), POLICY, refusals)
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain apiPageChain(HttpSecurity http) {
        return pages(http.securityMatcher(API_PAGE), POLICY_OF_API_PAGE)
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain pageChain(HttpSecurity http) {
        return pages(http, POLICY)
                .formLogin(form -> form.loginPage("/sign-in")
                        .authenticationDetailsSource(SecurityConfiguration::origin)
                        .successHandler(new SignInSuccess(requestCache()))
                        .failureHandler(new SignInRefusal()))
                .logout(logout -> logout.logoutUrl("/sign-out")
                        .addLogoutHandler(new SignOutNote(users))
                        .logoutSuccessUrl("/sign-in?signed-out"))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(OPEN)
                        .permitAll()
                        .requestMatchers(ERROR_PAGE)
                        .denyAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }

    private HttpSecurity pages(HttpSecurity http, String policy) {
        var refusals = new PageRefusals();
        return common(http, policy, refusals)
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .requestCache(cache -> cache.requestCache(requestCache()));
    }

    private HttpSecurity common(HttpSecurity http, String policy, AuthenticationEntryPoint refusal) {
        var csrfTokens = new CookieCsrfTokenRepository();
        csrfTokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        return http.securityContext(context -> context.securityContextRepository(new SessionCallers(users, clock)))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens).ignoringRequestMatchers(BearerFilter::isBearer))
                .addFilterBefore(new RefusalLog(), CsrfFilter.class)
                .addFilterBefore(new BearerFilter(tokens, refusal), UsernamePasswordAuthenticationFilter.class)
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(policy))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(permissions -> permissions.policy(NO_DEVICES)));
    }

    /** Remembers in a cookie which page somebody wanted to see before the sign-in. */
    private static CookieRequestCache requestCache() {
        var cache = new CookieRequestCache();
        cache.setRequestMatcher(SecurityConfiguration::isPage);
        return cache;
    }

    private static boolean isPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return "GET".equals(request.getMethod())
                && request.getHeader("HX-Request") == null
                && accept != null
                && accept.contains("text/html");
    }

    private static UserSignIn.Origin origin(HttpServletRequest request) {
        return new UserSignIn.Origin(RequestTenant.of(request), request.getRemoteAddr());
    }
}
