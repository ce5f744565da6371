package org.afterword.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.firewall.RequestRejectedException;

class FirewallRefusalTest {
    @ParameterizedTest
    @CsvSource({"'', /api/v1/agents/a, true", "/t/east, /t/east/api/v1/agents/a, true", "/t/east, /t/east/floor, false"
    })
    void aProgramIsToldInProblemDetails(String prefix, String address, boolean program) throws Exception {
        var request = new MockHttpServletRequest("GET", address);
        request.setContextPath(prefix);
        var response = new MockHttpServletResponse();

        new FirewallRefusal().handle(request, response, new RequestRejectedException("no"));

        assertThat(response.getStatus()).isEqualTo(400);
        assertThat("application/problem+json".equals(response.getContentType())).isEqualTo(program);
    }
}
