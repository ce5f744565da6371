package org.afterword.demo.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.afterword.Afterword;
import org.afterword.ApiServer;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.identity.Tokens;
import org.afterword.identity.Users;
import org.afterword.platform.StartupException;
import org.afterword.platform.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

/** The demo stays away from what is not its own. */
class DemoProgramTest {
    private static final Caller SOMEBODY =
            new Caller(TenantId.DEFAULT, "token:setup", "Set-up", Role.ADMINISTRATOR, null);

    @TempDir
    Path data;

    @Test
    void itDoesNotPlayInADatabaseOfSomebodys() {
        var program = new SpringApplication(Afterword.class);
        program.setRegisterShutdownHook(false);

        assertThatThrownBy(() -> program.run(
                        "--afterword.port=0",
                        "--afterword.data=" + data,
                        "--afterword.demo.enabled=true",
                        "--afterword.database.url=postgresql://nobody@127.0.0.1:1/none"))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("never in yours");
    }

    @Test
    void itDoesNotFurnishWhatSomebodyElseHasSetUp() {
        var server = ApiServer.running();
        var tokens = server.bean(Tokens.class);
        tokens.issue("A connector's", Role.INTEGRATION, null, SOMEBODY);
        int before = tokens.list(TenantId.DEFAULT).size();
        var demo = new DemoProgram(
                new DemoSettings(true, 2),
                data,
                data.resolve("recordings"),
                tokens,
                server.bean(Users.class),
                InstantSource.system());

        assertThatThrownBy(() -> demo.start(ready())).isInstanceOf(StartupException.class);
        assertThat(tokens.list(TenantId.DEFAULT)).hasSize(before);
    }

    private static ApplicationReadyEvent ready() {
        var context = new GenericApplicationContext();
        context.setEnvironment(new MockEnvironment().withProperty("local.server.port", "0"));
        return new ApplicationReadyEvent(new SpringApplication(), new String[0], context, Duration.ZERO);
    }
}
