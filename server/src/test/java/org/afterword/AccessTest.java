package org.afterword;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.AccessRules.Rule;
import org.afterword.ApiClient.Answer;
import org.afterword.identity.Role;
import org.afterword.identity.SessionAge;
import org.afterword.identity.Users;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Controller;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Every route of the program has its rule in {@link AccessRules}, and does as the rule says: for nobody, for each role, and
 * for whoever's token, session or page is no longer good.
 */
class AccessTest {
    /** What is mapped by pattern and not by controller: files that hold nobody's data. */
    private static final Pattern FILES = Pattern.compile("/\\*\\*|/favicon\\.ico|/webjars/.*|/docs/swagger-ui/.*");

    /** Files that open to everybody; all others of these folders' neighbors ask for a sign-in. */
    private static final List<String> OPEN_FILES = List.of("/css/tokens.css", "/js/page.js", "/favicon.svg");

    /** Controllers that the server under test does not have. */
    private static final Set<String> OF_THE_DEMO = Set.of("org.afterword.demo.internal.DemoControlPage");

    /** Whoever may do these is out: they have tests of their own in SignInTest. */
    private static final Set<String> ENDS_SESSIONS = Set.of("POST /sign-out", "POST /account/sign-out-everywhere");

    private static final Pattern EXPRESSION = Pattern.compile(":[^{}/]+(?=\\})");

    private static @Nullable ApiClient revoked;

    final ApiServer server = ApiServer.running();
    final FilledCenter filled = FilledCenter.get();

    static List<Rule> rules() {
        return AccessRules.all();
    }

    static List<Rule> guarded() {
        return rules().stream().filter(rule -> !rule.open()).toList();
    }

    static List<Rule> forTokens() {
        return guarded().stream()
                .filter(rule -> !AccessRules.OF_FILTERS.contains(rule.route()))
                .toList();
    }

    static List<Rule> changes() {
        return rules().stream().filter(Rule::changes).toList();
    }

    @Test
    void everyRouteHasARuleAndEveryRuleARoute() {
        var routes = new TreeSet<>(AccessRules.OF_FILTERS);
        for (HandlerMapping mapping : server.beans(HandlerMapping.class)) {
            switch (mapping) {
                case RequestMappingInfoHandlerMapping byController ->
                    byController.getHandlerMethods().keySet().stream()
                            .flatMap(AccessTest::routes)
                            .forEach(routes::add);
                case AbstractUrlHandlerMapping byPattern ->
                    assertThat(byPattern.getHandlerMap().keySet())
                            .allMatch(pattern -> FILES.matcher(pattern).matches());
                default ->
                    assertThat(mapping.getClass().getSimpleName())
                            .as("a kind of mapping whose routes this test cannot list")
                            .isIn("BeanNameUrlHandlerMapping", "RouterFunctionMapping");
            }
        }

        assertThat(routes).isEqualTo(new TreeSet<>(AccessRules.routes()));
        assertThat(server.beans(RouterFunction.class))
                .as("routes that no mapping lists")
                .isEmpty();
        assertThat(server.beans(ServletRegistrationBean.class)).as("servlets").hasSizeLessThanOrEqualTo(1);
    }

    private static Stream<String> routes(RequestMappingInfo info) {
        Collection<String> methods = info.getMethodsCondition().getMethods().isEmpty()
                ? List.of("ANY")
                : info.getMethodsCondition().getMethods().stream()
                        .map(Enum::name)
                        .toList();
        return info.getPatternValues().stream()
                .flatMap(path -> methods.stream()
                        .map(method -> method + " " + EXPRESSION.matcher(path).replaceAll("")));
    }

