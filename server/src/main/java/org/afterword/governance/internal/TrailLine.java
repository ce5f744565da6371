package org.afterword.governance.internal;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.afterword.governance.internal.Chained.Content;
import org.afterword.governance.internal.Chained.Entry;
import org.afterword.governance.internal.Chained.Key;
import org.afterword.governance.internal.Chained.Link;
import org.jspecify.annotations.Nullable;

/**
 * One place in the trail as a line of an export. What is not there is left out; {@code content} is a text that holds JSON, since
 * its very bytes were digested.
 */
@JsonPropertyOrder({
    "sequence",
    "recordedAt",
    "number",
    "actor",
    "kind",
    "subject",
    "digest",
    "salt",
    "content",
    "linkedAt",
    "hash",
    "before"
})
record TrailLine(
        @Nullable Long sequence,
        String recordedAt,
        long number,
        @Nullable String actor,
        @Nullable String kind,
        @Nullable String subject,
        @Nullable String digest,
        @Nullable String salt,
        @Nullable String content,
        @Nullable String linkedAt,
        @Nullable String hash,
        @Nullable Long before) {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    static TrailLine of(Chained place) {
        Link link = place.link();
        Entry entry = place.entry();
        Content content = place.content();
        return new TrailLine(
                link == null ? null : link.sequence(),
                MICROS.format(place.key().recordedAt()),
                place.key().number(),
                entry == null ? null : entry.actor(),
                entry == null ? null : entry.kind(),
                entry == null ? null : entry.subject(),
                entry == null ? null : entry.digest(),
                content == null ? null : content.salt(),
                content == null ? null : content.text(),
                link == null ? null : MICROS.format(link.linkedAt()),
                link == null ? null : link.hash(),
                place.before());
    }

    /** Throws {@link IllegalArgumentException} or {@link java.time.DateTimeException} where the line cannot be of an export. */
    Chained place() {
        var key = new Key(Instant.parse(recordedAt), number);
        Entry entry = actor == null || kind == null || subject == null || digest == null
                ? null
                : new Entry(actor, kind, subject, digest);
        Content kept = salt == null || content == null ? null : new Content(salt, content);
        if (sequence != null && linkedAt != null && hash != null) {
            return Chained.linked(key, new Link(sequence, Instant.parse(linkedAt), hash), entry, kept);
        }
        if (entry == null) {
            throw new IllegalArgumentException("it holds neither a link nor an entry");
        }
        return Chained.unlinked(key, entry, kept, before);
    }
}
