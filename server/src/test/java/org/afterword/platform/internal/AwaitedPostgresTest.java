package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.afterword.platform.DatabaseLogin;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.StartupException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.mock.env.MockEnvironment;

class AwaitedPostgresTest {
    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    private final List<String> said = new ArrayList<>();
    private @Nullable ServerSocket door;
    private int pauses;
    private long nanos;

    @AfterEach
    void closeTheDoor() throws IOException {
        if (door != null) {
            door.close();
        }
    }

    @Test
    void aDatabaseThatComesLaterIsWaitedFor() throws IOException {
        int port = freePort();
        var login = at(port);

        wait(login, () -> {
            if (pauses == 25) {
                open(port);
            }
        });

        assertThat(pauses).isEqualTo(25);
        assertThat(said).hasSize(3).allMatch(words -> words.contains("localhost:" + port));
        assertThat(said).noneMatch(words -> words.contains(login.password()));
    }

    @Test
    void oneThatNeverComesIsGivenUpAfterFiveMinutes() throws IOException {
        var login = at(freePort());

        assertThatThrownBy(() -> wait(login, () -> {}))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(login.user());
        assertThat(Duration.ofNanos(nanos)).isEqualTo(AwaitedPostgres.LONGEST);
    }

    @Test
    void oneThatLetsNobodyInIsNotWaitedFor() {
        var owner = database.ownerLogin();

        for (var wrong : List.of(
                new DatabaseLogin(owner.url(), owner.user(), "wrong"),
                new DatabaseLogin(owner.url().replaceFirst("/[^/]+$", "/absent"), owner.user(), owner.password()),
                new DatabaseLogin("jdbc:postgresql://host:port/x", owner.user(), owner.password()))) {
            assertThatThrownBy(() -> wait(wrong, () -> {})).isInstanceOf(StartupException.class);
        }
        assertThat(pauses).isZero();
    }

    @Test
    void theOneThatComesAlongIsNot() {
        AwaitedPostgres.await(new MockEnvironment(), said::add);
        AwaitedPostgres.await(
                new MockEnvironment()
                        .withProperty(
                                "afterword.database.url", database.ownerLogin().url())
                        .withProperty(
                                "afterword.database.owner.user",
                                database.ownerLogin().user())
                        .withProperty(
                                "afterword.database.owner.password",
                                database.ownerLogin().password()),
                said::add);

        assertThat(said).isEmpty();
    }

    /** A second passes with each pause. */
    private void wait(DatabaseLogin login, Runnable meanwhile) {
        Runnable pause = () -> {
            pauses++;
            nanos += Duration.ofSeconds(1).toNanos();
            meanwhile.run();
        };
        new AwaitedPostgres(login, () -> nanos, pause, said::add).await();
    }

    private DatabaseLogin at(int port) {
        var owner = database.ownerLogin();
        return new DatabaseLogin(
                "jdbc:postgresql://localhost:%d%s".formatted(port, real().getPath()), owner.user(), owner.password());
    }

    private URI real() {
        return URI.create(database.ownerLogin().url().substring("jdbc:".length()));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** From now on, who comes to {@code port} is at the database. */
    private void open(int port) {
        try {
            var opened = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            door = opened;
            Thread.startVirtualThread(() -> {
                try (var client = opened.accept();
                        var server = new Socket(real().getHost(), real().getPort())) {
                    Thread.startVirtualThread(() -> carry(server, client));
                    carry(client, server);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one of them was closed
        }
    }
}
