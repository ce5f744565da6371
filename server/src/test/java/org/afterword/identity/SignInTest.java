package org.afterword.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.afterword.ApiClient.Answer;
import org.afterword.ApiServer;
import org.afterword.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInTest {
    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final String base = "/t/" + center.id();

    @ParameterizedTest
    @CsvSource({"agent, /panel", "supervisor, /floor", "administrator, /admin", "compliance-officer, /reports/acw"})
    void everyRoleBeginsOnItsOwnPage(String role, String page) throws Exception {
        center.newUser("ann", Role.parse(role));
        var browser = center.browser();

        var answer = browser.signIn("ann");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).endsWith(base + page);
        assertThat(browser.get("/").header("Location")).endsWith(base + page);
    }

    @Test
    void whoWantedAPageGetsItAfterTheSignIn() throws Exception {
        center.newUser("root", Role.ADMINISTRATOR);
        var browser = center.browser();

        var refused = browser.get("/reports/acw?groupBy=queue");
        var signedIn = browser.signIn("root");

        assertThat(refused.status()).isEqualTo(302);
        assertThat(refused.header("Location")).endsWith(base + "/sign-in");
        assertThat(signedIn.header("Location")).contains(base + "/reports/acw?groupBy=queue");
    }

    @Test
    void aWrongPasswordShowsTheFormAgainWithTheNameKept() throws Exception {
        center.newUser("ann", Role.SUPERVISOR);

        var answer = center.browser().submit("/sign-in", Map.of("username", "ann", "password", "wrong horse"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body())
                .contains("User name and password do not match.")
                .contains("value=\"ann\"");
    }

    @Test
    void afterFiveWrongPasswordsEvenTheRightOneHasToWait() throws Exception {
        center.newUser("ann", Role.SUPERVISOR);
        center.newUser("bob", Role.SUPERVISOR);
        for (int i = 0; i < 5; i++) {
            center.browser().submit("/sign-in", Map.of("username", "ann", "password", "wrong horse " + i));
        }

        var throttled = center.browser().signIn(" ANN");

        assertThat(throttled.status()).isEqualTo(429);
        assertThat(Integer.parseInt(throttled.header("Retry-After"))).isBetween(1, 300);
        assertThat(throttled.body()).contains("Too many attempts.");
        assertThat(center.browser().signIn("bob").status()).isEqualTo(302);
    }

    @Test
    void aSignInWithoutThePagesTokenIsSentBack() throws Exception {
        center.newUser("ann", Role.SUPERVISOR);

        var answer = center.browser().post("/sign-in", Map.of("username", "ann", "password", ApiServer.PASSWORD));

        assertThat(answer.header("Location")).endsWith(base + "/sign-in?outdated");
    }

    @Test
    void theSessionGetsANewIdWhenSomebodySignsInAndIsGoneAfterSigningOut() throws Exception {
        center.newUser("ann", Role.ADMINISTRATOR);
        var browser = center.browser();

        Answer first = browser.signIn("ann");
        Answer second = browser.submit("/docs/api-none", "/sign-out", Map.of());

        assertThat(sessionCookie(first))
                .contains("HttpOnly")
                .contains("SameSite=Lax")
                .contains("Path=" + base + ";");
        assertThat(second.header("Location")).endsWith(base + "/sign-in?signed-out");
        assertThat(browser.get("/").header("Location")).endsWith(base + "/sign-in");
    }

    @Test
    void aDisabledUserIsOutAtOnce() throws Exception {
        var ann = center.newUser("ann", Role.SUPERVISOR);
        var browser = center.browser();
        browser.signIn("ann");
        assertThat(browser.get("/").header("Location")).endsWith(base + "/floor");

        center.as(Role.ADMINISTRATOR).patch("/api/v1/users/" + ann.userId(), "{\"disabled\": true}");

        assertThat(browser.get("/").header("Location")).endsWith(base + "/sign-in");
    }

    @Test
    void aSessionCountsForItsOwnTenantAlone() throws Exception {
        center.newUser("ann", Role.ADMINISTRATOR);
        var browser = center.browser();
        browser.signIn("ann");
        var elsewhere = server.newTenant();

        var page = browser.at("/t/" + elsewhere.id()).get("/");
        var other = browser.at("/t/" + elsewhere.id());
        var api = other.send(other.request("/api/v1/users"));

        assertThat(page.header("Location")).endsWith("/t/" + elsewhere.id() + "/sign-in");
        assertThat(api.status()).isEqualTo(401);
    }

    @Test
    void withASessionAChangeNeedsThePagesToken() throws Exception {
        center.newUser("root", Role.ADMINISTRATOR);
        var browser = center.browser();
        browser.signIn("root");
        String token = "{\"name\": \"From the page\", \"role\": \"supervisor\"}";

        var without = browser.send(post(browser, token));
        var with = browser.send(post(browser, token).header("X-XSRF-TOKEN", browser.csrfToken("/nowhere")));

        assertThat(browser.send(browser.request("/api/v1/tokens")).status()).isEqualTo(200);
        assertThat(without.status()).isEqualTo(403);
        assertThat(without.text("/detail")).contains("X-XSRF-TOKEN");
        assertThat(with.status()).isEqualTo(201);
    }

    @Test
    void aPartOfAPageThatLostItsSessionTakesThePageToTheSignIn() throws Exception {
        var browser = center.browser();

        var answer = browser.send(
                browser.request("/floor").header("HX-Request", "true").GET());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("HX-Redirect")).isEqualTo(base + "/sign-in");
    }

    @Test
    void anAdminLinkLetsTheFirstAdministratorInOnce() throws Exception {
        String link = server.bean(AdminLinks.class).make(center.id()).substring(base.length());
        var browser = center.browser();
        var choice = Map.of("username", "root", "password", ApiServer.PASSWORD);

        var tooShort = browser.submit(link, Map.of("username", "root", "password", "short"));
        var chosen = browser.submit(link, choice);
        var again = browser.get(link);

        assertThat(tooShort.status()).isEqualTo(422);
        assertThat(tooShort.body()).contains("The password must have 8 characters or more, and 72 bytes at most.");
        assertThat(chosen.header("Location")).endsWith(base + "/sign-in?welcome");
        assertThat(again.status()).isEqualTo(404);
        assertThat(browser.signIn("root").header("Location")).endsWith(base + "/admin");
    }

    @Test
    void anAddressThatNamesNoTenantAsksForOne() throws Exception {
        server.newTenant();
        var browser = center.browser().at("");

        var asked = browser.get("/sign-in");
        var answered = browser.get("/sign-in?organization=" + center.id());

        assertThat(asked.body()).contains("Which organization?");
        assertThat(answered.header("Location")).endsWith(base + "/sign-in");
        assertThat(browser.get("/sign-in?organization=nobody").body()).contains("no organization of this name");
    }

    @Test
    void pagesCarryThePolicyThatKeepsForeignScriptsOut() throws Exception {
        var page = center.browser().get("/sign-in");

        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo(
                        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
                                + "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'");
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(page.header("Strict-Transport-Security")).isEmpty();
    }

    private static java.net.http.HttpRequest.Builder post(Browser browser, String json) {
        return browser.request("/api/v1/tokens")
                .header("Content-Type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(json));
    }

    private static String sessionCookie(Answer answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("SESSION="))
                .findFirst()
                .orElseThrow();
    }
}
