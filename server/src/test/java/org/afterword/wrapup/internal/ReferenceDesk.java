package org.afterword.wrapup.internal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The live core a second time, in the plainest way that could be thought of: objects that change, whole seconds, loops. It is
 * written from the design and docs/live-core.md and shares no rule with the program, so that it disagrees where either is wrong.
 */
final class ReferenceDesk {
    /** No time: it has not happened, or is not going to. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int LEAST_WINDOW = 10;
    private static final int REOPENING = 10;
    private static final int REQUEST_TIME = 10;
    private static final int TYPING = 3;
    private static final int OWED_AFTER_REOPENING = 3600;
    private static final int RIGHT_AFTER = 120;
    private static final int END_BEFORE_CONNECT = 2;

    /** What holds where no rule says anything. */
    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("mode", "DISCRETIONARY"),
            Map.entry("windowSeconds", 60),
            Map.entry("partSeconds", Map.of()),
            Map.entry("graceSeconds", 0),
            Map.entry("typingGraceSeconds", 15),
            Map.entry("noResponseSeconds", 30),
            Map.entry("systemWaitSeconds", 60),
            Map.entry("atDeadline", "OVERDUE"),
            Map.entry("extensions", 0),
            Map.entry("extensionSeconds", 0),
            Map.entry("reasonRequired", false),
            Map.entry("deferDueSeconds", 24 * 3600),
            Map.entry("requiredParts", List.of("/disposition")),
            Map.entry("holdShare", 1.0),
            Map.entry("consults", true),
            Map.entry("recovery", new Recovery(0, false, false, 0, 1)),
            Map.entry("guard", new Guard(0, 0, 0)));

    /** What a policy says of recoveries: how long one is, what gives it, and how much of it there is in so many hours. */
    record Recovery(int seconds, boolean byRule, boolean onRequest, int cap, int hours) {}

    /** Who was busy for more than so much of the last minutes rests. */
    record Guard(int percent, int minutes, int restSeconds) {}

    /** The best condition comes first. */
    static final List<String> CONDITIONS =
            List.of("agent", "skill", "team", "callType", "complexity", "campaign", "queue", "direction", "channel");

    /** A rule of a policy: its conditions, and the settings that it says. */
    record Rule(String code, Map<String, String> when, Map<String, Object> says) {
        int best() {
            for (int i = 0; i < CONDITIONS.size(); i++) {
                if (when.containsKey(CONDITIONS.get(i))) {
                    return i;
                }
            }
            return CONDITIONS.size();
        }
    }

    /** What an agent chose to be. */
    record Next(String state, @Nullable String reason) {}

    /** In the order in which things count that happened in the same second. */
    private enum Kind {
        SIGNED_IN,
        READY,
        NOT_READY,
        CONNECTED,
        SIGNED_OUT
    }

    private record Moved(Kind kind, long at, @Nullable String reason, String source, int order) {}

    private record Waited(String contact, long from, long until) {}

    private record Hold(String contact, int units, long until) {}

    /** A rest as it was given. */
    private static final class Rest {
        final String kind;
        final long length;
        final @Nullable Work after;
        final long given;
        long ended = NEVER;

        /** What it was given for, though it may not follow that. */
        @Nullable
        Work because;

        Rest(String kind, long length, @Nullable Work after, long given) {
            this.kind = kind;
            this.length = length;
            this.after = after;
            this.given = given;
            because = after;
        }
    }

    /** When it is. */
    private record Span(long from, long until, boolean isOver) {
        boolean runs() {
            return from != NEVER && !isOver;
        }

        boolean keepsWorkAway(long now) {
            return !isOver && (from == NEVER || now < until);
        }
    }

    /** A leg as its contact's facts tell it. */
    private static final class Part {
        final String key;
        final Person person;
        final String role;
        final long start;
        long end = NEVER;
        long heldSince = NEVER;
        long held;

        Part(String key, Person person, String role, long start) {
            this.key = key;
            this.person = person;
            this.role = role;
            this.start = start;
        }

        void ends(long at) {
            resumes(at);
            end = at;
        }

        void resumes(long at) {
            if (heldSince != NEVER) {
                held += at - heldSince;
                heldSince = NEVER;
            }
        }
    }

    private enum Happened {
        CONNECTED,
        HELD,
        RESUMED,
        LEFT,
        RELEASED,
        ENDED
    }

    private record Fact(
            Happened kind,
            long at,
            @Nullable Person person,
            @Nullable String legId,
            @Nullable String role,
            String source,
            int order) {
        boolean isOpening() {
            return kind == Happened.CONNECTED && source.equals("/by-hand");
        }

        Fact at(long time) {
            return new Fact(kind, time, person, legId, role, source, order);
        }

        boolean isAbout(Fact opening) {
            return (person == null || person == opening.person) && legId == null;
        }
    }

    static final class Contact {
        final String id;
        String channel = "voice";

        @Nullable
        String direction;

        @Nullable
        String queue;

        @Nullable
        String callType;

        private final List<Fact> facts = new ArrayList<>();
        private List<Part> parts = List.of();

        Contact(String id) {
            this.id = id;
        }

        boolean isOn(String agent) {
            for (Part part : parts) {
                if (part.person.id.equals(agent) && part.end == NEVER) {
                    return true;
                }
            }
            return false;
        }

        boolean isOn() {
            for (Part part : parts) {
                if (part.end == NEVER) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A wrap-up. */
    static final class Work {
        String id;
        final Person person;
        final Contact contact;
        String leg;
        String role;
        long start;
        long end = NEVER;
        private long legHeld;
        int units;
        String status = "PREPARING";
        String cause = "";
        private Map<String, Object> terms = Map.of();
        int version;
        private boolean windowOpened;
        int held;
        long released = NEVER;
        long confirmed = NEVER;
        long finalAt = NEVER;
        boolean isFinal;
        long dueAt = NEVER;
        long dueTold = NEVER;
        boolean owedByAgent;
        private boolean givenAway;
        long deadline = NEVER;
        private long length;
        Set<String> filled = new HashSet<>();
        boolean requested;
        boolean started;
        boolean wasDeferred;
        boolean cut;
        private @Nullable String callType;
        private boolean escalated;
        long typed = -1;
        int extensions;
        private boolean lengthened;
        boolean hasResult;
        private long credited;
        private boolean standsStill;

        /** What it was split off; null for the first one of a leg. */
        final @Nullable Work whole;

        final List<Work> parts = new ArrayList<>();

        private Work(String id, Person person, Contact contact, Part part) {
            this.id = id;
            this.person = person;
            this.contact = contact;
            this.leg = part.key;
            this.role = part.role;
            this.start = part.start;
            this.whole = null;
        }

        /** A leg that was opened by hand may turn out to be one that its switch tells of. */
        private void isLeg(Part part) {
            leg = part.key;
            role = part.role;
            start = part.start;
            parts.forEach(split -> split.isLeg(part));
        }

        private Work(Work whole) {
            id = whole.id + " part " + (whole.parts.size() + 1);
            person = whole.person;
            contact = whole.contact;
            leg = whole.leg;
            role = whole.role;
            start = whole.start;
            end = whole.end;
            legHeld = whole.legHeld;
            terms = whole.terms;
            version = whole.version;
            callType = whole.callType;
            escalated = whole.escalated;
            givenAway = whole.givenAway;
            started = true;
            givenAway = whole.givenAway;
            this.whole = whole;
        }

        /** The first one of its leg, whose window all of them share. */
        Work first() {
            return whole == null ? this : whole;
        }

        boolean staysForParts() {
            return parts.stream().anyMatch(Work::runs);
        }

        private boolean windowIsOpen() {
            return status.equals("OPEN") || holds() && parts.stream().anyMatch(part -> part.status.equals("OPEN"));
        }

        private boolean isHeldToDeadline(long now) {
            return text("mode").equals("TIMEBOXED_FIXED") && now < deadline;
        }

        boolean runs() {
            return status.equals("OPEN") || status.equals("OVERDUE");
        }

        boolean holds() {
            return !status.equals("PREPARING") && released == NEVER;
        }

        boolean isEnded() {
            return status.equals("EXPIRED") || isFinal;
        }

        private boolean isDebt() {
            return status.equals("DEFERRED") && !cause.equals("UNASKED");
        }

        boolean isOwed() {
            return status.equals("DEFERRED") && owedByAgent && !cause.equals("UNASKED");
        }

        private boolean isOwedBySigningOut() {
            return status.equals("DEFERRED") && cause.equals("SIGNED_OUT");
        }

        private boolean outbound() {
            return "OUTBOUND".equals(contact.direction);
        }

        private int number(String setting) {
            return terms.get(setting) instanceof Integer number ? number : 0;
        }

        private String text(String setting) {
            return String.valueOf(terms.get(setting));
        }

        private Recovery recovery() {
            return recovery(terms);
        }

        private @Nullable Recovery recoveryWhereItHolds() {
            return holds() ? recovery() : null;
        }

        static Recovery recovery(Map<String, Object> terms) {
            return (Recovery) Objects.requireNonNull(terms.get("recovery"));
        }

        /** Its leg is on, or its window holds units. */
        private boolean isBusyAt(long second) {
            return whole == null && start <= second && second < busyUntil();
        }

        private long busyUntil() {
            if (end == NEVER || holds() && held > 0) {
                return NEVER;
            }
            return held > 0 && released != NEVER ? Math.max(end, released) : end;
        }

        private boolean is(String setting) {
            return Boolean.TRUE.equals(terms.get(setting));
        }

        private boolean hasDeadline() {
            return hasDeadline(terms);
        }

        static boolean hasDeadline(Map<String, Object> terms) {
            String mode = String.valueOf(terms.get("mode"));
            return mode.startsWith("TIMEBOXED") || mode.equals("ON_REQUEST");
        }

        private boolean mayDefer() {
            return terms.get("deferrable") instanceof Boolean said
                    ? said
                    : !hasDeadline() || text("atDeadline").equals("DEFER");
        }

        private boolean mayOweMoreThan(int owed) {
            return !(terms.get("deferralCap") instanceof Integer cap) || owed < cap;
        }

        /** When something happens to it by itself. */
        long due() {
            long due = Math.min(isFinal ? NEVER : finalAt, isDebt() && dueAt != dueTold ? dueAt : NEVER);
            if (whole != null) {
                return due;
            }
            if (windowIsOpen()) {
                return Math.min(takesEffect(), due);
            }
            return switch (status) {
                case "COMPLETED" -> released == NEVER && !staysForParts() ? Math.min(due, deadline) : due;
                case "DEFERRED" -> cause.equals("UNASKED") ? dueAt : due;
                default -> NEVER;
            };
        }

        private long takesEffect() {
            if (deadline == NEVER || standsStill) {
                return NEVER;
            }
            long due = deadline + number("graceSeconds");
            if (typed < 0 || typed + TYPING <= due) {
                return due;
            }
            return Math.min(typed + TYPING, due + number("typingGraceSeconds"));
        }
    }

    static final class Person {
        final String id;
        private final List<Moved> moves = new ArrayList<>();
        private final List<Waited> waits = new ArrayList<>();
        private final List<Hold> holds = new ArrayList<>();
        private final Map<String, Part> listening = new LinkedHashMap<>();
        private final List<Rest> rests = new ArrayList<>();
        final List<Work> works = new ArrayList<>();

        @Nullable
        Next chosen;

        private boolean known;
        boolean signedIn;
        long signedInSince = NEVER;
        String wanted = "NOT_READY";

        @Nullable
        String reason;

        int capacity = 1;

        Person(String id) {
            this.id = id;
        }

        String shown() {
            if (!signedIn) {
                return "OFFLINE";
            }
            for (Part part : listening.values()) {
                if (part.end == NEVER) {
                    return "ENGAGED";
                }
            }
            boolean held = false;
            for (Work work : works) {
                if (work.status.equals("PREPARING")) {
                    return "ENGAGED";
                }
                held |= work.holds() && work.held > 0;
            }
            if (held) {
                return "AFTER_CALL_WORK";
            }
            for (Rest rest : rests) {
                if (span(rest).runs()) {
                    return "RECOVERY";
                }
            }
            return wanted;
        }

        /** It begins once nothing goes on, and ends when its time is over, or something else begins. */
        private Span span(Rest rest) {
            long due = rest.after == null ? rest.given : rest.after.busyUntil();
            long away = due == NEVER ? NEVER : outFrom(due);
            long from = due;
            while (busyFrom(from) > from) {
                from = busyFrom(from);
            }
            if (from == NEVER) {
                return new Span(NEVER, NEVER, rest.ended != NEVER || away != NEVER);
            }
            long ends = Math.min(Math.min(rest.ended, away), nextBegin(from));
            long until = Math.max(from + 1, Math.min(from + rest.length, ends));
            boolean isOver = until < from + rest.length || rest.ended != NEVER;
            return rest.ended <= from || away <= from ? new Span(NEVER, NEVER, true) : new Span(from, until, isOver);
        }

        /** Until when what goes on at that second does; that second where nothing does. */
        private long busyFrom(long second) {
            long until = second;
            for (Work work : works) {
                until = work.isBusyAt(second) ? Math.max(until, work.busyUntil()) : until;
            }
            for (Part part : listening.values()) {
                until = part.start <= second && second < part.end ? Math.max(until, part.end) : until;
            }
            return until;
        }

        private long nextBegin(long after) {
            long next = NEVER;
            for (Work work : works) {
                next = work.start > after ? Math.min(next, work.start) : next;
            }
            for (Part part : listening.values()) {
                next = part.start > after ? Math.min(next, part.start) : next;
            }
            return next;
        }

        /** When work is no longer kept away; never while a rest is awaited, and at once without one. */
        long restsUntil() {
            long until = -1;
            for (Rest rest : rests) {
                Span span = span(rest);
                if (!span.isOver) {
                    until = Math.max(until, span.until);
                }
            }
            return until;
        }

        boolean isResting(long now) {
            for (Rest rest : rests) {
                if (span(rest).keepsWorkAway(now)) {
                    return true;
                }
            }
            return false;
        }

        /** Whether one more would go beyond what there is; the seconds that were taken are counted one by one. */
        private boolean isBeyondCap(Recovery recovery, long now) {
            long since = now - recovery.hours * 3600L;
            var taken = new HashSet<Long>();
            long awaited = 0;
            for (Rest rest : rests) {
                if (!rest.kind.equals("RECOVERY")) {
                    continue;
                }
                Span span = span(rest);
                if (span.from == NEVER && !span.isOver) {
                    awaited = Math.max(awaited, rest.length);
                }
                for (long second = span.from; span.from != NEVER && second < span.until; second++) {
                    if (second >= since) {
                        taken.add(second);
                    }
                }
            }
            return taken.size() + awaited + recovery.seconds > recovery.cap;
        }

        int carried() {
            int units = heldUnits();
            for (Work work : works) {
                units += work.status.equals("PREPARING") ? work.units : 0;
            }
            return units;
        }

        int heldUnits() {
            int units = 0;
            for (Work work : works) {
                units += work.holds() ? work.held : 0;
            }
            return units;
        }

        int load(long now) {
            int units = carried();
            for (Hold hold : holds) {
                units += now < hold.until ? hold.units : 0;
            }
            return units;
        }

        boolean isReservedFor(String contact, long now) {
            for (Hold hold : holds) {
                if (hold.contact.equals(contact) && now < hold.until) {
                    return true;
                }
            }
            return false;
        }

        boolean isReserved(long now) {
            for (Hold hold : holds) {
                if (now < hold.until) {
                    return true;
                }
            }
            return false;
        }

        int left(long now) {
            return signedIn && wanted.equals("AVAILABLE") && !isResting(now) ? capacity - load(now) : 0;
        }

        /** The end of the last busy interval, or the sign-in. */
        long idleSince() {
            long since = signedInSince;
            for (Work work : works) {
                if (work.whole == null && work.released != NEVER && work.released > since) {
                    since = work.released;
                }
            }
            return since;
        }

        int owed() {
            int owed = 0;
            for (Work work : works) {
                owed += work.isOwed() ? 1 : 0;
            }
            return owed;
        }

        /** The reasons that were given in the second of the one that counts. */
        Set<@Nullable String> reasons() {
            long at = -1;
            var reasons = new HashSet<@Nullable String>();
            for (Moved move : moves) {
                if (move.kind == Kind.NOT_READY) {
                    if (move.at != at) {
                        reasons.clear();
                    }
                    at = move.at;
                    reasons.add(move.reason);
                }
            }
            return reasons;
        }

        private void replay() {
            known = false;
            signedIn = false;
            signedInSince = NEVER;
            wanted = "NOT_READY";
            reason = null;
            for (Moved move : moves) {
                apply(move);
            }
        }

        private void apply(Moved move) {
            switch (move.kind) {
                case SIGNED_IN -> signIn("NOT_READY", move.at);
                case CONNECTED -> signIn(known ? "NOT_READY" : "AVAILABLE", move.at);
                case READY -> want("AVAILABLE", null);
                case NOT_READY -> want("NOT_READY", move.reason);
                case SIGNED_OUT -> signedIn = false;
            }
            known = true;
        }

        private void signIn(String wants, long at) {
            if (!signedIn) {
                signedIn = true;
                signedInSince = at;
                want(wants, null);
            }
        }

        private void want(String wants, @Nullable String because) {
            wanted = wants;
            reason = because;
        }

        private boolean isSignedInAt(long second) {
            boolean in = false;
            for (Moved move : moves) {
                if (move.at <= second) {
                    in = move.kind == Kind.SIGNED_IN
                            || move.kind == Kind.CONNECTED
                            || in && move.kind != Kind.SIGNED_OUT;
                }
            }
            return in;
        }

        private boolean wantsWorkAt(long second) {
            boolean in = false;
            boolean everThere = false;
            boolean wants = false;
            for (Moved move : moves) {
                if (move.at > second) {
                    break;
                }
                switch (move.kind) {
                    case SIGNED_IN -> {
                        wants &= in;
                        in = true;
                    }
                    case CONNECTED -> {
                        wants = in ? wants : !everThere;
                        in = true;
                    }
                    case READY -> wants = true;
                    case NOT_READY -> wants = false;
                    case SIGNED_OUT -> in = false;
                }
                everThere = true;
            }
            return wants;
        }

        /** A contact of its own, or after-call work, whether it holds units or not. */
        private boolean worksAt(long second) {
            for (Work work : works) {
                if (work.whole == null && work.start <= second && (work.released == NEVER || second < work.released)) {
                    return true;
                }
            }
            return false;
        }

        /** The first moment from {@code time} on at which the agent was not there. */
        private long outFrom(long time) {
            boolean in = false;
            for (Moved move : moves) {
                if (move.at > time && !in) {
                    return time;
                }
                if (move.kind == Kind.SIGNED_IN || move.kind == Kind.CONNECTED) {
                    in = true;
                } else if (move.kind == Kind.SIGNED_OUT) {
                    if (move.at > time) {
                        return move.at;
                    }
                    in = false;
                }
            }
            return in ? NEVER : time;
        }
    }

    final Map<String, Person> persons = new TreeMap<>();
    final Map<String, Contact> contacts = new HashMap<>();
    final Map<String, Work> works = new LinkedHashMap<>();

    /** Kind and event of everything that passed the gate, in the order in which it became known. */
    final List<String> leaks = new ArrayList<>();

    private final Map<Integer, List<Rule>> versions = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private int version;
    private int order;

    Person person(String id) {
        return persons.computeIfAbsent(id, Person::new);
    }

    Contact contact(String id) {
        return contacts.computeIfAbsent(id, Contact::new);
    }

    void publish(int number, List<Rule> rules) {
        version = number;
        versions.put(number, rules);
    }

    // ---- events -----------------------------------------------------------------------------------------------------

    /** Answers false for an event that was there before. */
    boolean isNew(String eventId) {
        return seen.add(eventId);
    }

    void started(
            String id, String channel, @Nullable String direction, @Nullable String queue, @Nullable String callType) {
        Contact contact = contact(id);
        contact.channel = channel;
        contact.direction = direction;
        contact.queue = queue;
        contact.callType = callType;
    }

    void signedIn(String agent, @Nullable Integer capacity, long at, long now) {
        Person person = person(agent);
        if (capacity != null) {
            person.capacity = capacity;
        }
        moved(person, Kind.SIGNED_IN, at, null, "switch", now);
        clocks(person);
    }

    void ready(String agent, long at, long now) {
        moved(person(agent), Kind.READY, at, null, "switch", now);
        clocks(person(agent));
    }

    void notReady(String agent, @Nullable String reason, long at, long now) {
        moved(person(agent), Kind.NOT_READY, at, reason, "switch", now);
        clocks(person(agent));
    }

    void signedOut(String agent, long at, long now) {
        moved(person(agent), Kind.SIGNED_OUT, at, null, "switch", now);
        clocks(person(agent));
    }

    void waited(String agent, String contact, long seconds, long at) {
        person(agent).waits.add(new Waited(contact, at - seconds, at));
        clocks(person(agent));
    }

    void offered(String agent, String contact, String eventId, long at, long now) {
        asked("offered", person(agent), contact(contact), eventId, at, now);
        legs(contact(contact), now);
        clocks(person(agent));
    }

    void connected(String agent, String id, @Nullable String legId, String role, String eventId, long at, long now) {
        Person person = person(agent);
        Contact contact = contact(id);
        boolean reserved = person.isReservedFor(id, now);
        moved(person, Kind.CONNECTED, at, null, "switch", now);
        person.holds.removeIf(hold -> hold.contact.equals(id));
        fact(contact, new Fact(Happened.CONNECTED, at, person, legId, role, "switch", order++), now);
        clocks(person);
        if (!reserved && !role.equals("MONITOR")) {
            asked("connected", person, contact, eventId, at, now);
        }
    }

    /** By hand: nobody asked anybody, and nothing was kept free for it. */
    void opened(String agent, String id, long at, long now) {
        Person person = person(agent);
        moved(person, Kind.CONNECTED, at, null, "/by-hand", now);
        fact(contact(id), new Fact(Happened.CONNECTED, at, person, null, "PRIMARY", "/by-hand", order++), now);
        clocks(person);
    }

    void held(String agent, String id, boolean resumed, long at, long now) {
        Happened kind = resumed ? Happened.RESUMED : Happened.HELD;
        fact(contact(id), new Fact(kind, at, person(agent), null, null, "switch", order++), now);
    }

    void left(String agent, String id, @Nullable String legId, long at, long now) {
        fact(contact(id), new Fact(Happened.LEFT, at, person(agent), legId, null, "switch", order++), now);
    }

    void ended(String id, long at, long now) {
        fact(contact(id), new Fact(Happened.ENDED, at, null, null, null, "switch", order++), now);
    }

    /** Work asked for units of the agent: a leak if its wrap-ups had left too few, and nobody had reserved it. */
    private void asked(String kind, Person person, Contact contact, String eventId, long at, long now) {
        int held = 0;
        for (Work work : person.works) {
            boolean then = work.windowOpened && work.end < at && (work.released == NEVER || work.released > at);
            held += then ? work.held : 0;
        }
        boolean outbound = "OUTBOUND".equals(contact.direction);
        if (held > 0
                && !outbound
                && !person.isReservedFor(contact.id, now)
                && person.capacity - held < units(contact, person)) {
            leaks.add(kind + " " + eventId);
        }
    }

    private static int units(Contact contact, Person person) {
        return contact.channel.equals("voice") ? person.capacity : 1;
    }

    private void moved(Person person, Kind kind, long at, @Nullable String reason, String source, long now) {
        var move = new Moved(kind, at, reason, source, order++);
        int place = person.moves.size();
        while (place > 0 && before(move, person.moves.get(place - 1))) {
            place--;
        }
        person.moves.add(place, move);
        long since = person.signedInSince;
        person.replay();
        if (kind == Kind.SIGNED_OUT || kind == Kind.SIGNED_IN && person.signedInSince != since) {
            person.chosen = null;
        }
        for (Work work : person.works) {
            awayFrom(work);
        }
    }

    private static boolean before(Moved a, Moved b) {
        if (a.at != b.at) {
            return a.at < b.at;
        }
        if (a.kind != b.kind) {
            return a.kind.ordinal() < b.kind.ordinal();
        }
        return a.source.compareTo(b.source) < 0;
    }

    /**
     * Whoever is not there is not held: a window is owed from then on. It holds again if it turns out that the agent was back as
     * the leg ended.
     */
    private static void awayFrom(Work work) {
        boolean owedBySigningOut = work.isOwedBySigningOut();
        if (work.holds() && !work.runs()) {
            work.released = work.person.outFrom(work.status.equals("COMPLETED") ? work.confirmed : work.end);
        } else if (work.runs() || owedBySigningOut) {
            long away = work.person.outFrom(work.end);
            if (away != NEVER) {
                owed(work, away, away + work.number("deferDueSeconds"), "SIGNED_OUT");
            } else if (owedBySigningOut && (work.whole == null || work.whole.holds())) {
                hold(work);
            }
        }
    }

    private static void owed(Work work, long released, long dueAt, String cause) {
        work.status = "DEFERRED";
        work.cause = cause;
        work.released = released;
        work.dueAt = dueAt;
        work.owedByAgent = true;
        work.wasDeferred |= !cause.equals("UNASKED");
    }

    // ---- legs -------------------------------------------------------------------------------------------------------

    private void fact(Contact contact, Fact fact, long now) {
        int place = contact.facts.size();
        while (place > 0 && before(fact, contact.facts.get(place - 1))) {
            place--;
        }
        contact.facts.add(place, fact);
        legs(contact, now);
    }

    private static boolean before(Fact a, Fact b) {
        if (a.at != b.at) {
            return a.at < b.at;
        }
        return a.kind.ordinal() < b.kind.ordinal();
    }

    private void legs(Contact contact, long now) {
        var parts = new ArrayList<Part>();
        var counts = new HashMap<String, Integer>();
        long ended = NEVER;
        Fact told = toldOfOpening(contact);
        boolean begunByHand = false;
        for (Fact fact : contact.facts) {
            if (told != null && fact.isOpening()) {
                begunByHand = told.at > fact.at + 60;
                if (begunByHand) {
                    connect(told.at(fact.at), ended, parts, counts);
                }
                continue;
            }
            if (begunByHand && fact == told) {
                continue;
            }
            if (fact.kind == Happened.CONNECTED) {
                connect(fact, ended, parts, counts);
                continue;
            }
            for (Part part : parts) {
                boolean meant = part.end == NEVER
                        && (fact.person == null || fact.person == part.person)
                        && (fact.legId == null || fact.legId.equals(part.key));
                if (meant) {
                    switch (fact.kind) {
                        case HELD -> part.heldSince = Math.min(part.heldSince, fact.at);
                        case RESUMED -> part.resumes(fact.at);
                        case LEFT, RELEASED, ENDED, CONNECTED -> part.ends(fact.at);
                    }
                }
            }
            if (fact.kind == Happened.ENDED) {
                ended = fact.at;
            }
        }
        contact.parts = parts;
        var touched = new ArrayList<Person>();
        for (Part part : parts) {
            leg(contact, part, now);
            if (!touched.contains(part.person)) {
                touched.add(part.person);
            }
        }
        touched.forEach(this::clocks);
    }

    /**
     * The first that a switch told of the agent who had opened the contact by hand and not ended it; that is it, with its record, unless
     * the agent only listened.
     */
    private @Nullable Fact toldOfOpening(Contact contact) {
        Fact opening = null;
        long over = NEVER;
        for (Fact fact : contact.facts) {
            boolean ends = fact.kind == Happened.LEFT || fact.kind == Happened.RELEASED || fact.kind == Happened.ENDED;
            if (fact.isOpening()) {
                opening = fact;
            } else if (opening != null && ends && fact.isAbout(opening)) {
                over = Math.min(over, fact.at);
            }
        }
        for (Fact fact : contact.facts) {
            boolean connects = fact.kind == Happened.CONNECTED && !fact.isOpening();
            if (opening != null && connects && fact.person == opening.person) {
                if (fact.at > over || "MONITOR".equals(fact.role)) {
                    return null;
                }
                isThatLeg(contact, Objects.requireNonNull(opening.person), fact);
                return fact;
            }
        }
        return null;
    }

    private void isThatLeg(Contact contact, Person person, Fact told) {
        String opened = contact.id + "/" + person.id + "#1";
        String named = contact.id + "/" + told.legId;
        Work work = works.get(opened);
        if (told.legId != null && work != null && !works.containsKey(named)) {
            works.remove(opened);
            work.id = named;
            works.put(named, work);
            for (Work part : work.parts) {
                works.remove(part.id);
                part.id = part.id.replace(opened, named);
                works.put(part.id, part);
            }
        }
    }

    private static void connect(Fact fact, long ended, List<Part> parts, Map<String, Integer> counts) {
        Person person = Objects.requireNonNull(fact.person);
        String role = Objects.requireNonNull(fact.role);
        String named = person.id + (role.equals("MONITOR") ? "#monitor" : "#");
        String key = fact.legId == null ? named + counts.merge(named, 1, Integer::sum) : fact.legId;
        boolean there = false;
        for (Part part : parts) {
            there |= part.key.equals(key);
            if (part.person == person && part.end == NEVER && !part.key.equals(key)) {
                part.ends(fact.at);
            }
        }
        if (!there) {
            var part = new Part(key, person, role, fact.at);
            if (ended != NEVER && fact.at <= ended + END_BEFORE_CONNECT) {
                part.ends(fact.at);
            }
            parts.add(part);
        }
    }

    private void leg(Contact contact, Part part, long now) {
        Person person = part.person;
        String name = contact.id + "/" + part.key;
        if (part.role.equals("MONITOR")) {
            person.listening.put(name, part);
            return;
        }
        Work work = works.get(name);
        if (work == null) {
            work = new Work(name, person, contact, part);
            person.works.add(work);
            works.put(name, work);
        }
        work.isLeg(part);
        if (work.status.equals("PREPARING")) {
            work.units = units(contact, person);
            work.end = part.end;
            work.legHeld = part.held;
            if (part.end != NEVER) {
                over(work, now);
            }
        } else if (work.end != part.end || work.legHeld != part.held) {
            correct(work, part, now);
        }
        for (Work split : work.parts) {
            goesAlong(split, work, part);
        }
    }

    /** What was split off goes the way of the first one. */
    private void goesAlong(Work split, Work first, Part part) {
        long before = split.end;
        boolean same = before == part.end && split.legHeld == part.held;
        split.end = part.end;
        split.legHeld = part.held;
        if (split.status.equals("PREPARING")) {
            if (first.status.equals("PREPARING")) {
                return;
            }
            split.terms = first.terms;
            split.version = first.version;
            if (!Objects.equals(split.callType, first.callType) || split.escalated != first.escalated) {
                asksAs(split);
            }
            recoversByRule(split, split.end);
            if (first.runs()) {
                hold(split);
            } else {
                boolean owed = first.status.equals("DEFERRED") && !first.cause.equals("UNASKED");
                long due = first.released + split.number("deferDueSeconds");
                owed(split, first.released, due, owed ? first.cause : "BEGUN");
            }
        } else if (!same) {
            boolean free = split.released == before
                    && (split.status.equals("EXPIRED") || split.cause.equals("BEGUN"))
                    && !split.status.equals("COMPLETED");
            if (free) {
                split.released = part.end;
            } else {
                awayFrom(split);
            }
        }
    }

    /** The leg ended at another time than was known. */
    private static void correct(Work work, Part part, long now) {
        boolean freeAtItsEnd = work.released == work.end
                && (work.status.equals("EXPIRED") || work.cause.equals("BEGUN") || work.cause.equals("UNASKED"))
                && !work.status.equals("COMPLETED");
        boolean moved = work.end != part.end;
        work.end = part.end;
        work.legHeld = part.held;
        work.units = units(work.contact, work.person);
        work.held = share(work);
        if (freeAtItsEnd) {
            work.released = part.end;
            work.dueAt = work.cause.equals("UNASKED") ? part.end + REQUEST_TIME : work.dueAt;
        } else if (moved && work.windowIsOpen() && work.deadline != NEVER && !work.lengthened) {
            work.deadline = Math.max(work.end + work.length, now + LEAST_WINDOW) + work.credited;
        }
        awayFrom(work);
    }

    private static int share(Work work) {
        Object share = work.terms.get("holdShare");
        return (int) Math.ceil(work.units * (share instanceof Double part ? part : 1.0));
    }

    /** The leg is over: its policy is fixed, and a window opens or not. */
    private void over(Work work, long now) {
        Contact contact = work.contact;
        String callType = contact.callType != null ? contact.callType : work.callType;
        work.version = version;
        work.terms = terms(version, work, callType, false);
        work.held = share(work);
        work.length = length(work.terms, work.filled);
        if (work.callType != null || work.escalated) {
            asksAs(work);
        }
        recoversByRule(work, work.end);
        boolean optional =
                work.text("mode").equals("OPTIONAL") || work.text("mode").equals("ON_REQUEST") && !work.requested;
        if (work.role.equals("CONSULT") && !work.is("consults")) {
            closeAtItsEnd(work, "consult");
        } else if (optional && !work.started && work.text("mode").equals("ON_REQUEST")) {
            owed(work, work.end, work.end + REQUEST_TIME, "UNASKED");
        } else if (optional) {
            closeAtItsEnd(work, "notStarted");
        } else {
            window(work, now);
            return;
        }
        free(work, work.end, now);
    }

    private static void closeAtItsEnd(Work work, String reason) {
        if (work.started) {
            owed(work, work.end, work.end + work.number("deferDueSeconds"), "BEGUN");
        } else {
            expire(work, work.end, reason);
        }
    }

    private static void expire(Work work, long released, String reason) {
        work.status = "EXPIRED";
        work.cause = reason;
        work.released = released;
    }

    private void window(Work work, long now) {
        work.deadline = NEVER;
        count(work);
        if (work.hasDeadline()) {
            work.deadline = Math.max(work.end + work.length, now + LEAST_WINDOW) + work.credited;
        }
        hold(work);
        awayFrom(work);
    }

    private static void hold(Work work) {
        work.cut = false;
        work.status = "OPEN";
        work.cause = "";
        work.released = NEVER;
        work.wasDeferred = false;
        work.windowOpened = true;
    }

    // ---- policies ---------------------------------------------------------------------------------------------------

    private Map<String, Object> terms(int of, Work work, @Nullable String callType, boolean high) {
        var contact = new HashMap<String, String>();
        contact.put("agent", work.person.id);
        contact.put("channel", work.contact.channel);
        if (work.contact.direction != null) {
            contact.put("direction", work.contact.direction.equals("OUTBOUND") ? "outbound" : "inbound");
        }
        if (work.contact.queue != null) {
            contact.put("queue", work.contact.queue);
        }
        if (callType != null) {
            contact.put("callType", callType);
        }
        if (high) {
            contact.put("complexity", "HIGH");
        }
        var matching = new ArrayList<Rule>();
        for (Rule rule : versions.getOrDefault(of, List.of())) {
            if (contact.entrySet().containsAll(rule.when.entrySet())) {
                matching.add(rule);
            }
        }
        matching.sort(Comparator.comparingInt(Rule::best)
                .thenComparing(rule -> -rule.when.size())
                .thenComparing(Rule::code));
        var terms = new HashMap<String, Object>();
        for (Rule rule : matching) {
            rule.says.forEach(terms::putIfAbsent);
        }
        DEFAULTS.forEach(terms::putIfAbsent);
        return terms;
    }

    private static long length(Map<String, Object> terms, Set<String> filled) {
        long length = terms.get("windowSeconds") instanceof Integer window ? window : 0;
        if (terms.get("requiredParts") instanceof List<?> required
                && terms.get("partSeconds") instanceof Map<?, ?> of) {
            for (Object part : required) {
                if (!filled.contains(part) && of.get(part) instanceof Integer more) {
                    length += more;
                }
            }
        }
        return length;
    }

    /** What a person said it is about gives its window if that is longer. Answers by how much. */
    private long asksAs(Work work) {
        String callType = work.callType != null ? work.callType : work.contact.callType;
        Map<String, Object> other = terms(work.version, work, callType, work.escalated);
        long length = work.length;
        if (Work.recovery(other).seconds > work.recovery().seconds) {
            work.terms = new HashMap<>(work.terms);
            work.terms.put("recovery", Work.recovery(other));
        }
        if (work.hasDeadline() && Work.hasDeadline(other)) {
            work.length = Math.max(length, length(other, work.filled));
        }
        return work.length - length;
    }

    // ---- the clock --------------------------------------------------------------------------------------------------

    /** The deadlines of open windows move by the time in which their clocks stood still; others may open again. */
    private void clocks(Person person) {
        for (Work work : person.works) {
            boolean ticks = work.windowIsOpen() || work.isOwedBySigningOut();
            if (work.whole == null && work.deadline != NEVER && (ticks || work.holds())) {
                long before = work.credited;
                count(work);
                work.deadline += ticks ? work.credited - before : 0;
            }
        }
    }

    /** Counts the seconds in which the clock stood still, one by one. */
    private static void count(Work work) {
        var out = new BitSet();
        long outSince = NEVER;
        work.standsStill = false;
        for (Work other : work.person.works) {
            boolean callOut = other.whole == null
                    && other != work
                    && (other.outbound() || other.role.equals("CONSULT"))
                    && other.start >= work.end;
            if (callOut && other.end == NEVER) {
                work.standsStill = true;
                outSince = outSince == NEVER ? other.start : Math.min(outSince, other.start);
            } else if (callOut) {
                out.set((int) (other.start - work.end), (int) (other.end - work.end));
            }
        }
        var all = new BitSet();
        for (Waited wait : work.person.waits) {
            if (wait.contact.equals(work.contact.id) && wait.until > work.end) {
                all.set((int) Math.max(0, wait.from - work.end), (int) (wait.until - work.end));
            }
        }
        if (outSince != NEVER) {
            // what was waited for since counts with the call, once that is over
            all.clear((int) (outSince - work.end), Math.max(all.length(), (int) (outSince - work.end)));
        }
        all.or(out);
        int waited = all.cardinality() - out.cardinality();
        work.credited = out.cardinality() + Math.min(waited, work.number("systemWaitSeconds"));
    }

    /** The seconds up to now in which the agent was in a call out that still lasts, and in none that is over. */
    private static long standsStillFor(Work work, long now) {
        long seconds = 0;
        for (long second = work.end; second < now; second++) {
            boolean lasts = false;
            boolean counted = false;
            for (Work other : work.person.works) {
                boolean callOut = other.whole == null
                        && other != work
                        && (other.outbound() || other.role.equals("CONSULT"))
                        && other.start >= work.end;
                lasts |= callOut && other.end == NEVER && other.start <= second;
                counted |= callOut && other.end != NEVER && other.start <= second && second < other.end;
            }
            seconds += lasts && !counted ? 1 : 0;
        }
        return seconds;
    }

    /** It opens again, until then: what its clock stood still before counts no more. */
    private static void openAgain(Work work, long deadline) {
        if (work.deadline != NEVER) {
            count(work);
        }
        work.deadline = deadline;
        hold(work);
    }

    // ---- what people do; each answers whether it is refused
    // -----------------------------------------------------------

    static void write(Work work, Set<String> parts, long now) {
        work.started = true;
        work.typed = now;
        input(work, now);
        if (work.status.equals("PREPARING")) {
            work.filled = new HashSet<>(parts);
        }
    }

    static void input(Work work, long now) {
        if (work.runs() || work.status.equals("PREPARING")) {
            work.first().typed = Math.max(work.first().typed, now);
        }
    }

    /** Another record of the same leg. */
    boolean split(Work work) {
        Work first = work.first();
        boolean owed = first.status.equals("DEFERRED") && first.released != NEVER;
        if (first.parts.size() >= 20 || !first.status.equals("PREPARING") && !first.holds() && !owed) {
            return true;
        }
        var part = new Work(first);
        if (first.holds()) {
            inWindow(part);
        } else if (owed) {
            long due = first.cause.equals("UNASKED") ? first.released + first.number("deferDueSeconds") : first.dueAt;
            owed(part, first.released, due, "SPLIT");
            part.owedByAgent = first.owedByAgent;
        }
        first.parts.add(part);
        first.person.works.add(part);
        works.put(part.id, part);
        return false;
    }

    private static void inWindow(Work work) {
        Work first = work.first();
        boolean over =
                first.status.equals("OVERDUE") || first.parts.stream().anyMatch(part -> part.status.equals("OVERDUE"));
        if (over) {
            work.status = "OVERDUE";
            work.cause = "";
            work.released = NEVER;
        } else {
            hold(work);
        }
    }

    /** Something of the leg has stopped: the agent goes with the last of it. */
    private void stopped(Work work, long now) {
        Work first = work.first();
        if (first.staysForParts() || first.runs()) {
            return;
        }
        if (work == first) {
            free(work, now, now);
        } else if (first.holds() && !(first.status.equals("COMPLETED") && first.isHeldToDeadline(now))) {
            first.released = now;
            free(first, now, now);
        }
    }

    boolean confirm(Work work, @Nullable Next next, long now) {
        switch (work.status) {
            case "OPEN", "OVERDUE" -> {
                boolean stays = work.whole == null && work.status.equals("OPEN") && work.isHeldToDeadline(now);
                confirmed(work, stays || work.staysForParts() ? NEVER : now, now);
                if (next != null) {
                    work.person.chosen = next;
                }
                if (!stays) {
                    stopped(work, now);
                }
            }
            case "DEFERRED" -> {
                if (work.released == NEVER) {
                    confirmed(work, NEVER, now);
                    work.person.chosen = next == null ? work.person.chosen : next;
                    return false;
                }
                confirmed(work, work.released, now);
                if (next != null && work.person.signedIn && !work.givenAway) {
                    want(work.person, next, now, now);
                }
            }
            default -> {
                return true;
            }
        }
        return false;
    }

    private static void confirmed(Work work, long released, long now) {
        work.status = "COMPLETED";
        work.cause = "";
        work.released = released;
        work.confirmed = now;
        work.finalAt = now + REOPENING;
        work.isFinal = false;
        work.hasResult = true;
    }

    boolean reopen(Work work, long now) {
        if (!work.status.equals("COMPLETED") || work.isFinal || now >= work.finalAt) {
            return true;
        }
        Person person = work.person;
        work.hasResult = false;
        work.finalAt = NEVER;
        boolean free = person.load(now) == 0 && person.outFrom(work.end) == NEVER && !work.wasDeferred;
        if (work.whole != null) {
            if (work.whole.holds() && !work.wasDeferred) {
                inWindow(work);
            } else {
                owed(work, work.released, now + OWED_AFTER_REOPENING, "REOPENED");
                work.owedByAgent = !work.givenAway;
            }
        } else if (work.released == NEVER) {
            count(work);
            inWindow(work);
        } else if (free) {
            openAgain(work, work.deadline);
        } else {
            owed(work, work.released, now + OWED_AFTER_REOPENING, "REOPENED");
            work.owedByAgent = !work.givenAway;
        }
        return false;
    }

    boolean extend(Work work, @Nullable String reason, long now) {
        Work first = work.first();
        boolean refused = !work.runs()
                || first.deadline == NEVER
                || first.extensions >= work.number("extensions")
                || work.is("reasonRequired") && reason == null;
        if (!refused) {
            first.extensions++;
            lengthen(first, work.number("extensionSeconds"), now);
        }
        return refused;
    }

    boolean extendByOverride(Work work, int seconds, long now) {
        boolean refused = !work.runs() || work.first().deadline == NEVER;
        if (!refused) {
            lengthen(work.first(), seconds, now);
        }
        return refused;
    }

    private static void lengthen(Work work, int seconds, long now) {
        work.lengthened = true;
        // while its clock stands still, it does not run out
        long from = work.windowIsOpen() && work.standsStill ? work.deadline : Math.max(work.deadline, now);
        openAllAgain(work, from + seconds, now);
    }

    private static void openAllAgain(Work first, long until, long now) {
        long deadline = first.windowIsOpen() ? until : until - standsStillFor(first, now);
        if (first.runs()) {
            openAgain(first, deadline);
        } else {
            count(first);
            first.deadline = deadline;
        }
        for (Work part : first.parts) {
            if (part.runs()) {
                hold(part);
            }
        }
    }

    boolean defer(Work work, boolean toTheAgent, long now) {
        boolean refused = !work.runs()
                || !work.mayDefer()
                || work.status.equals("OPEN") && work.text("mode").equals("TIMEBOXED_FIXED")
                || toTheAgent && !work.mayOweMoreThan(work.person.owed());
        if (!refused) {
            putOff(work, toTheAgent, now);
        }
        return refused;
    }

    boolean deferByOverride(Work work, long now) {
        if (!work.runs()) {
            return true;
        }
        putOff(work, true, now);
        return false;
    }

    private void putOff(Work work, boolean toTheAgent, long now) {
        owed(work, work.staysForParts() ? NEVER : now, now + work.number("deferDueSeconds"), "CHOSEN");
        work.owedByAgent = toTheAgent;
        stopped(work, now);
    }

    /** Somebody else owes it, or its own agent again. */
    boolean reassign(Work work, boolean toItsAgent, long now) {
        boolean refused = !work.runs() && !work.status.equals("DEFERRED");
        if (refused) {
            return true;
        }
        work.givenAway = !toItsAgent;
        if (work.runs()) {
            putOff(work, toItsAgent, now);
        } else {
            boolean inTime = !work.cause.equals("UNASKED") && work.dueAt > now;
            owed(work, work.released, inTime ? work.dueAt : now + work.number("deferDueSeconds"), "CHOSEN");
            work.owedByAgent = toItsAgent;
        }
        return false;
    }

    boolean end(Work work, long now) {
        switch (work.status) {
            case "OPEN", "OVERDUE" -> {
                expire(work, work.staysForParts() ? NEVER : now, "why");
                stopped(work, now);
            }
            case "DEFERRED" -> expire(work, work.released, "why");
            case "COMPLETED" -> {
                if (work.released != NEVER || work.staysForParts()) {
                    return true;
                }
                work.released = now;
                free(work, now, now);
            }
            default -> {
                return true;
            }
        }
        return false;
    }

    /** Of a leg that is on; the agent owes the record. */
    void release(Work work, long now) {
        fact(work.contact, new Fact(Happened.RELEASED, now, work.person, null, null, "afterword", order++), now);
        for (Work part : work.first().parts) {
            if (part.runs()) {
                putOff(part, true, now);
            }
        }
        if (work.first().runs()) {
            putOff(work.first(), true, now);
        }
    }

    boolean choose(Work work, @Nullable String callType, boolean escalated, long now) {
        if (work.status.equals("EXPIRED") || work.status.equals("COMPLETED")) {
            return true;
        }
        work.callType = callType;
        work.escalated = escalated;
        if (!work.status.equals("PREPARING")) {
            long longer = asksAs(work);
            if (work.holds()) {
                recoversByRule(work, now);
            }
            if (work.whole == null && longer > 0 && work.runs() && work.deadline != NEVER) {
                if (work.status.equals("OVERDUE") && work.deadline + longer > now) {
                    openAllAgain(work, work.deadline + longer, now);
                } else {
                    work.deadline += longer;
                }
            }
        }
        return false;
    }

    boolean request(Person person, long now) {
        boolean heard = false;
        for (Work work : person.works) {
            if (work.whole != null) {
                continue;
            }
            if (work.status.equals("PREPARING")) {
                work.requested = true;
                heard = true;
            } else if (work.holds()) {
                heard = true;
            } else if (work.status.equals("DEFERRED")
                    && (work.cause.equals("UNASKED") || work.cause.equals("BEGUN"))
                    && work.text("mode").equals("ON_REQUEST")
                    && now < work.released + REQUEST_TIME
                    && person.load(now) == 0
                    && person.outFrom(work.end) == NEVER) {
                work.requested = true;
                window(work, now);
                for (Work part : work.parts) {
                    if (part.status.equals("DEFERRED") && part.cause.equals("BEGUN")) {
                        hold(part);
                    }
                }
                heard = true;
            }
        }
        return !heard;
    }

    private static void guard(Work work, long at) {
        Person person = work.person;
        Guard guard = (Guard) Objects.requireNonNull(work.terms.get("guard"));
        if (guard.restSeconds == 0 || !person.signedIn || person.restsUntil() >= at + guard.restSeconds) {
            return;
        }
        long busy = 0;
        long there = 0;
        for (long second = at - guard.minutes * 60L; second < at; second++) {
            boolean works = person.isSignedInAt(second) && person.worksAt(second);
            busy += works ? 1 : 0;
            there += works || person.isSignedInAt(second) && person.wantsWorkAt(second) ? 1 : 0;
        }
        if (there * 2 >= guard.minutes * 60L && busy * 100 > there * guard.percent) {
            person.rests.add(new Rest("OCCUPANCY", guard.restSeconds, null, at));
        }
    }

    private static void recoversByRule(Work work, long now) {
        boolean given = !work.recovery().byRule || work.recovery().seconds == 0;
        for (Rest rest : work.person.rests) {
            given |= rest.because == work.first();
        }
        if (!given && !work.person.isBeyondCap(work.recovery(), now)) {
            boolean isOver = work.holds() && work.first().busyUntil() != NEVER;
            var rest = new Rest("RECOVERY", work.recovery().seconds, isOver ? null : work.first(), now);
            rest.because = work.first();
            work.person.rests.add(rest);
        }
    }

    /** The agent asks for a rest: after what holds it, or at once if that was over a moment ago. */
    boolean recover(Person person, long now) {
        for (Rest rest : person.rests) {
            if (rest.kind.equals("RECOVERY") && person.span(rest).keepsWorkAway(now)) {
                return !person.signedIn;
            }
        }
        Work after = null;
        Recovery best = new Recovery(0, false, false, 0, 1);
        boolean busy = false;
        for (Work work : person.works) {
            boolean on = work.status.equals("PREPARING");
            busy |= on || work.holds();
            String callType = work.callType != null ? work.callType : work.contact.callType;
            Recovery gives =
                    on ? Work.recovery(terms(version, work, callType, work.escalated)) : work.recoveryWhereItHolds();
            if (gives != null && gives.onRequest && gives.seconds > best.seconds) {
                best = gives;
                after = work.first();
            }
        }
        long last = now - RIGHT_AFTER;
        for (Work work : person.works) {
            if (!busy && work.released != NEVER && work.released > last) {
                last = work.released;
                best = work.recovery();
            }
        }
        boolean refused = !person.signedIn || best.seconds == 0 || !best.onRequest || person.isBeyondCap(best, now);
        if (!refused) {
            boolean isOver = after != null && after.busyUntil() != NEVER;
            person.rests.add(new Rest("RECOVERY", best.seconds, isOver ? null : after, now));
        }
        return refused;
    }

    /** Time for what it owes, if nothing else is going on. */
    static void protect(Person person, int seconds, int everyMinutes, long now) {
        boolean given = person.owed() == 0 || person.load(now) > 0 || person.left(now) < 1;
        for (Rest rest : person.rests) {
            given |= rest.kind.equals("OWED_WORK") && rest.given > now - everyMinutes * 60L;
        }
        if (!given) {
            person.rests.add(new Rest("OWED_WORK", seconds, null, now));
        }
    }

    static void endRests(Person person, long now) {
        for (Rest rest : person.rests) {
            if (!person.span(rest).isOver) {
                rest.ended = now;
            }
        }
    }

    void choosesNext(Person person, Next next, boolean afterWrapUp, long now) {
        if (afterWrapUp) {
            person.chosen = next;
        } else {
            want(person, next, now, now);
        }
    }

    private void want(Person person, Next next, long at, long now) {
        person.chosen = null;
        if (!next.state.equals("OFFLINE") && !person.signedIn) {
            moved(person, Kind.SIGNED_IN, at, null, "afterword", now);
        }
        Kind kind = switch (next.state) {
            case "AVAILABLE" -> Kind.READY;
            case "OFFLINE" -> Kind.SIGNED_OUT;
            default -> Kind.NOT_READY;
        };
        moved(person, kind, at, next.reason, "afterword", now);
    }

    /** Something stopped holding the agent, who rests if that was too much, and is what it chose for this moment. */
    private void free(Work work, long at, long now) {
        Person person = work.person;
        guard(work, at);
        Next next = person.chosen;
        if (next != null) {
            want(person, next, at, now);
        }
    }

    /** The longest idle of those who have room; null if nobody has. */
    @Nullable
    Person reserve(String contact, String channel, int seconds, long now) {
        Person found = null;
        for (Person person : persons.values()) {
            int asked = channel.equals("voice") ? person.capacity : 1;
            if (person.left(now) >= asked && (found == null || person.idleSince() < found.idleSince())) {
                found = person;
            }
        }
        if (found != null) {
            found.holds.add(new Hold(contact, channel.equals("voice") ? found.capacity : 1, now + seconds));
        }
        return found;
    }

    static void cancel(Person person, String contact) {
        person.holds.removeIf(hold -> hold.contact.equals(contact));
    }

    // ---- what happens by itself
    // ---------------------------------------------------------------------------------------

    /** The earliest moment at which something happens by itself. */
    long nextDue() {
        long next = NEVER;
        for (Work work : works.values()) {
            next = Math.min(next, work.due());
        }
        for (Person person : persons.values()) {
            for (Rest rest : person.rests) {
                Span span = person.span(rest);
                next = span.runs() ? Math.min(next, span.until) : next;
            }
        }
        return next;
    }

    void sweep(long now) {
        persons.values().forEach(person -> restsEnd(person, now));
        deadlines(now);
    }

    private static void restsEnd(Person person, long now) {
        for (Rest rest : person.rests) {
            Span span = person.span(rest);
            boolean isPaid = rest.kind.equals("OWED_WORK") && person.owed() == 0 && !span.isOver;
            if (isPaid || span.runs() && span.until <= now) {
                rest.ended = now;
            }
        }
    }

    private void deadlines(long now) {
        while (true) {
            Work first = null;
            for (Work work : works.values()) {
                if (work.due() <= now && (first == null || work.due() < first.due())) {
                    first = work;
                }
            }
            if (first == null) {
                return;
            }
            happens(first, now);
            restsEnd(first.person, now);
        }
    }

    private void happens(Work work, long now) {
        if (work.status.equals("COMPLETED") && now >= work.finalAt) {
            work.isFinal = true;
        }
        if (work.isDebt() && now >= work.dueAt) {
            work.dueTold = work.dueAt;
        }
        if (work.whole != null) {
            return;
        }
        if (work.windowIsOpen()) {
            if (work.takesEffect() <= now) {
                runsOut(work, now);
            }
        } else if (work.status.equals("COMPLETED")) {
            if (work.released == NEVER && !work.staysForParts() && now >= work.deadline) {
                work.released = now;
                free(work, now, now);
            }
        } else if (work.cause.equals("UNASKED") && work.started) {
            owed(work, work.released, work.released + work.number("deferDueSeconds"), "BEGUN");
        } else if (work.cause.equals("UNASKED")) {
            expire(work, work.released, "notStarted");
        }
    }

    private void runsOut(Work first, long now) {
        Person person = first.person;
        var open = new ArrayList<Work>();
        for (Work work : person.works) {
            if (work.first() == first && work.status.equals("OPEN")) {
                open.add(work);
            }
        }
        String what = first.text("atDeadline");
        if (what.equals("OVERDUE") || what.equals("DEFER") && !first.mayOweMoreThan(person.owed() + open.size() - 1)) {
            open.forEach(work -> work.status = "OVERDUE");
            return;
        }
        for (Work work : open) {
            if (what.equals("DEFER")) {
                owed(work, now, now + first.number("deferDueSeconds"), "DEADLINE");
            } else {
                expire(work, now, "deadline");
            }
            work.cut = true;
        }
        first.released = now;
        first.cut = true;
        boolean chose = person.chosen != null;
        free(first, now, now);
        int silence = first.number("noResponseSeconds");
        long active = first.end;
        for (Work any : person.works) {
            active = Math.max(active, any.typed);
        }
        boolean away = silence > 0 && now - active >= silence;
        if (away && !chose && person.signedIn && person.wanted.equals("AVAILABLE")) {
            want(person, new Next("NOT_READY", "NO_RESPONSE"), now, now);
        }
    }
}
