package org.afterword.delivery.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.afterword.platform.Json;
import org.afterword.platform.TenantId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Appends events to a file for each tenant and month: {@code FOLDER/default/2026-03.jsonl}. Each line begins with the id of
 * its delivery and when it was written. Before an event is tried again, that id is looked for among the lines written since
 * the first try, so that it stands there once, whatever died meanwhile.
 */
final class JsonLinesDelivery implements Outlet {
    /** Lines of several nodes may be written in an order that differs a little from their clocks'. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final Path folder;
    private final InstantSource clock;

    /** @param folder shared by all nodes that deliver */
    JsonLinesDelivery(Path folder, TenantId tenant, InstantSource clock) {
        this.folder = folder.resolve(tenant.value());
        this.clock = clock;
    }

    @Override
    public Outcome deliver(Message message) {
        try {
            Files.createDirectories(folder);
            YearMonth month = YearMonth.from(message.eventAt().atOffset(ZoneOffset.UTC));
            try (JsonLinesFile file = JsonLinesFile.open(folder, month + ".jsonl")) {
                if (message.triedSince() == null || !holds(file, message.id(), message.triedSince())) {
                    file.append(line(message));
                }
                return new Outcome.Delivered();
            }
        } catch (IOException e) {
            return failure(e);
        }
    }

    @Override
    public Outcome test() {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "test", ".tmp"));
            return new Outcome.Delivered();
        } catch (IOException e) {
            return failure(e);
        }
    }

    private static Outcome failure(IOException e) {
        return new Outcome.Retry("the file cannot be written: " + e);
    }

    private String line(Message message) {
        ObjectNode line = Json.object().put("deliveryid", message.id());
        line.set("writtenat", Json.tree(clock.instant()));
        line.setAll((ObjectNode) Json.read(message.body()));
        return Json.write(line);
    }

    private static boolean holds(JsonLinesFile file, String deliveryId, Instant since) throws IOException {
        Instant oldest = since.minus(CLOCK_SKEW);
        return file.findLast(text -> Written.parse(text)
                        .filter(line -> line.deliveryId().equals(deliveryId)
                                || line.at().isBefore(oldest))
                        .isPresent())
                .flatMap(Written::parse)
                .filter(line -> line.deliveryId().equals(deliveryId))
                .isPresent();
    }

    private record Written(String deliveryId, Instant at) {
        /** Empty for a line that somebody else put there. */
        static Optional<Written> parse(String text) {
            try {
                JsonNode line = Json.read(text);
                return Optional.of(new Written(
                        line.path("deliveryid").asString(""),
                        Instant.parse(line.path("writtenat").asString(""))));
            } catch (JacksonException | DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }
}
