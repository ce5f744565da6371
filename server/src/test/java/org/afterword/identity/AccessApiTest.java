package org.afterword.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.afterword.ApiServer;
import org.junit.jupiter.api.Test;

class AccessApiTest {
    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();

    @Test
    void whoSendsNothingIsAskedToSignIn() throws Exception {
        var answer = server.anonymous().get("/api/v1/users");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("/type")).isEqualTo("/problems/unauthenticated");
    }
}