    @Test
    void noControllerEscapesTheTable() {
        var everything = new MockEnvironment().withProperty("afterword.demo.enabled", "true");
        var scanner = new ClassPathScanningCandidateComponentProvider(false, everything);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));

        Set<String> present = server.beans(Object.class).stream()
                .map(bean -> bean.getClass().getName())
                .collect(Collectors.toSet());
        Set<String> absent = scanner.findCandidateComponents("org.afterword").stream()
                .map(found -> String.valueOf(found.getBeanClassName()))
                .filter(name -> !present.contains(name))
                .collect(Collectors.toSet());

        assertThat(absent).isEqualTo(OF_THE_DEMO);
        assertThat(absent).allMatch(AccessTest::isConditional);
    }

    private static boolean isConditional(String className) {
        try {
            return Class.forName(className).isAnnotationPresent(ConditionalOnBooleanProperty.class);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theDescriptionOfTheApiNamesTheSameRoutes() throws Exception {
        Answer description = filled.center().as(Role.ADMINISTRATOR).get("/openapi.json");
        assertThat(description.status()).as(description.body()).isEqualTo(200);
        JsonNode paths = description.json().path("paths");

        Set<String> described = paths.properties().stream()
                .flatMap(path -> path.getValue().propertyNames().stream()
                        .map(method -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described)
                .isEqualTo(AccessRules.routes().stream()
                        .filter(route -> route.contains(" /api/") || route.contains(" /health/"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void nobodyIsRefused(Rule rule) throws Exception {
        Browser stranger = filled.center().browser();

        assertRefused(rule, stranger.send(request(rule, stranger, filled.ids())));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRoleMayDoWhatItsRuleSays(Rule rule) throws Exception {
        if (ENDS_SESSIONS.contains(rule.route()) || rule.open()) {
            return;
        }
        Map<String, String> ids = rule.changes() ? filled.harmlessIds() : filled.ids();
        for (Role role : Role.values()) {
            Browser person = filled.person(role);
            HttpRequest.Builder request = request(rule, person, ids);
            if (rule.changes()) {
                request.header("X-XSRF-TOKEN", filled.csrfToken(role));
            }

            Answer answer = person.send(request);

            assertThat(answer.status()).as("%s: %s", role, answer.body()).isLessThan(500);
            if (rule.admits(role)) {
                assertThat(answer.status()).as("%s: %s", role, answer.body()).isNotIn(401, 403);
                assertThat(answer.header("Location")).as(role.code()).doesNotContain("/sign-in");
                assertShown(rule, role, answer);
                assertEscaped(answer);
            } else {
                assertThat(answer.status()).as("%s: %s", role, answer.body()).isEqualTo(403);
                assertThat(FilledCenter.shows(answer, FilledCenter.CONTACT)).isFalse();
                assertThat(FilledCenter.shows(answer, FilledCenter.SETUP)).isFalse();
            }
        }
    }

    /** What a customer said is text on every page, whatever it looks like. */
    private static void assertEscaped(Answer answer) {
        if (answer.header("Content-Type").startsWith("text/html")) {
            assertThat(answer.body()).doesNotContain(FilledCenter.MARKUP);
        }
    }

    /** Or a refusal of strangers would prove nothing. */
    private static void assertShown(Rule rule, Role role, Answer answer) {
        String marker = switch (rule.shows()) {
            case NOTHING -> "";
            case CONTACT -> FilledCenter.CONTACT;
            case SETUP -> FilledCenter.SETUP;
        };
        assertThat(FilledCenter.shows(answer, marker))
                .as("%s: %s", role, answer.body())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("forTokens")
    void aRevokedTokenIsNoBetterThanNone(Rule rule) throws Exception {
        ApiClient client = revoked();

        Answer answer = client.send(authorized(rule, client));

        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
    }

    private ApiClient revoked() throws Exception {
        if (revoked != null) {
            return revoked;
        }
        ApiClient admin = filled.center().as(Role.ADMINISTRATOR);
        Answer issued = admin.post("/api/v1/tokens", "{\"name\": \"Lost\", \"role\": \"administrator\"}");
        assertThat(admin.delete("/api/v1/tokens/" + issued.text("/tokenId")).status())
                .isEqualTo(200);
        revoked = admin.withToken(issued.text("/token"));
        return revoked;
    }

    @Test
    void aSessionThatExpiredIsNoBetterThanNone() throws Exception {
        Browser root = signedIn("sleeper");

        change(root, session -> session.setLastAccessedTime(Instant.EPOCH));

        assertAllRefused(root);
    }

    @Test
    void aSessionOfMoreThanADayIsNoBetterThanNoneHoweverBusy() throws Exception {
        Browser root = signedIn("busy");

        change(
                root,
                session -> session.setAttribute(
                        SessionAge.SIGNED_IN_AT,
                        Long.toString(server.bean(InstantSource.class)
                                .instant()
                                .minus(Duration.ofHours(25))
                                .toEpochMilli())));

        assertAllRefused(root);
        assertThat(root.signIn("busy").header("Location")).doesNotContain("/sign-in");
        assertThat(root.get("/admin/events").status()).isEqualTo(200);
    }

    private <S extends Session> void change(Browser browser, Consumer<Session> change) {
        @SuppressWarnings("unchecked")
        SessionRepository<S> sessions = server.bean(SessionRepository.class);
        String id = new String(Base64.getDecoder().decode(browser.session()), StandardCharsets.UTF_8);
        S session = Objects.requireNonNull(sessions.findById(id));
        change.accept(session);
        sessions.save(session);
    }

    private void assertAllRefused(Browser person) throws Exception {
        for (Rule rule : guarded()) {
            assertRefused(rule, person.send(request(rule, person, filled.ids())));
        }
    }

    @Test
    void aDisabledUsersSessionIsNoBetterThanNone() throws Exception {
        Browser leaver = signedIn("leaver");
        String id = idOf("leaver");

        filled.center().as(Role.ADMINISTRATOR).patch("/api/v1/users/" + id, "{\"disabled\": true}");

        assertAllRefused(leaver);
        assertThat(leaver.signIn("leaver").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeByASessionTakesThePagesToken(Rule rule) throws Exception {
        Browser person = filled.person(rule.admits(Role.ADMINISTRATOR) ? Role.ADMINISTRATOR : Role.AGENT);

        for (String forged : new String[] {"", "00000000-0000-0000-0000-000000000000"}) {
            HttpRequest.Builder request = request(rule, person, filled.ids());
            if (!forged.isEmpty()) {
                request.header("X-XSRF-TOKEN", forged);
            }

            Answer answer = person.send(request);

            if (rule.route().equals("POST /sign-in")) {
                assertThat(answer.header("Location")).endsWith("/sign-in?outdated");
            } else {
                assertThat(answer.status()).as(answer.body()).isEqualTo(403);
            }
        }
        assertThat(person.get("/").header("Location")).doesNotContain("sign-in");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyAnswerCarriesTheHeadersThatHoldBrowsersBack(Rule rule) throws Exception {
        if (rule.changes()) {
            return;
        }
        Role role =
                Arrays.stream(Role.values()).filter(rule::admits).findFirst().orElse(Role.ADMINISTRATOR);
        Browser person = rule.open() ? filled.center().browser() : filled.person(role);

        Answer answer = person.send(request(rule, person, filled.ids()));

        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'self'", "script-src 'self';", "object-src 'none'", "base-uri 'none'")
                .contains("frame-ancestors 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("Server")).isEmpty();
        assertThat(answer.header("X-Powered-By")).isEmpty();
    }

    @Test
    void filesAreOpenAndNothingElseBesideThem() throws Exception {
        for (String file : OPEN_FILES) {
            assertThat(server.anonymous().get(file).status()).as(file).isEqualTo(200);
        }
        for (String path : List.of("/css/", "/js/", "/css/../application.yaml", "/css/%2e%2e/application.yaml")) {
            Answer answer = server.anonymous().get(path);
            assertThat(answer.status()).as(path).isNotEqualTo(200);
        }
        for (String path : List.of(
                "/application.yaml",
                "/WEB-INF/web.xml",
                "/actuator",
                "/actuator/env",
                "/.git/config",
                "/webjars/swagger-ui/index.html")) {
            Answer answer = filled.center().browser().get(path);
            assertThat(answer.status()).as(path).isEqualTo(302);
            assertThat(answer.header("Location")).as(path).endsWith("/sign-in");
        }
    }

    @Test
    void detailsOfHealthAreNotOnThePortOfThePages() throws Exception {
        for (String path : List.of("/health", "/health/db", "/prometheus")) {
            assertThat(server.anonymous().get(path).status()).as(path).isNotEqualTo(200);
            assertThat(filled.center().as(Role.ADMINISTRATOR).get(path).status())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    private Browser signedIn(String userName) throws Exception {
        filled.center().newUser(userName, Role.ADMINISTRATOR);
        Browser browser = filled.center().browser();
        assertThat(browser.signIn(userName).status()).isEqualTo(302);
        return browser;
    }

    private String idOf(String userName) {
        return server.bean(Users.class).list(filled.center().id()).stream()
                .filter(user -> user.userName().equals(userName))
                .findFirst()
                .orElseThrow()
                .userId();
    }

    private static void assertRefused(Rule rule, Answer answer) {
        assertThat(FilledCenter.shows(answer, FilledCenter.CONTACT))
                .as(rule.route())
                .isFalse();
        assertThat(FilledCenter.shows(answer, FilledCenter.SETUP))
                .as(rule.route())
                .isFalse();
        if (rule.api()) {
            assertThat(answer.status()).as(rule.route()).isIn(401, 403);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        } else if (rule.changes()) {
            assertThat(answer.status()).as(rule.route()).isIn(302, 403);
        } else {
            assertThat(answer.status()).as(rule.route()).isEqualTo(302);
            assertThat(answer.header("Location")).as(rule.route()).endsWith("/sign-in");
        }
    }

    private static HttpRequest.Builder request(Rule rule, Browser person, Map<String, String> ids) {
        return filledIn(rule, person.request(rule.path(ids)));
    }

    private HttpRequest.Builder authorized(Rule rule, ApiClient client) {
        return filledIn(rule, client.request(rule.path(filled.ids())));
    }

    static HttpRequest.Builder filledIn(Rule rule, HttpRequest.Builder request) {
        request.header("Content-Type", rule.contentType()).header("If-Match", "\"999\"");
        if (!rule.api()) {
            request.header("Accept", "text/html");
        }
        return request.method(
                rule.method(), rule.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(rule.body()));
    }

    @Test
    void markupInACustomersWordsIsShownAsItWasSaid() throws Exception {
        Answer page =
                filled.person(Role.SUPERVISOR).get("/records/" + filled.ids().get("interaction"));

        assertThat(page.body()).contains("&lt;img src=x").doesNotContain(FilledCenter.MARKUP);
    }

    /** Every role that there is has somebody in the filled center, so that a new one is tested as well. */
    @Test
    void everyRoleIsTried() {
        for (Role role : EnumSet.allOf(Role.class)) {
            assertThat(filled.person(role)).isNotNull();
        }
    }
}
