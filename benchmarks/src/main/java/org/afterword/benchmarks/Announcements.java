package org.afterword.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Listens to the server's stream and tells of everything that happens to wrap-ups and drafts, at once. */
final class Announcements implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * @param type   such as {@code wrapup.opened}
     * @param status of the draft, in {@code draft.changed}
     */
    record Heard(String type, String wrapUp, String interaction, String status) {
        /** Its contact has ended, so that nothing is missing. */
        boolean isFinishedDraft() {
            return isDraft() && status.equals("ready");
        }

        boolean isDraft() {
            return type.equals("draft.changed");
        }
    }

    private final InputStream stream;
    private final Consumer<Heard> heard;
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger resets = new AtomicInteger();
    private volatile String position = "";
    private volatile boolean closed;

    private Announcements(InputStream stream, Consumer<Heard> heard) {
        this.stream = stream;
        this.heard = heard;
    }

    /** @param heard is called by the thread that reads, so it has to be quick */
    static Announcements listen(Client client, Consumer<Heard> heard) throws IOException, InterruptedException {
        return begin(client.stream(null), heard);
    }

    /** As {@link #listen}, with everything that was announced after {@code position} of an earlier one. */
    static Announcements resume(Client client, String position, Consumer<Heard> heard)
            throws IOException, InterruptedException {
        return begin(client.stream(position), heard);
    }

    private static Announcements begin(InputStream stream, Consumer<Heard> heard) throws InterruptedException {
        var announcements = new Announcements(stream, heard);
        Thread.ofPlatform().name("announcements").daemon().start(announcements::read);
        announcements.open.await();
        return announcements;
    }

    /** Whether the server has cut off the stream since it was too slow, so that announcements were lost. */
    boolean wasCutOff() {
        return resets.get() > 0;
    }

    /** Of what was heard last. */
    String position() {
        return position;
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String type = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    type = line.substring("event: ".length());
                } else if (line.startsWith("id: ")) {
                    position = line.substring("id: ".length());
                } else if (line.startsWith("data: ")) {
                    take(type, line.substring("data: ".length()));
                }
            }
            if (!closed) {
                resets.incrementAndGet();
            }
        } catch (IOException e) {
            if (!closed) {
                resets.incrementAndGet();
            }
        }
    }

    private void take(String type, String data) {
        switch (type) {
            case "ready" -> open.countDown();
            case "reset" -> resets.incrementAndGet();
            default -> {
                JsonNode changed = JSON.readTree(data);
                heard.accept(new Heard(
                        type,
                        changed.path("wrapUpId").asString(""),
                        changed.path("interactionId").asString(""),
                        changed.path("status").asString("")));
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        stream.close();
    }
}
