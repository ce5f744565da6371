package org.afterword.e2e.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;

/** Another system that takes webhooks. Now and then it fails, or takes one and breaks off before it says so. */
final class Receiver implements AutoCloseable {
    private static final double FAILS = 0.02;
    private static final double BREAKS_OFF = 0.02;

    private final ConcurrentMap<String, String> bodies = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final Ledger ledger;
    private final Random random;

    Receiver(Ledger ledger, long seed) throws IOException {
        this.ledger = ledger;
        this.random = new Random(seed);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/records";
    }

    /** By webhook id, which a receiver tells repeats by. */
    Map<String, String> bodies() {
        return bodies;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            double luck;
            synchronized (random) {
                luck = random.nextDouble();
            }
            if (luck < FAILS) {
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            String before = bodies.putIfAbsent(id, body);
            if (before != null && !before.equals(body)) {
                ledger.violated("delivery %s came twice with different bodies".formatted(id));
            }
            if (luck > 1 - BREAKS_OFF) {
                throw new IOException("broken off on purpose");
            }
            exchange.sendResponseHeaders(204, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
