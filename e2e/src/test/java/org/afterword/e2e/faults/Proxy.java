package org.afterword.e2e.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between the program and its database that can be cut. */
final class Proxy implements AutoCloseable {
    enum Cut {
        /** All connections end at once. */
        CLOSE,
        /** What is asked arrives, the answers do not; then the connections end: also in the middle of a commit. */
        DEAF,
        /** Nothing passes for a while, and then goes on as if nothing had been. */
        STALL,
        /** Nothing passes for a while, in new connections either; then all end. */
        BLACK_HOLE
    }

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean questionsPass = true;
    private volatile boolean answersPass = true;
    private volatile boolean answersAreLost;

    Proxy(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void cut(Cut how, Duration time) {
        switch (how) {
            case CLOSE -> endAll();
            case DEAF -> {
                answersAreLost = true;
                Api.pause(time);
                endAll();
                answersAreLost = false;
            }
            case STALL -> {
                pass(false);
                Api.pause(time);
                pass(true);
            }
            case BLACK_HOLE -> {
                pass(false);
                Api.pause(time);
                endAll();
                pass(true);
            }
        }
    }

    private void pass(boolean all) {
        questionsPass = all;
        answersPass = all;
    }

    private void endAll() {
        open.forEach(Proxy::end);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // then it has ended already
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                open.add(client);
                Thread.ofVirtual().name("proxy-connection").start(() -> connect(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void connect(Socket client) {
        try (client;
                var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            Thread back = Thread.ofVirtual().name("proxy-answers").start(() -> copy(server, client, false));
            copy(client, server, true);
            back.join();
            open.remove(server);
        } catch (IOException e) {
            // the database is not there
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    /** Ends both when one has ended. */
    private void copy(Socket from, Socket to, boolean questions) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var bytes = new byte[16 * 1024];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                while (!(questions ? questionsPass : answersPass)) {
                    Api.pause(LOOK_AGAIN);
                }
                if (questions || !answersAreLost) {
                    out.write(bytes, 0, read);
                }
            }
        } catch (IOException e) {
            // one of them has ended
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        endAll();
    }
}
