package org.afterword;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.NewUser;
import org.afterword.identity.Role;
import org.afterword.identity.Tenant;
import org.afterword.identity.TenantDirectory;
import org.afterword.identity.Tokens;
import org.afterword.identity.User;
import org.afterword.identity.Users;
import org.afterword.platform.Json;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * The whole program on a free port, with a real database, started once in the test JVM. Tests share it and keep out of each
 * other's way by tenants: {@link #newTenant} makes one, with the starter catalog and nothing else.
 *
 * {@snippet :
 * final ApiServer.Center center = ApiServer.running().newTenant();
 *
 * @Test
 * void anAdministratorReadsTheTrail() throws Exception {
 *     assertThat(center.as(Role.ADMINISTRATOR).get("/api/v1/audit").status()).isEqualTo(200);
 * }
 * }
 */
public final class ApiServer implements AutoCloseable {
    public static final String PASSWORD = "correct horse battery";

    private static final AtomicInteger TENANTS = new AtomicInteger();

    private final ConfigurableApplicationContext context;
    private final Path recordings;

    private ApiServer(ConfigurableApplicationContext context, Path recordings) {
        this.context = context;
        this.recordings = recordings;
    }

    /** The server of this test JVM. */
    public static ApiServer running() {
        return Running.SERVER;
    }

    /** A second program, on a data folder of its own with a database of its own; the caller closes it. */
    public static ApiServer on(Path data) {
        return start(data, List.of());
    }

    private static ApiServer start(Path data, List<String> more) {
        var recordings = data.resolve("recordings");
        var program = new SpringApplication(Afterword.class);
        program.setRegisterShutdownHook(false);
        var arguments = new ArrayList<>(List.of(
                "--afterword.port=0", "--afterword.data=" + data, "--afterword.language-model.allow-loopback=true"));
        arguments.addAll(more);
        return new ApiServer(program.run(arguments.toArray(String[]::new)), recordings);
    }

    @Override
    public void close() {
        context.close();
    }

    /** A center that is there already. */
    public Center center(TenantId id) {
        return new Center(id);
    }

    public URI address() {
        return URI.create("http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** A part of the program, to prepare what the API cannot, or to see what it does not show. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** All parts of the program that are of this type. */
    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    /** Requests without any sign-in. */
    public ApiClient anonymous() {
        return new ApiClient(address(), null);
    }

    /** A tenant that no other test knows, reached by its path. */
    public Center newTenant() {
        return newTenant(null);
    }

    /** As {@link #newTenant()}, with a host name. */
    public Center newTenant(@Nullable String host) {
        var id = new TenantId("test-" + TENANTS.incrementAndGet());
        bean(TenantDirectory.class).create(new Tenant(id, "Test center " + id, host, ZoneOffset.UTC));
        return new Center(id);
    }

    /** A contact center on this server. */
    public final class Center {
        private final TenantId id;

        private Center(TenantId id) {
            this.id = id;
        }

        public TenantId id() {
            return id;
        }

        /** The folder in which the server looks for recordings of this center. */
        public Path recordings() throws IOException {
            return Files.createDirectories(recordings.resolve(id.value()));
        }

        /** Requests with a new token of this role; not for agents, who need an id. */
        public ApiClient as(Role role) {
            return withToken(role, null);
        }

        /** Requests with a new token of this agent. */
        public ApiClient asAgent(String agentId) {
            return withToken(Role.AGENT, new AgentId(agentId));
        }

        private ApiClient withToken(Role role, @Nullable AgentId agentId) {
            var issued = bean(Tokens.class).issue("Test", role, agentId, setUp());
            return new ApiClient(address(), issued.text());
        }

        /** Sends events as a connector does, and holds that all of them are taken. */
        public void take(JsonNode... events) throws IOException, InterruptedException {
            ApiClient connector = as(Role.INTEGRATION);
            var answer = connector.send(connector
                    .request("/api/v1/events")
                    .header("Content-Type", "application/cloudevents-batch+json")
                    .POST(BodyPublishers.ofString(Json.write(List.of(events)))));
            assertThat(answer.text("/accepted")).as(answer.body()).isEqualTo(String.valueOf(events.length));
        }

        /** A person who signs in with {@link #PASSWORD}; an agent gets the user name as id. */
        public User newUser(String userName, Role role) {
            return newUser(userName, role, role == Role.AGENT ? new AgentId(userName) : null);
        }

        /** A person who signs in with {@link #PASSWORD} and is at work as {@code agentId}, if that is not null. */
        public User newUser(String userName, Role role, @Nullable AgentId agentId) {
            return bean(Users.class).create(new NewUser(userName, userName, role, agentId, PASSWORD), setUp());
        }

        /** A browser that has not been anywhere, for this tenant's pages. */
        public Browser browser() {
            return new Browser(address(), "/t/" + id);
        }

        private Caller setUp() {
            return new Caller(id, "token:setup", "Set-up", Role.ADMINISTRATOR, null);
        }
    }

    private static final class Running {
        static final ApiServer SERVER = start();

        private static ApiServer start() {
            var database = PostgresDatabase.ofProgram();
            var data = temporaryFolder();
            var server = ApiServer.start(
                    data,
                    List.of(
                            "--afterword.database.url=" + database.ownerLogin().url(),
                            "--afterword.database.owner.user="
                                    + database.ownerLogin().user(),
                            "--afterword.database.owner.password="
                                    + database.ownerLogin().password(),
                            "--afterword.database.app.user="
                                    + database.appLogin().user(),
                            "--afterword.database.app.password="
                                    + database.appLogin().password()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, data)));
            return server;
        }

        private static void stop(ApiServer server, Path data) {
            server.close();
            try {
                FileSystemUtils.deleteRecursively(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Path temporaryFolder() {
            try {
                return Files.createTempDirectory("afterword-test-server-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
