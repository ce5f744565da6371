package org.afterword.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import org.afterword.ApiServer;
import org.afterword.identity.Role;
import org.junit.jupiter.api.Test;

class SessionIdsTest {
    final ApiServer.Center center = ApiServer.running().newTenant();

    @Test
    void anIdHasMoreThanThe128BitsThatCannotBeGuessed() {
        var ids = new HashSet<String>();
        for (int i = 0; i < 1000; i++) {
            ids.add(new SessionIds().generate());
        }
        assertThat(ids).hasSize(1000).allMatch(id -> Base64.getUrlDecoder().decode(id).length == 27);
    }

    @Test
    void sessionsHaveSuchIds() throws Exception {
        center.newUser("ann", Role.ADMINISTRATOR);
        var browser = center.browser();
        browser.signIn("ann");

        String id = new String(Base64.getDecoder().decode(browser.session()), StandardCharsets.UTF_8);

        assertThat(Base64.getUrlDecoder().decode(id)).hasSize(27);
    }
}
