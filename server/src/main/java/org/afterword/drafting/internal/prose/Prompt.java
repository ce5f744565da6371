package org.afterword.drafting.internal.prose;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Disposition;
import org.afterword.platform.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a model is told: rules of ours, in a file of a version, and the contact as data beside them. */
final class Prompt {
    /** A new file for whatever could change an answer: drafts name the version that made them. */
    static final String VERSION = "prose-1";

    private static final String RULES = read("/prompts/" + VERSION + ".md");

    private Prompt() {}

    private static String read(String resource) {
        try (InputStream file = Prompt.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(file, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param fault what was wrong with the last answer; null at first */
    static String rules(@Nullable String fault) {
        return fault == null
                ? RULES
                : RULES + "\nYour last answer could not be used: %s. Answer anew.\n".formatted(fault);
    }

    /** @param dispositions codes of {@code catalog} to choose from */
    static String words(OutgoingContact contact, Catalog catalog, List<String> dispositions) {
        ObjectNode words = Json.object();
        ArrayNode codes = words.putArray("dispositions");
        for (String code : dispositions) {
            Disposition disposition = catalog.findDisposition(code).orElseThrow();
            ObjectNode described = Json.object().put("code", code).put("label", disposition.label());
            if (disposition.description() != null) {
                described.put("description", disposition.description());
            }
            codes.add(described);
        }
        words.set("lines", contact.leaving());
        return Json.write(words);
    }
}
