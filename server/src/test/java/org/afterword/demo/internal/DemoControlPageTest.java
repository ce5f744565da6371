package org.afterword.demo.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.afterword.demo.internal.DemoControl.Change;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;
import org.afterword.platform.TenantId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.mock.web.MockHttpServletRequest;

/** The one controller that the server of the other tests does not have: its roles. */
class DemoControlPageTest {
    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // nobody gets as far as the demo
    final DemoControlPage page = new DemoControlPage(null);

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"SUPERVISOR", "ADMINISTRATOR"})
    void onlySupervisorsAndAdministratorsSteer(Role role) {
        var caller = new Caller(TenantId.DEFAULT, "user:x", "X", role, role == Role.AGENT ? new AgentId("x") : null);
        var request = new MockHttpServletRequest();

        assertThatThrownBy(() -> page.get(caller)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> page.show(request, caller)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> page.press(DemoControlPage.Button.PAUSE, request, caller))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> page.change(new Change(null, true), caller)).isInstanceOf(ProblemException.class);
    }
}
