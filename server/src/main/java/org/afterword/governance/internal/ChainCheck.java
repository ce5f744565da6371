package org.afterword.governance.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.afterword.governance.ChainHead;
import org.afterword.governance.TrailReport;
import org.afterword.governance.TrailReport.Fault;
import org.afterword.governance.TrailReport.Kind;
import org.afterword.governance.internal.Chained.Content;
import org.afterword.governance.internal.Chained.Entry;
import org.afterword.governance.internal.Chained.Key;
import org.afterword.governance.internal.Chained.Link;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Walks along a tenant's chain and computes every link anew, up to the first that is wrong; that one it looks at more closely, to say
 * what happened. Knows no database: what it walks along may come from an export.
 */
public final class ChainCheck {
    /** How far behind a broken link its entry is looked for. */
    private static final int LOOK_AHEAD = 1000;

    private final TenantId tenant;
    private final @Nullable ChainHead noted;
    private final LongConsumer progress;
    private ChainHead head = ChainHead.NONE;
    private ChainHead beforeHead = ChainHead.NONE;
    private long contents;
    private long erased;
    private long unlinked;
    private @Nullable Instant oldestUnlinked;
    private @Nullable Fault fault;

    /**
     * @param noted    a head of an earlier run that the chain must contain; null = none was noted
     * @param progress is told now and then how many entries are proved
     */
    public ChainCheck(TenantId tenant, @Nullable ChainHead noted, LongConsumer progress) {
        this.tenant = tenant;
        this.noted = noted;
        this.progress = progress;
    }

    /** Walks along the linked places, in the order of their sequence. */
    public void walk(Iterator<Chained> linked) {
        while (fault == null && linked.hasNext()) {
            Chained place = linked.next();
            Link link = place.link();
            if (link == null) {
                throw new IllegalArgumentException("entry %s is not linked".formatted(place.key()));
            }
            fault = faultOf(place, link, linked).orElse(null);
            if (fault == null) {
                beforeHead = head;
                head = new ChainHead(link.sequence(), link.hash());
                fault = rewritten().orElse(null);
                progress.accept(head.sequence());
            }
        }
        if (fault == null && noted != null && noted.sequence() > head.sequence()) {
            fault = new Fault(
                    head.sequence() + 1,
                    Kind.CUT_OFF,
                    null,
                    "the noted head is sequence %d, and the trail ends at %d"
                            .formatted(noted.sequence(), head.sequence()));
        }
    }

    /** Notes that what follows cannot be read, unless something is wrong before it. */
    public void unreadable(String why) {
        if (fault == null) {
            fault = new Fault(head.sequence() + 1, Kind.UNREADABLE, null, why);
        }
    }

    public boolean foundFault() {
        return fault != null;
    }

    /** Counts an entry without a link, and sees whether it may be without. */
    public void unlinked(Chained place) {
        Long before = place.before();
        if (before != null) {
            if (fault == null || before < fault.sequence()) {
                fault = new Fault(
                        before,
                        Kind.INSERTED,
                        place.key().toString(),
                        "it stands before this sequence and has no link");
            }
            return;
        }
        unlinked++;
        Instant at = place.key().recordedAt();
        oldestUnlinked = oldestUnlinked == null || at.isBefore(oldestUnlinked) ? at : oldestUnlinked;
    }

    public TrailReport report() {
        return new TrailReport(tenant, head.sequence(), contents, erased, unlinked, oldestUnlinked, head, fault);
    }

    private Optional<Fault> faultOf(Chained place, Link link, Iterator<Chained> rest) {
        long expected = head.sequence() + 1;
        if (link.sequence() != expected) {
            return Optional.of(wrongPlace(expected, place, rest));
        }
        Entry entry = place.entry();
        if (entry == null) {
            return fault(place, link, Kind.MISSING, "its link is there, the entry is not");
        }
        if (!follows(head.hash(), expected, place.key(), entry, link.linkedAt(), link.hash())) {
            return Optional.of(wrongHash(place, link, entry, rest));
        }
        return content(place, link, entry);
    }

