package org.afterword;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.afterword.AccessRules.Rule;
import org.afterword.ApiClient.Answer;
import org.afterword.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is too deep, too long or not meant for us is refused, by every route that reads a body, and without telling of ourselves. */
class BoundsTest {
    private static final String DEEP_LISTS = "[".repeat(20_000) + "]".repeat(20_000);
    private static final String DEEP_OBJECTS = "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000);
    private static final String LONG_NUMBER = "{\"name\": " + "9".repeat(20_000) + "}";
    private static final String LARGE_EXPONENT = "{\"name\": 1e999999999, \"ttlSeconds\": 1e999999999}";
    private static final String LONG_NAME = "{\"" + "n".repeat(200_000) + "\": 1}";
    private static final String BROKEN = "{\"name\": \"\ud800";

    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final ApiClient admin = center.as(Role.ADMINISTRATOR);

    static Stream<Rule> readers() {
        return AccessRules.all().stream()
                .filter(rule -> rule.api() && rule.changes() && !rule.body().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("readers")
    void noRouteReadsWhatIsTooDeepOrTooLong(Rule rule) throws Exception {
        for (String body : List.of(DEEP_LISTS, DEEP_OBJECTS, LONG_NUMBER, LONG_NAME, BROKEN, LARGE_EXPONENT)) {
            Answer answer =
                    admin.send(admin.request(rule.path(FilledCenter.get().harmlessIds()))
                            .header("Content-Type", rule.contentType())
                            .header("If-Match", "\"999\"")
                            .method(rule.method(), BodyPublishers.ofString(body)));

            assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
            assertThat(answer.body().length()).isLessThan(10_000);
            assertTellsNothing(answer);
        }
    }

    @Test
    void aCatalogWhoseAliasesMultiplyIsRefused() throws Exception {
        String laughs = "tags0: &t0 [x, x, x, x, x, x, x, x, x, x]\n"
                + IntStream.rangeClosed(1, 12)
                        .mapToObj(i -> "tags%d: &t%d [%s]"
                                .formatted(
                                        i,
                                        i,
                                        Stream.generate(() -> "*t" + (i - 1))
                                                .limit(10)
                                                .collect(Collectors.joining(", "))))
                        .collect(Collectors.joining("\n"));

        for (String yaml : List.of(
                laughs,
                "tags: " + "[".repeat(20_000) + "]".repeat(20_000),
                "tags: " + "{a: ".repeat(20_000) + "1" + "}".repeat(20_000),
                IntStream.range(0, 3_000).mapToObj(i -> " ".repeat(i) + "a:").collect(Collectors.joining("\n")),
                "tags: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://x\"]]]]",
                "tags: &a [*a]",
                "? ".repeat(5_000) + "a")) {
            Answer answer = admin.send(admin.request("/api/v1/catalog")
                    .header("Content-Type", "application/yaml")
                    .PUT(BodyPublishers.ofString(yaml)));

            assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
            assertTellsNothing(answer);
        }
    }

    @Test
    void anAddressOrHeaderThatIsTooLongIsRefused() throws Exception {
        String anonymous = "x".repeat(20_000);
        assertThat(admin.get("/api/v1/users?x=" + anonymous).status()).isIn(400, 414);
        assertThat(admin.send(admin.request("/api/v1/users").header("X-Long", anonymous))
                        .status())
                .isIn(400, 431);
        var many = admin.request("/api/v1/users");
        IntStream.range(0, 300).forEach(i -> many.header("X-" + i, "1"));
        assertThat(admin.send(many).status()).isIn(400, 431);
    }

    @Test
    void aFormThatIsTooLargeIsRefused() throws Exception {
        Browser browser = center.browser();
        String csrf = "_csrf=" + browser.csrfToken("/sign-in");
        String many = IntStream.range(0, 20_000).mapToObj(i -> "a" + i + "=1").collect(Collectors.joining("&"));

        for (String form : List.of(many, "username=" + "x".repeat(3 * 1024 * 1024))) {
            Answer answer = browser.send(browser.request("/sign-in")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form + "&" + csrf)));

            assertThat(answer.status()).as(answer.body()).isIn(302, 400, 401, 403, 413);
            assertThat(answer.header("Set-Cookie")).doesNotContain("SESSION=");
            assertTellsNothing(answer);
        }
    }

    @Test
    void filesAreNotUploaded() throws Exception {
        String part =
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.html\"\r\n\r\n<b>\r\n--b--\r\n";
        for (String path : List.of("/api/v1/events", "/api/v1/catalog", "/api/v1/users")) {
            Answer answer = admin.send(admin.request(path)
                    .header("Content-Type", "multipart/form-data; boundary=b")
                    .method(path.endsWith("catalog") ? "PUT" : "POST", BodyPublishers.ofString(part)));

            assertThat(answer.status()).as(path).isEqualTo(415);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "TRACK", "PROPFIND", "DEBUG", "FOO"})
    void methodsThatNobodyNeedsAreRefused(String method) throws Exception {
        for (String path : List.of("/", "/api/v1/users", "/sign-in", "/css/tokens.css")) {
            Answer answer =
                    admin.send(admin.request(path).header("X-Echo", "echoed").method(method, BodyPublishers.noBody()));

            assertThat(answer.status()).as(path).isBetween(400, 499);
            assertThat(answer.body()).doesNotContain("echoed").doesNotContain("aw_");
            assertTellsNothing(answer);
        }
    }

    @Test
    void noOtherSiteIsLetIn() throws Exception {
        for (String method : List.of("GET", "OPTIONS")) {
            Answer answer = admin.send(admin.request("/api/v1/users")
                    .header("Origin", "https://evil.example")
                    .header("Access-Control-Request-Method", "POST")
                    .method(method, BodyPublishers.noBody()));

            assertThat(answer.headers().map().keySet())
                    .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "application/xml", "*/*", "nonsense"})
    void refusalsTellNothingOfTheProgram(String accept) throws Exception {
        for (String path : List.of(
                "/nothing-here",
                "/api/v1/nothing-here",
                "/api/v1/wrap-ups?from=yesterday",
                "/api/v1/wrap-ups?limit=many",
                "/api/v1/interactions/x/recordings/first",
                "/api/v1/reports/acw",
                "/records?status=NONE",
                "/reports/acw?from=x",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/;a=b/api/v1/users",
                "/api/v1/users%00",
                "/docs/swagger-ui/..%2f..%2fapplication.yaml")) {
            Answer answer = admin.send(admin.request(path).header("Accept", accept));

            assertThat(answer.status()).as(path).isBetween(400, 499);
            assertTellsNothing(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "G\u0001T / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /<script> HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n",
                "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n",
                "POST /sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\nContent-Length: 5\r\n\r\nhello"
            })
    void whatIsNoHttpIsRefusedWithoutTellingOfTheServer(String request) throws IOException {
        try (var socket = new Socket("localhost", server.address().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(answer).startsWith("HTTP/1.1 ");
            assertThat(answer.substring(9, 12)).isIn("400", "501", "505");
            assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                    .doesNotContain("tomcat")
                    .doesNotContain("exception")
                    .doesNotContain("\tat ")
                    .doesNotContain("<script>");
            assertThat(answer.split("HTTP/1.1 ", -1)).as("one answer, not two").hasSize(2);
        }
    }

    private static void assertTellsNothing(Answer answer) {
        assertThat(answer.body() + answer.headers().map())
                .doesNotContain("\tat ")
                .doesNotContain("Exception")
                .doesNotContain("org.afterword")
                .doesNotContain("springframework")
                .doesNotContain("tools.jackson")
                .doesNotContain("Tomcat");
    }
}
