package org.afterword.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import org.afterword.ApiServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class AccessApiTest {
    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();

    @Test
    void whoSendsNothingIsAskedToSignIn() throws Exception {
        var answer = server.anonymous().get("/api/v1/users");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.text("/type")).isEqualTo("/problems/unauthenticated");
        assertThat(answer.text("/instance")).isEqualTo("/api/v1/users");
    }

    @Test
    void whoSendsAChangeWithoutATokenIsAskedForOne() throws Exception {
        var answer = server.anonymous().post("/api/v1/tokens", "{}");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.text("/detail")).contains("Authorization: Bearer TOKEN");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"ADMINISTRATOR", "AGENT"})
    void accessIsForAdministratorsToGive(Role role) throws Exception {
        var client = center.as(role);

        var refused = client.get("/api/v1/users");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("/type")).isEqualTo("/problems/forbidden");
        assertThat(client.get("/api/v1/tokens").status()).isEqualTo(403);
        assertThat(client.post("/api/v1/tokens", "{\"name\": \"X\", \"role\": \"administrator\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aTokenWorksUntilItIsRevokedAndItsTextIsShownOnce() throws Exception {
        var admin = center.as(Role.ADMINISTRATOR);

        var issued = admin.post("/api/v1/tokens", "{\"name\": \"Wall screen\", \"role\": \"supervisor\"}");
        var screen = admin.withToken(issued.text("/token"));
        var before = screen.get("/api/v1/queues");
        var revoked = admin.delete("/api/v1/tokens/" + issued.text("/tokenId"));

        assertThat(issued.status()).isEqualTo(201);
        assertThat(issued.text("/token")).startsWith("aw_" + center.id() + "_");
        assertThat(before.status()).isEqualTo(200);
        assertThat(revoked.text("/revokedAt")).isNotEmpty();
        assertThat(screen.get("/api/v1/queues").status()).isEqualTo(401);
        assertThat(admin.get("/api/v1/tokens").body()).contains("Wall screen").doesNotContain(issued.text("/token"));
    }

    @Test
    void aTokenSpeaksForOneRequestAndLeavesNoSessionBehind() throws Exception {
        var client = center.as(Role.ADMINISTRATOR);

        assertThat(client.get("/api/v1/users").header("Set-Cookie")).isEmpty();
        assertThat(client.post("/api/v1/tokens", "{\"name\": \"X\", \"role\": \"supervisor\"}")
                        .header("Set-Cookie"))
                .isEmpty();
    }

    @Test
    void aTokenIsRefusedAtTheAddressOfAnotherTenant() throws Exception {
        var client = center.as(Role.ADMINISTRATOR);
        var elsewhere = server.newTenant();

        assertThat(client.get("/t/" + center.id() + "/api/v1/users").status()).isEqualTo(200);
        assertThat(client.get("/t/" + elsewhere.id() + "/api/v1/users").status())
                .isEqualTo(401);
    }

    @Test
    void aUserIsCreatedChangedAndListedWithoutThePassword() throws Exception {
        var admin = center.as(Role.ADMINISTRATOR);

        var created = admin.post("/api/v1/users", """
                {"userName": "Ann", "name": "Ann Lee", "role": "agent", "agentId": "a-17", "password": "correct horse"}
                """);
        var changed = admin.patch("/api/v1/users/" + created.text("/userId"), "{\"role\": \"supervisor\"}");
        var listed = admin.get("/api/v1/users");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("/userName")).isEqualTo("ann");
        assertThat(created.text("/agentId")).isEqualTo("a-17");
        assertThat(changed.text("/role")).isEqualTo("supervisor");
        assertThat(changed.json().has("agentId")).isFalse();
        assertThat(listed.text("/items/0/name")).isEqualTo("Ann Lee");
        assertThat(listed.body()).doesNotContain("assword").doesNotContain("bcrypt");
    }

    @Test
    void missingAndWrongValuesAreNamed() throws Exception {
        var admin = center.as(Role.ADMINISTRATOR);

        var nothing = admin.post("/api/v1/users", "{}");
        var wrongRole = admin.post("/api/v1/tokens", "{\"name\": \"X\", \"role\": \"emperor\"}");

        assertThat(nothing.status()).isEqualTo(422);
        assertThat(nothing.json().at("/errors").findValuesAsString("pointer"))
                .containsExactly("#/userName", "#/name", "#/role", "#/password");
        assertThat(wrongRole.status()).isEqualTo(400);
    }

    @Test
    void oneTenantsUsersAndTokensAreUnknownToAnother() throws Exception {
        var ann = center.newUser("ann", Role.SUPERVISOR);
        var stranger = server.newTenant().as(Role.ADMINISTRATOR);

        assertThat(stranger.get("/api/v1/users").json().at("/items")).isEmpty();
        assertThat(stranger.get("/api/v1/users/" + ann.userId()).status()).isEqualTo(404);
        assertThat(stranger.patch("/api/v1/users/" + ann.userId(), "{\"disabled\": true}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theTrailTellsWhoGaveAccessToWhom() throws Exception {
        var admin = center.as(Role.ADMINISTRATOR);
        admin.post("/api/v1/users", """
                {"userName": "ann", "name": "Ann Lee", "role": "supervisor", "password": "correct horse"}
                """);

        var trail = center.as(Role.COMPLIANCE_OFFICER).get("/api/v1/audit?kind=user.created");

        assertThat(trail.text("/items/0/actor")).startsWith("token:");
        assertThat(trail.text("/items/0/details/userName")).isEqualTo("ann");
        assertThat(trail.body()).doesNotContain("correct horse");
        assertThat(center.as(Role.SUPERVISOR).get("/api/v1/audit").status()).isEqualTo(403);
        assertThat(admin.get("/api/v1/audit?limit=0").status()).isEqualTo(422);
    }

    @Test
    void aBodyOfMoreThanEightMebibytesIsRefusedHoweverItIsSent() throws Exception {
        var admin = center.as(Role.ADMINISTRATOR);
        var large = new byte[8 * 1024 * 1024 + 1];

        var announced = admin.send(admin.request("/api/v1/catalog")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(large)));
        var streamed = admin.send(admin.request("/api/v1/catalog")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));

        assertThat(announced.status()).isEqualTo(413);
        assertThat(streamed.status()).isEqualTo(413);
        assertThat(streamed.text("/type")).isEqualTo("/problems/too-large");
    }

    @Test
    void anUnknownAddressOfTheApiIsAProblemToo() throws Exception {
        var answer = center.as(Role.ADMINISTRATOR).get("/api/v1/nothing-here");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("/type")).isEqualTo("/problems/not-found");
    }

    @Test
    void theDescriptionOfTheApiIsForThoseWhoMayUseIt() throws Exception {
        var client = center.as(Role.INTEGRATION);

        var description = client.get("/openapi.json");

        assertThat(server.anonymous().get("/openapi.json").status()).isEqualTo(401);
        assertThat(description.status()).isEqualTo(200);
        assertThat(description.text("/openapi")).startsWith("3.1");
        assertThat(description.json().at("/paths").propertyNames()).contains("/api/v1/users", "/api/v1/catalog");
        assertThat(description.json().findParents("in"))
                .extracting(parameter -> parameter.path("name").asString())
                .contains("limit")
                .doesNotContain("caller");
        assertThat(description.text("/components/securitySchemes/token/scheme")).isEqualTo("bearer");
        assertThat(client.get("/v3/api-docs").status()).isEqualTo(404);
    }

    @Test
    void thePageOfTheApiWorksForSignedInPeople() throws Exception {
        center.newUser("root", Role.ADMINISTRATOR);
        var browser = center.browser();
        browser.signIn("root");

        var page = browser.get("/docs/api");
        var shown = browser.get(page.header("Location").replaceFirst(".*?/t/" + center.id(), ""));

        assertThat(page.status()).isEqualTo(302);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body())
                .contains("swagger-ui-bundle.js")
                .doesNotContainPattern("<script(?![^>]*\\bsrc=)[^>]*>");
        assertThat(shown.header("Content-Security-Policy"))
                .contains("script-src 'self';")
                .contains("style-src 'self' 'unsafe-inline'");
    }

    @Test
    void healthIsOpenToAll() throws Exception {
        assertThat(server.anonymous().get("/health/live").status()).isEqualTo(200);
        assertThat(server.anonymous().get("/health/ready").status()).isEqualTo(200);
    }
}