    private Optional<Fault> content(Chained place, Link link, Entry entry) {
        Content content = place.content();
        if (content == null) {
            erased += entry.digest().isEmpty() ? 0 : 1;
            return Optional.empty();
        }
        if (entry.digest().isEmpty()) {
            return fault(place, link, Kind.CONTENT_CHANGED, "there is content, and was none when it was recorded");
        }
        if (!Fingerprint.ofContent(content).equals(entry.digest())) {
            return fault(place, link, Kind.CONTENT_CHANGED, "the content is not what was digested");
        }
        contents++;
        return Optional.empty();
    }

    private Fault wrongPlace(long expected, Chained place, Iterator<Chained> rest) {
        long found = sequence(place);
        List<Chained> ahead = ahead(place, rest);
        Chained belongs = ahead.stream()
                .filter(other -> sequence(other) == expected || hasTheHashOf(expected, other))
                .findFirst()
                .orElse(null);
        if (belongs != null || found < expected) {
            String detail = belongs == null
                    ? "sequence %d stands here a second time".formatted(found)
                    : "entry %s belongs here, and stands at sequence %d".formatted(belongs.key(), sequence(belongs));
            return new Fault(expected, Kind.OUT_OF_ORDER, place.key().toString(), detail);
        }
        return new Fault(
                expected,
                Kind.MISSING,
                null,
                "the next that is there is sequence %d, entry %s".formatted(found, place.key()));
    }

    private Fault wrongHash(Chained place, Link link, Entry entry, Iterator<Chained> rest) {
        long sequence = link.sequence();
        if (sequence > 1
                && follows(beforeHead.hash(), sequence - 1, place.key(), entry, link.linkedAt(), link.hash())) {
            return new Fault(
                    sequence - 1,
                    Kind.INSERTED,
                    null,
                    "entry %s, now at sequence %d, was linked in its place".formatted(place.key(), sequence));
        }
        List<Chained> ahead = ahead(place, rest);
        for (Chained other : ahead.subList(1, ahead.size())) {
            Entry its = other.entry();
            boolean exchanged =
                    its != null && follows(head.hash(), sequence, other.key(), its, link.linkedAt(), link.hash());
            if (exchanged || hasTheHashOf(sequence, other)) {
                return new Fault(
                        sequence,
                        Kind.OUT_OF_ORDER,
                        place.key().toString(),
                        "entry %s belongs here, and stands at sequence %d".formatted(other.key(), sequence(other)));
            }
        }
        return new Fault(
                sequence,
                Kind.CHANGED,
                place.key().toString(),
                "its link does not follow from what it says and from the link before");
    }

    /** Whether {@code other} was linked at {@code sequence}, next behind the proved part, wherever it stands now. */
    private boolean hasTheHashOf(long sequence, Chained other) {
        Link its = other.link();
        Entry entry = other.entry();
        return its != null
                && entry != null
                && follows(head.hash(), sequence, other.key(), entry, its.linkedAt(), its.hash());
    }

    /** {@code place} and what comes behind it, as far as it is worth while to look. */
    private static List<Chained> ahead(Chained place, Iterator<Chained> rest) {
        var ahead = new ArrayList<Chained>(List.of(place));
        try {
            while (rest.hasNext() && ahead.size() <= LOOK_AHEAD) {
                ahead.add(rest.next());
            }
        } catch (TrailFile.Unreadable e) {
            // what was found wrong already comes first
        }
        return ahead;
    }

    private Optional<Fault> rewritten() {
        return noted != null && noted.sequence() == head.sequence() && !noted.equals(head)
                ? Optional.of(new Fault(
                        head.sequence(),
                        Kind.REWRITTEN,
                        null,
                        "the hash here is %s, and %s was noted".formatted(head.hash(), noted.hash())))
                : Optional.empty();
    }

    private boolean follows(String before, long sequence, Key key, Entry entry, Instant linkedAt, String hash) {
        return Fingerprint.ofLink(before, sequence, tenant.value(), key, entry, linkedAt)
                .equals(hash);
    }

    private static Optional<Fault> fault(Chained place, Link link, Kind kind, String detail) {
        return Optional.of(new Fault(link.sequence(), kind, place.key().toString(), detail));
    }

    private static long sequence(Chained place) {
        Link link = place.link();
        return link == null ? 0 : link.sequence();
    }
}
