package org.afterword.governance;

import java.time.Instant;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What a look through a tenant's whole trail found.
 *
 * @param proved         entries whose link follows from all entries before them
 * @param contents       of the proved ones: how many contents are there and are what was digested
 * @param erased         of the proved ones: how many contents are not there any more
 * @param unlinked       entries that wait to be linked, and so are not proved
 * @param oldestUnlinked when the oldest of these was recorded; null if there is none
 * @param head           of the proved part
 * @param fault          the first thing that is wrong; null = the trail is whole
 */
public record TrailReport(
        TenantId tenant,
        long proved,
        long contents,
        long erased,
        long unlinked,
        @Nullable Instant oldestUnlinked,
        ChainHead head,
        @Nullable Fault fault) {

    /**
     * The first broken entry.
     *
     * @param sequence its place in the chain, or the place before which an entry without one stands
     * @param entry    when it was recorded and its number; null if only its place is known
     * @param detail   in one line, for people
     */
    public record Fault(long sequence, Kind kind, @Nullable String entry, String detail) {
        @Override
        public String toString() {
            return "broken at sequence %d%s: %s (%s)"
                    .formatted(sequence, entry == null ? "" : ", entry " + entry, kind.word(), detail);
        }
    }

    /** What happened to an entry. */
    public enum Kind {
        CHANGED("changed"),
        CONTENT_CHANGED("content changed"),
        MISSING("missing"),
        INSERTED("inserted"),
        OUT_OF_ORDER("out of order"),
        CUT_OFF("cut off"),
        REWRITTEN("rewritten"),
        UNREADABLE("unreadable");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public boolean isWhole() {
        return fault == null;
    }
}
