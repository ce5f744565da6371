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
    void aSessionThatSomebodyPlantedIsNotTheOneThatIsSignedIn() throws Exception {
        center.newUser("mallory", Role.ADMINISTRATOR);
        center.newUser("ann", Role.ADMINISTRATOR);
        var mallory = center.browser();
        mallory.signIn("mallory");
        String planted = mallory.session();
        var victim = center.browser();
        victim.useSession(planted);

        victim.submit("/nowhere", "/sign-in", Map.of("username", "ann", "password", ApiServer.PASSWORD));

        assertThat(victim.session()).isNotEmpty().isNotEqualTo(planted);
        assertThat(victim.get("/nowhere").body()).contains("ann");
        assertThat(mallory.get("/").header("Location")).endsWith("/sign-in");
        var invented = center.browser();
        invented.useSession("MDEyMzQ1NjctODlhYi1jZGVmLTAxMjMtNDU2Nzg5YWJjZGVm");
        invented.signIn("ann");
        assertThat(invented.session()).isNotEqualTo("MDEyMzQ1NjctODlhYi1jZGVmLTAxMjMtNDU2Nzg5YWJjZGVm");
    }

    @Test
    void afterSigningOutTheCookieIsWorthNothingWhoeverKeptIt() throws Exception {
        center.newUser("ann", Role.ADMINISTRATOR);
        var browser = center.browser();
        browser.signIn("ann");
        var thief = center.browser();
        thief.useSession(browser.session());
        assertThat(thief.get("/").header("Location")).endsWith("/admin");

        browser.submit("/nowhere", "/sign-out", Map.of());

        assertThat(thief.get("/").header("Location")).endsWith("/sign-in");
        assertThat(thief.send(thief.request("/api/v1/users")).status()).isEqualTo(401);
    }

    @Test
    void signingOutEverywhereEndsEverySessionOfThatPersonAndNoOther() throws Exception {
        center.newUser("ann", Role.SUPERVISOR);
        center.newUser("bob", Role.SUPERVISOR);
        var here = center.browser();
        var there = center.browser();
        var bob = center.browser();
        here.signIn("ann");
        there.signIn("ann");
        bob.signIn("bob");

        here.submit("/account", "/account/sign-out-everywhere", Map.of());

        assertThat(here.get("/").header("Location")).endsWith("/sign-in");
        assertThat(there.get("/").header("Location")).endsWith("/sign-in");
        assertThat(bob.get("/").header("Location")).endsWith("/floor");
    }

    @Test
    void peopleChangeTheirOwnPasswordWithThePresentOneAndAreSignedOutEverywhere() throws Exception {
        center.newUser("ann", Role.SUPERVISOR);
        var here = center.browser();
        var there = center.browser();
        here.signIn("ann");
        there.signIn("ann");

        var wrong = here.submit(
                "/account", "/account/password", Map.of("present", "wrong horse", "wanted", "another battery"));
        var common = here.submit(
                "/account", "/account/password", Map.of("present", ApiServer.PASSWORD, "wanted", "Password1"));
        var changed = here.submit(
                "/account", "/account/password", Map.of("present", ApiServer.PASSWORD, "wanted", "another battery"));

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("The present password is not right.").doesNotContain("wrong horse");
        assertThat(common.status()).isEqualTo(422);
        assertThat(common.body()).contains("guessed first");
        assertThat(changed.header("Location")).endsWith(base + "/sign-in?changed");
        assertThat(here.get("/").header("Location")).endsWith("/sign-in");
        assertThat(there.get("/").header("Location")).endsWith("/sign-in");
        assertThat(here.signIn("ann").status()).isEqualTo(401);
        assertThat(here.submit("/sign-in", Map.of("username", "ann", "password", "another battery"))
                        .status())
                .isEqualTo(302);
    }

    @Test
    void aPresentPasswordIsNotGuessedInASessionThatIsOpen() throws Exception {
        center.newUser("ann", Role.SUPERVISOR);
        var browser = center.browser();
        browser.signIn("ann");
        for (int i = 0; i < 5; i++) {
            browser.submit(
                    "/account", "/account/password", Map.of("present", "guess " + i, "wanted", "another battery"));
        }

        var throttled = browser.submit(
                "/account", "/account/password", Map.of("present", ApiServer.PASSWORD, "wanted", "another battery"));

        assertThat(throttled.status()).isEqualTo(429);
    }

    @Test
    void behindAProxyWithTlsCookiesAreForTlsAloneAndBrowsersRememberIt() throws Exception {
        center.newUser("ann", Role.ADMINISTRATOR);
        var browser = center.browser();
        String csrf = browser.csrfToken("/sign-in");
        String form = "username=ann&password=correct+horse+battery&_csrf=" + csrf;

        var answer = browser.send(browser.request("/sign-in")
                .header("X-Forwarded-Proto", "https")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(form)));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .allMatch(cookie -> cookie.contains("Secure") && cookie.contains("HttpOnly"));
        assertThat(answer.header("Strict-Transport-Security")).contains("max-age=31536000", "includeSubDomains");
    }

    @Test
    void aCookieThatSomebodyPlantedLeadsNobodyElsewhere() throws Exception {
        center.newUser("ann", Role.SUPERVISOR);
        for (String planted : new String[] {
            "https://evil.example" + base + "/floor",
            "https://evil.example/",
            "//evil.example/",
            "https://evil.example//x"
        }) {
            var browser = center.browser();
            String csrf = browser.csrfToken("/sign-in");
            browser.plant(
                    "REDIRECT_URI",
                    java.util.Base64.getEncoder()
                            .encodeToString(planted.getBytes(java.nio.charset.StandardCharsets.UTF_8)));

            var answer =
                    browser.post("/sign-in", Map.of("username", "ann", "password", ApiServer.PASSWORD, "_csrf", csrf));

            assertThat(answer.header("Location"))
                    .as(planted)
                    .doesNotContain("evil")
                    .contains(base + "/");
        }
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
