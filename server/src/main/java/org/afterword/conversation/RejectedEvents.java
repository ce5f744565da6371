package org.afterword.conversation;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.afterword.conversation.EventIntake.Receipt;
import org.afterword.conversation.internal.EventRepository;
import org.afterword.governance.Trail;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Tenancy;
import org.jspecify.annotations.Nullable;

/** Events that were set aside: to be seen, tried again, or removed. The trail shows who did the latter two. */
public final class RejectedEvents {
    private static final int LARGEST_PAGE = 500;
    private static final Cursor NEWEST =
            new Cursor(Instant.parse("9999-01-01T00:00:00Z"), "00000000-0000-0000-0000-000000000000");
    private static final String KEY = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /**
     * Newest first.
     *
     * @param next cursor of the page after this one; null = there is none
     */
    public record Page(List<RejectedEvent> items, @Nullable String next) {
        public Page {
            items = List.copyOf(items);
        }
    }

    private record Cursor(Instant receivedAt, String id) {
        static Cursor of(RejectedEvent event) {
            return new Cursor(event.receivedAt(), event.id());
        }

        static Cursor parse(String text) {
            try {
                String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
                if (parts.length == 2 && parts[1].matches(KEY)) {
                    return new Cursor(Instant.parse(parts[0]), parts[1]);
                }
            } catch (IllegalArgumentException | DateTimeException e) {
                // falls through to the one refusal
            }
            throw ProblemException.invalid("#/cursor", "is not one that a list has answered");
        }

        @Override
        public String toString() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((receivedAt + " " + id).getBytes(StandardCharsets.UTF_8));
        }
    }

    private final EventRepository events;
    private final EventIntake intake;
    private final Tenancy tenancy;
    private final Trail trail;

    public RejectedEvents(EventRepository events, EventIntake intake, Tenancy tenancy, Trail trail) {
        this.events = events;
        this.intake = intake;
        this.tenancy = tenancy;
        this.trail = trail;
    }

    /**
     * A page of them, with what they say: the trail notes each as {@code event.read}.
     *
     * @param cursor {@link Page#next} of the page before; null for the first
     * @param limit  1 to 500
     * @throws ProblemException INVALID if one of them cannot be taken
     */
    public Page list(Caller reader, @Nullable String cursor, int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw ProblemException.invalid("#/limit", "must be 1 to %d, not %d".formatted(LARGEST_PAGE, limit));
        }
        Cursor after = cursor == null ? NEWEST : Cursor.parse(cursor);
        return tenancy.in(reader.tenant(), () -> {
            List<RejectedEvent> found = events.listRejected(after.receivedAt(), after.id(), limit + 1);
            Page page = found.size() <= limit
                    ? new Page(found, null)
                    : new Page(
                            found.subList(0, limit),
                            Cursor.of(found.get(limit - 1)).toString());
            trail.read(
                    reader,
                    "event.read",
                    page.items().stream().map(RejectedEvents::subject).toList());
            return page;
        });
    }

    /** Takes the event as if it came now. Taken, or known to be taken, it leaves the list; else it stays with its new reason. */
    public Receipt retry(String id, Caller caller) {
        RejectedEvent event = tenancy.in(caller.tenant(), () -> get(id));
        Receipt receipt = intake.take(caller.tenant(), List.of(event.event()));
        boolean taken = receipt.rejected().isEmpty();
        tenancy.run(caller.tenant(), () -> {
            if (taken) {
                events.removeRejected(id);
            }
            trail.record(caller, "event.retried", subject(event), Map.of("taken", taken));
        });
        return receipt;
    }

    public void remove(String id, Caller caller) {
        tenancy.run(caller.tenant(), () -> {
            RejectedEvent event = get(id);
            events.removeRejected(id);
            trail.record(caller, "event.discarded", subject(event), Map.of("reason", event.reason()));
        });
    }

    private RejectedEvent get(String id) {
        return events.findRejected(checked(id)).orElseThrow(() -> ProblemException.notFound("rejected event", id));
    }

    private static String subject(RejectedEvent event) {
        return "rejected-event:" + event.id();
    }

    private static String checked(String id) {
        if (!id.matches(KEY)) {
            throw ProblemException.notFound("rejected event", id);
        }
        return id;
    }
}
