package org.afterword.governance.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One place in the trail, as the database or an export has it. Hashes, digests and salts are hexadecimal.
 *
 * @param link    null = the entry is not linked
 * @param entry   null = there is a link and no entry for it
 * @param content null = there is none, or it was erased
 * @param before  of an entry without a link: the first linked one that stands behind it; null if there is none, as it should be
 */
public record Chained(
        Key key,
        @Nullable Link link,
        @Nullable Entry entry,
        @Nullable Content content,
        @Nullable Long before) {

    /** What names an entry in its tenant's trail. */
    public record Key(Instant recordedAt, long number) {
        /** As people are told of it. */
        @Override
        public String toString() {
            return "%d of %s".formatted(number, recordedAt);
        }
    }

    public record Link(long sequence, Instant linkedAt, String hash) {}

    /** @param digest of the content; empty = there never was one */
    public record Entry(String actor, String kind, String subject, String digest) {}

    /** @param text the JSON exactly as it was digested */
    public record Content(String salt, String text) {}

    static Chained linked(Key key, Link link, @Nullable Entry entry, @Nullable Content content) {
        return new Chained(key, link, entry, content, null);
    }

    static Chained unlinked(Key key, Entry entry, @Nullable Content content, @Nullable Long before) {
        return new Chained(key, null, entry, content, before);
    }
}
