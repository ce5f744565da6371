package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.afterword.catalog.Complexity;
import org.afterword.catalog.PolicyRule;
import org.afterword.catalog.PolicySettings;
import org.afterword.catalog.Queue;
import org.afterword.conversation.ByHand;
import org.afterword.conversation.Channel;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.desk.Agent;
import org.afterword.desk.AgentState;
import org.afterword.desk.LegSpan;
import org.afterword.desk.NextState;
import org.afterword.identity.AgentId;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpState;
import org.jspecify.annotations.Nullable;

/**
 * One random history of a floor: 20 agents, three channels, policies that change. Each step is an event or something that a
 * person does; it goes to the rules and to the model, what is due happens in both, and they must agree.
 */
final class ModelHistory {
    static final int STEPS = 200;
    private static final int AGENTS = 20;

    /** Those that most things happen to, so that much happens to one. */
    private static final int BUSY = 4;

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final WrapUp.Result DONE = new WrapUp.Result("DONE", null, 0, 0, null);
    private static final List<String> PARTS = List.of("/disposition", "/summary", "/tags");
    private static final List<String> CALL_TYPES = List.of("CLAIM", "HOURS");
    private static final List<String> QUEUES = List.of("sales", "service");
    private static final List<String> MODES =
            List.of("OPTIONAL", "DISCRETIONARY", "TIMEBOXED", "TIMEBOXED", "TIMEBOXED_FIXED", "ON_REQUEST");

    /** How often each thing was seen, by its name. */
    static final class Coverage {
        private final Map<String, Long> counts = new TreeMap<>();

        void saw(String what) {
            counts.merge(what, 1L, Long::sum);
        }

        void add(Coverage other) {
            other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
        }

        /** What every walk of some length comes by. */
        List<String> neverSeen() {
            return List.of(
                            "leak",
                            "OPEN",
                            "OVERDUE",
                            "DEFERRED",
                            "COMPLETED",
                            "EXPIRED",
                            "refused",
                            "reserved",
                            "reopened",
                            "held to the deadline",
                            "clock stood still",
                            "signed out of a window",
                            "split",
                            "opened by hand",
                            "told of by its switch",
                            "stayed for a part",
                            "cut",
                            "overdue debt",
                            "rested",
                            "OCCUPANCY",
                            "OWED_WORK",
                            "waited for a rest",
                            "asked for a rest",
                            "was refused a rest",
                            "ended a rest")
                    .stream()
                    .filter(what -> !counts.containsKey(what))
                    .toList();
        }

        @Override
        public String toString() {
            return counts.toString();
        }
    }

    /** What an agent of the rules looks like; taken anew only when it has changed, since it is a value. */
    private static final class Seen {
        final Situation situation;
        final Agent agent;
        final AgentState state;
        final boolean signedIn;
        final String wanted;
        final @Nullable String reason;
        final int capacity;
        final int carried;
        final int held;
        final @Nullable Instant idleSince;
        final @Nullable Instant restsUntil;
        final List<WrapUp> wrapUps;
        private final boolean timeless;
        private final int eligibleFor;

        Seen(Situation situation) {
            this.situation = situation;
            agent = situation.agent();
            state = agent.state();
            signedIn = agent.presence().signedIn();
            wanted = agent.presence().wanted().name();
            reason = agent.presence().reason();
            capacity = agent.profile().capacity();
            carried = agent.carried();
            held = agent.heldUnits();
            idleSince = agent.idleSince();
            wrapUps = List.copyOf(situation.wrapUps().values());
            restsUntil = agent.restsUntil();
            timeless = agent.reservations().isEmpty() && restsUntil == null;
            eligibleFor = timeless ? eligible(START) : 0;
        }

        /** For how many units at most; those who have no reservation and no rest are so at any time. */
        int eligibleFor(Instant now) {
            return timeless ? eligibleFor : eligible(now);
        }

        private int eligible(Instant now) {
            int units = 0;
            while (units < capacity && agent.isEligible(units + 1, List.of(), now)) {
                units++;
            }
            check(
                    units >= capacity - 1 || !agent.isEligible(capacity, List.of(), now),
                    "%s is eligible for %d units, and not for %d",
                    agent.id(),
                    capacity,
                    units + 1);
            return units;
        }
    }

    private final Random random;
    private final @Nullable List<String> told;
    private final Coverage coverage = new Coverage();
    private final PureDesk desk = new PureDesk().forgetting();
    private final ReferenceDesk model = new ReferenceDesk();
    private final Map<AgentId, Seen> seen = new HashMap<>();
    private final Map<String, AgentId> ids = new HashMap<>();
    private final List<String> agents = new ArrayList<>();
    private final List<String> contacts = new ArrayList<>();

    /**
     * By whom; on a channel of which a switch tells by the same id only: what joins by its time is looked at in
     * {@link LiveCorePropertiesTest}.
     */
    private final Map<String, String> openedByHand = new TreeMap<>();

    private final List<ContactEvent> sent = new ArrayList<>();
    private final Set<String> leaksTold = new HashSet<>();
    private long now;
    private long lastEvent;
    private int events;
    private int version = 1;

    /** @param told where each step is told; null = nowhere */
    ModelHistory(Random random, @Nullable List<String> told) {
        this.random = random;
        this.told = told;
        for (int i = 0; i < AGENTS; i++) {
            agents.add("agent%02d".formatted(i));
        }
    }

    Coverage coverage() {
        return coverage;
    }

    /** What the rules made of it. */
    PureDesk desk() {
        return desk;
    }

    void walk() {
        publish();
        for (int i = 0; i < AGENTS - 3; i++) {
            String agent = agents.get(i);
            receive(new ContactEvent.AgentSignedIn(
                    envelope(now), new AgentId(agent), null, null, null, null, 1 + i % 4, null, null));
            receive(new ContactEvent.AgentReady(envelope(now), new AgentId(agent)));
        }
        for (int step = 0; step < STEPS; step++) {
            tick();
            step();
            sweep();
            compare();
        }
        everyLegHasOneWrapUp();
    }

    // ---- steps ------------------------------------------------------------------------------------------------------

    /** Time goes on: often a little, sometimes to the second in which something is due. */
    private void tick() {
        long due = model.nextDue();
        int kind = random.nextInt(20);
        if (kind < 3 && due != ReferenceDesk.NEVER && due > now && due - now < 600) {
            now = Math.max(now + 1, due - random.nextInt(2));
        } else if (kind < 10) {
            now += 1 + random.nextInt(4);
        } else if (kind < 19) {
            now += 1 + random.nextInt(40);
        } else {
            now += 60 + random.nextInt(240);
        }
    }

    private void step() {
        int what = random.nextInt(100);
        if (what < 8) {
            presence();
        } else if (what < 20) {
            start();
        } else if (what < 34) {
            connect();
        } else if (what < 50) {
            legEvent();
        } else if (what < 53) {
            waited();
        } else if (what < 55) {
            offered();
        } else if (what < 57) {
            again();
        } else if (what < 59) {
            publish();
        } else if (what < 61) {
            chooseNext();
        } else if (what < 63) {
            request();
        } else if (what < 65) {
            cancel();
        } else if (what < 68) {
            rest();
        } else if (what < 71) {
            byHand();
        } else {
            wrapUpCommand();
        }
    }

    private void tell(Supplier<String> what) {
        if (told != null) {
            told.add("%5d s  %s".formatted(now, what.get()));
        }
    }

    private String anyAgent() {
        return agents.get(random.nextInt(3) == 0 ? random.nextInt(AGENTS) : random.nextInt(BUSY));
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private ContactEvent.Envelope envelope(long at) {
        return new ContactEvent.Envelope("switch", "e" + (100_000 + events++), time(at), time(now));
    }

    /** Of an event that comes in now; it may be late, but what happened before it is known. */
    private ContactEvent.Envelope envelope() {
        long late = random.nextInt(5) == 0 ? 1 + random.nextInt(5) : 0;
        lastEvent = Math.max(lastEvent, now - late);
        return envelope(lastEvent);
    }

    static Instant time(long second) {
        return START.plusSeconds(second);
    }

    private static long second(@Nullable Instant time) {
        return time == null ? ReferenceDesk.NEVER : time.getEpochSecond() - START.getEpochSecond();
    }

    /** One whose window can be had again for some seconds, if there is one. */
    private ReferenceDesk.@Nullable Work fleeting() {
        for (ReferenceDesk.Work work : model.works.values()) {
            boolean reopens = work.status.equals("COMPLETED") && now < work.finalAt;
            if (reopens || work.status.equals("DEFERRED") && work.cause.equals("UNASKED")) {
                return work;
            }
        }
        return null;
    }

    private void presence() {
        ReferenceDesk.Work fleeting = fleeting();
        if (fleeting != null && random.nextInt(3) == 0) {
            leaveAndComeBack(new AgentId(fleeting.person.id));
            now++;
            if (fleeting.status.equals("COMPLETED")) {
                reopen(fleeting, id(fleeting));
            } else {
                request(fleeting.person.id);
            }
            return;
        }
        String agent = anyAgent();
        var id = new AgentId(agent);
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                boolean busy = model.person(agent).carried() > 0;
                Integer capacity = busy || random.nextBoolean() ? null : (Integer) (1 + random.nextInt(4));
                receive(new ContactEvent.AgentSignedIn(envelope(), id, null, null, null, null, capacity, null, null));
            }
            case 2 -> receive(new ContactEvent.AgentNotReady(envelope(), id, "LUNCH"));
            case 3, 4 -> receive(new ContactEvent.AgentSignedOut(envelope(), id, null));
            default -> receive(new ContactEvent.AgentReady(envelope(), id));
        }
    }

    private void leaveAndComeBack(AgentId agent) {
        receive(new ContactEvent.AgentSignedOut(envelope(), agent, null));
        now++;
        receive(new ContactEvent.AgentSignedIn(envelope(), agent, null, null, null, null, null, null, null));
    }

    private void start() {
        String contact = "c" + (1000 + contacts.size());
        contacts.add(contact);
        Channel channel = any(List.of(Channel.VOICE, Channel.VOICE, Channel.CHAT, Channel.MESSAGE));
        Direction direction = switch (random.nextInt(5)) {
            case 0, 1 -> Direction.OUTBOUND;
            case 2 -> null;
            default -> Direction.INBOUND;
        };
        String queue = random.nextInt(3) == 0 ? null : any(QUEUES);
        String callType = random.nextInt(4) == 0 ? any(CALL_TYPES) : null;
        if (random.nextInt(12) > 0) { // some begin unannounced
            receive(new ContactEvent.Started(
                    envelope(),
                    new InteractionId(contact),
                    new InteractionDetails(channel, direction, queue, null, null, callType, null, Map.of())));
        }
        connect(contact, true);
    }

    /** Somebody opens a contact that no switch has told of, or ends one. */
    private void byHand() {
        String contact = openedByHand.isEmpty() ? null : any(List.copyOf(openedByHand.keySet()));
        if (contact != null && random.nextBoolean()) {
            receive(new ContactEvent.Closed(
                    byHand(envelope()),
                    new InteractionId(contact),
                    new AgentId(openedByHand.get(contact)),
                    "user:ann"));
            return;
        }
        String opened = "h" + (1000 + openedByHand.size());
        openedByHand.put(opened, anyAgent());
        contacts.add(opened);
        receive(new ContactEvent.Opened(
                byHand(envelope()),
                new InteractionId(opened),
                new AgentId(openedByHand.get(opened)),
                new InteractionDetails(Channel.EMAIL, Direction.INBOUND, null, null, null, null, null, Map.of()),
                "user:ann"));
        coverage.saw("opened by hand");
    }

    private static ContactEvent.Envelope byHand(ContactEvent.Envelope at) {
        return new ContactEvent.Envelope(ByHand.SOURCE, at.id(), at.time(), at.receivedAt());
    }

    private String lateContact() {
        return contacts.get(Math.max(0, contacts.size() - 1 - random.nextInt(8)));
    }

    private void connect() {
        if (!contacts.isEmpty()) {
            connect(lateContact(), false);
        }
    }

    /** The one that the gate gives, or anybody: a switch may force a call. */
    private void connect(String contact, boolean first) {
        String agent = anyAgent();
        if (random.nextInt(3) == 0) {
            String reserved = reserve(contact);
            if (reserved == null || random.nextInt(4) == 0) {
                return;
            }
            agent = reserved;
        }
        // no colleague: with that one, it could be what another contact by hand turns out to be
        agent = openedByHand.getOrDefault(contact, agent);
        LegRole role = first
                ? LegRole.PRIMARY
                : any(List.of(LegRole.PRIMARY, LegRole.CONSULT, LegRole.CONFERENCE, LegRole.MONITOR));
        String legId = random.nextInt(6) == 0 ? agent + "-named" + random.nextInt(2) : null;
        receive(new ContactEvent.Connected(envelope(), new InteractionId(contact), new AgentId(agent), legId, role));
    }

    private @Nullable String reserve(String contact) {
        for (ReferenceDesk.Person person : model.persons.values()) {
            if (person.isReservedFor(contact, now)) {
                return person.id; // as it would be answered
            }
        }
        Channel channel = Channel.valueOf(model.contact(contact).channel.toUpperCase(Locale.ROOT));
        int seconds = 5 + random.nextInt(40);
        AgentId found = desk.reserve(new InteractionId(contact), channel, Duration.ofSeconds(seconds), time(now));
        ReferenceDesk.Person expected = model.reserve(contact, model.contact(contact).channel, seconds, now);
        String name = found == null ? null : found.value();
        tell(() -> "reserve for %s: %s".formatted(contact, name));
        same("who has been idle longest", expected == null ? null : expected.id, name);
        if (found != null) {
            coverage.saw("reserved");
        }
        return name;
    }

    private void cancel() {
        if (!contacts.isEmpty()) {
            String contact = lateContact();
            for (ReferenceDesk.Person person : model.persons.values()) {
                if (person.isReservedFor(contact, now)) {
                    tell(() -> "cancel the reservation of %s for %s".formatted(person.id, contact));
                    ReferenceDesk.cancel(person, contact);
                    desk.change(
                            new AgentId(person.id),
                            time(now),
                            s -> s.with(s.agent().unreserve(new InteractionId(contact))));
                }
            }
        }
    }

    /** Something about a leg that is on. */
    private void legEvent() {
        List<String> on = contacts.stream()
                .filter(contact -> model.contact(contact).isOn())
                .toList();
        if (on.isEmpty()) {
            return;
        }
        String contact = any(on);
        var id = new InteractionId(contact);
        String who = null;
        for (String agent : agents) {
            if (model.contact(contact).isOn(agent) && (who == null || random.nextBoolean())) {
                who = agent;
            }
        }
        var agent = new AgentId(Objects.requireNonNull(who));
        switch (random.nextInt(8)) {
            case 0 -> receive(new ContactEvent.Held(envelope(), id, agent, null));
            case 1 -> receive(new ContactEvent.Resumed(envelope(), id, agent, null));
            case 2 ->
                receive(new ContactEvent.Transferred(envelope(), id, agent, null, random.nextBoolean(), null, null));
            case 3, 4 -> receive(new ContactEvent.Left(envelope(), id, agent, null));
            default -> receive(new ContactEvent.Ended(envelope(), id, null));
        }
    }

    private void waited() {
        ReferenceDesk.Work work = anyWork();
        if (work != null) {
            receive(new ContactEvent.DesktopApp(
                    envelope(),
                    new AgentId(work.person.id),
                    "CRM",
                    true,
                    1 + random.nextInt(20),
                    new InteractionId(work.contact.id)));
        }
    }

    private void offered() {
        if (!contacts.isEmpty()) {
            receive(new ContactEvent.Offered(
                    envelope(), new InteractionId(lateContact()), new AgentId(anyAgent()), null));
        }
    }

    /** Invariant 4: an event that comes again changes nothing. */
    private void again() {
        ContactEvent event = sent.get(Math.max(0, sent.size() - 1 - random.nextInt(20)));
        Map<AgentId, Situation> before = Map.copyOf(desk.situations);
        int leaks = desk.leaks.size();
        receive(event);
        check(
                desk.situations.equals(before) && desk.leaks.size() == leaks,
                "an event that came again changed something");
    }

    private void receive(ContactEvent event) {
        tell(event::toString);
        sent.add(event);
        desk.receive(event, time(now));
        String id = event.envelope().id();
        if (!model.isNew(id)) {
            return;
        }
        long at = second(event.at());
        switch (event) {
            case ContactEvent.Started e -> {
                InteractionDetails details = e.details();
                model.started(
                        e.interaction().value(),
                        details.channelOrVoice().name().toLowerCase(Locale.ROOT),
                        details.direction() == null ? null : details.direction().name(),
                        details.queue(),
                        details.callType());
            }
            case ContactEvent.Opened e -> {
                InteractionDetails details = e.details();
                model.started(
                        e.interaction().value(),
                        details.channelOrVoice().name().toLowerCase(Locale.ROOT),
                        "INBOUND",
                        null,
                        null);
                model.opened(e.agent().value(), e.interaction().value(), at, now);
            }
            case ContactEvent.Closed e ->
                model.left(e.agent().value(), e.interaction().value(), null, at, now);
            case ContactEvent.AgentSignedIn e -> model.signedIn(e.agent().value(), e.capacity(), at, now);
            case ContactEvent.AgentReady e -> model.ready(e.agent().value(), at, now);
            case ContactEvent.AgentNotReady e -> model.notReady(e.agent().value(), e.reason(), at, now);
            case ContactEvent.AgentSignedOut e -> model.signedOut(e.agent().value(), at, now);
            case ContactEvent.DesktopApp e ->
                model.waited(
                        e.agent().value(),
                        Objects.requireNonNull(e.interaction()).value(),
                        (long) e.seconds(),
                        at);
            case ContactEvent.Offered e ->
                model.offered(e.agent().value(), e.interaction().value(), id, at, now);
            case ContactEvent.Connected e -> {
                model.connected(
                        e.agent().value(),
                        e.interaction().value(),
                        e.legId(),
                        e.role().name(),
                        id,
                        at,
                        now);
                if (e.agent().value().equals(openedByHand.get(e.interaction().value()))) {
                    coverage.saw("told of by its switch");
                }
            }
            case ContactEvent.Held e ->
                model.held(
                        Objects.requireNonNull(e.agent()).value(),
                        e.interaction().value(),
                        false,
                        at,
                        now);
            case ContactEvent.Resumed e ->
                model.held(
                        Objects.requireNonNull(e.agent()).value(),
                        e.interaction().value(),
                        true,
                        at,
                        now);
            case ContactEvent.Transferred e ->
                model.left(e.agent().value(), e.interaction().value(), e.legId(), at, now);
            case ContactEvent.Left e ->
                model.left(e.agent().value(), e.interaction().value(), e.legId(), at, now);
            case ContactEvent.Ended e -> model.ended(e.interaction().value(), at, now);
            default -> throw new IllegalStateException("no history has such an event: " + event);
        }
    }

    private ReferenceDesk.@Nullable Work anyWork() {
        List<ReferenceDesk.Work> live = model.works.values().stream()
                .filter(work -> !work.isEnded() && (!work.status.equals("DEFERRED") || random.nextInt(8) == 0))
                .toList();
        List<ReferenceDesk.Work> after =
                live.stream().filter(work -> !work.status.equals("PREPARING")).toList();
        if (!after.isEmpty() && random.nextInt(3) > 0) {
            return any(after);
        }
        if (live.isEmpty() || random.nextInt(30) == 0) {
            return model.works.isEmpty() ? null : any(List.copyOf(model.works.values()));
        }
        return any(live);
    }

    private void wrapUpCommand() {
        ReferenceDesk.Work fleeting = random.nextInt(6) == 0 ? fleeting() : null;
        ReferenceDesk.Work work = fleeting == null ? anyWork() : fleeting;
        if (work == null) {
            return;
        }
        WrapUpId id = id(work);
        boolean canBeReopened = work.status.equals("COMPLETED") && now < work.finalAt;
        switch (canBeReopened && random.nextBoolean() ? 10 : random.nextInt(23)) {
            case 0, 1 -> {
                Set<String> parts = new HashSet<>(PARTS.subList(0, 1 + random.nextInt(PARTS.size())));
                if (!work.isEnded() && !work.status.equals("COMPLETED")) {
                    tell(() -> "write %s into %s".formatted(parts, work.id));
                    ReferenceDesk.write(work, parts, now);
                    desk.write(id, parts, time(now));
                }
            }
            case 2, 3, 4 -> {
                tell(() -> "press a key at " + work.id);
                ReferenceDesk.input(work, now);
                desk.change(id, s -> WindowRules.input(s, id, time(now)));
            }
            case 5, 6, 7, 8, 9 -> {
                ReferenceDesk.Next next = random.nextInt(3) == 0 ? anyNext() : null;
                asks(
                        () -> "confirm %s, next %s".formatted(work.id, next),
                        id,
                        s -> desk.rules.completed(s, id, DONE, "user:ann", next(next), time(now)),
                        () -> model.confirm(work, next, now));
            }
            case 10, 11 -> reopen(work, id);
            case 12, 13 -> {
                String reason = random.nextBoolean() ? "why" : null;
                asks(
                        () -> "extend %s, %s".formatted(work.id, reason),
                        id,
                        s -> WindowRules.extended(s, id, reason, time(now)),
                        () -> model.extend(work, reason, now));
            }
            case 14 -> {
                boolean toTheAgent = random.nextInt(4) > 0;
                var deferral = new AfterCallRules.Deferral(
                        toTheAgent ? WrapUpState.Owner.AGENT : WrapUpState.Owner.BACK_OFFICE, null, "later", List.of());
                asks(
                        () -> "defer %s to %s".formatted(work.id, deferral.owner()),
                        id,
                        s -> desk.rules.deferred(s, id, deferral, time(now)),
                        () -> model.defer(work, toTheAgent, now));
            }
            case 15 -> {
                String callType = random.nextInt(3) == 0 ? null : any(CALL_TYPES);
                boolean escalated = random.nextInt(3) == 0;
                asks(
                        () -> "say that %s is about %s, escalated %s".formatted(work.id, callType, escalated),
                        id,
                        s -> desk.rules.chosen(
                                s,
                                id,
                                new WrapUp.Choice(callType, escalated),
                                desk.detailsOf(s.get(id).interaction()),
                                desk.policiesOf(s.get(id)),
                                time(now)),
                        () -> model.choose(work, callType, escalated, now));
            }
            case 16, 17 -> {
                boolean refused = asks(
                        () -> "split " + work.id,
                        id,
                        s -> SplitRules.split(s, id, desk.newId(), Set.of()),
                        () -> model.split(work));
                coverage.saw(refused ? "refused" : "split");
            }
            default -> override(work, id);
        }
    }

    private void reopen(ReferenceDesk.Work work, WrapUpId id) {
        boolean refused = asks(
                () -> "reopen " + work.id,
                id,
                s -> desk.rules.reopened(s, id, time(now)),
                () -> model.reopen(work, now));
        coverage.saw(refused ? "refused" : "reopened");
    }

    private void override(ReferenceDesk.Work work, WrapUpId id) {
        switch (random.nextInt(5)) {
            case 0 -> {
                int seconds = 10 + random.nextInt(60);
                asks(
                        () -> "a supervisor extends %s by %d s".formatted(work.id, seconds),
                        id,
                        s -> WindowRules.extendedByOverride(s, id, Duration.ofSeconds(seconds), "why", time(now)),
                        () -> model.extendByOverride(work, seconds, now));
            }
            case 1 ->
                asks(
                        () -> "a supervisor ends " + work.id,
                        id,
                        s -> desk.rules.ended(s, id, "why", time(now)),
                        () -> model.end(work, now));
            case 2 ->
                asks(
                        () -> "a supervisor defers " + work.id,
                        id,
                        s -> desk.rules.deferredByOverride(s, id, AfterCallRules.Deferral.toTheAgent("why"), time(now)),
                        () -> model.deferByOverride(work, now));
            case 3 -> {
                boolean toItsAgent = random.nextInt(4) == 0;
                AgentId to = new AgentId(toItsAgent ? work.person.id : "a-colleague");
                asks(
                        () -> "a supervisor gives %s to %s".formatted(work.id, to),
                        id,
                        s -> desk.rules.reassigned(s, id, to, "why", time(now)),
                        () -> model.reassign(work, toItsAgent, now));
            }
            default -> {
                if (work.status.equals("PREPARING")) {
                    tell(() -> "a supervisor releases the leg of " + work.id);
                    desk.release(desk.find(id), time(now));
                    model.release(work, now);
                }
            }
        }
    }

    private void chooseNext() {
        String agent = anyAgent();
        ReferenceDesk.Next next = anyNext();
        boolean afterWrapUp = random.nextBoolean();
        tell(() -> "%s chooses %s, after its wrap-up %s".formatted(agent, next, afterWrapUp));
        model.choosesNext(model.person(agent), next, afterWrapUp, now);
        desk.change(
                new AgentId(agent),
                time(now),
                s -> desk.rules.wants(
                        s, Objects.requireNonNull(next(next)), afterWrapUp, "f" + (100_000 + events++), time(now)));
    }

    private void request() {
        ReferenceDesk.Work fleeting = random.nextBoolean() ? fleeting() : null;
        request(fleeting == null ? anyAgent() : fleeting.person.id);
    }

    private void request(String agent) {
        tell(() -> "%s asks for a window".formatted(agent));
        boolean refused = model.request(model.person(agent), now);
        try {
            desk.change(new AgentId(agent), time(now), s -> desk.rules.requested(s, time(now)));
            same("whether it is refused", refused, false);
        } catch (ProblemException e) {
            same("whether it is refused", refused, true);
        }
    }

    /** An agent asks for a rest, or ends the one that it has; or who owes something is given time for that. */
    private void rest() {
        if (random.nextInt(3) == 0) {
            protect();
            return;
        }
        String agent = agents.get(random.nextInt(BUSY));
        ReferenceDesk.Person person = model.person(agent);
        var id = new AgentId(agent);
        if (person.restsUntil() >= 0 && random.nextBoolean()) {
            tell(() -> "%s ends its rest".formatted(agent));
            ReferenceDesk.endRests(person, now);
            desk.change(id, time(now), s -> RestRules.ended(s, time(now)));
            coverage.saw("ended a rest");
            return;
        }
        tell(() -> "%s asks for a rest".formatted(agent));
        boolean refused = model.recover(person, now);
        coverage.saw(refused ? "was refused a rest" : "asked for a rest");
        try {
            desk.change(id, time(now), s -> RestRules.asked(s, desk.details(), desk.policies, time(now)));
            same("whether a rest is refused", refused, false);
        } catch (ProblemException e) {
            tell(() -> "  refused: " + e.detail());
            same("whether a rest is refused", refused, true);
        }
    }

    private void protect() {
        int seconds = 60 + random.nextInt(200);
        int everyMinutes = 10 + random.nextInt(10);
        var queue = new Queue("calm", "calm", List.of(), null, null, new Queue.Calm(0, seconds, 100, everyMinutes));
        tell(() -> "who owes something is given %d s, every %d minutes".formatted(seconds, everyMinutes));
        for (ReferenceDesk.Person person : model.persons.values()) {
            ReferenceDesk.protect(person, seconds, everyMinutes, now);
            desk.change(new AgentId(person.id), time(now), s -> RestRules.protectedTime(s, queue, time(now)));
        }
    }

    private ReferenceDesk.Next anyNext() {
        return switch (random.nextInt(4)) {
            case 0 -> new ReferenceDesk.Next("OFFLINE", null);
            case 1 -> new ReferenceDesk.Next("NOT_READY", "BREAK");
            default -> new ReferenceDesk.Next("AVAILABLE", null);
        };
    }

    private static @Nullable NextState next(ReferenceDesk.@Nullable Next next) {
        return next == null ? null : new NextState(AgentState.valueOf(next.state()), next.reason());
    }

    private interface Asked {
        boolean isRefused();
    }

    /** Asks both for the same; what one refuses, the other must. */
    private boolean asks(Supplier<String> what, WrapUpId id, UnaryOperator<Situation> rule, Asked ofModel) {
        tell(what);
        boolean refused = ofModel.isRefused();
        boolean refusedByRules = false;
        try {
            desk.change(id, rule);
        } catch (ProblemException e) {
            refusedByRules = true;
            tell(() -> "  refused: " + e.detail());
            coverage.saw("refused");
        }
        same("whether it is refused", refused, refusedByRules);
        return refused;
    }

    /** The wrap-up of the rules that is about the same leg. */
    private WrapUpId id(ReferenceDesk.Work work) {
        if (work.whole != null) {
            Situation situation = desk.situation(new AgentId(work.person.id));
            return situation
                    .partsOf(situation.get(id(work.whole)))
                    .get(work.whole.parts.indexOf(work))
                    .id();
        }
        for (WrapUp wrapUp :
                desk.situation(new AgentId(work.person.id)).wrapUps().values()) {
            if (wrapUp.leg().toString().equals(work.id) && !wrapUp.isPart()) {
                return wrapUp.id();
            }
        }
        throw new AssertionError("leg %s has no wrap-up".formatted(work.id));
    }

    private void sweep() {
        desk.sweep(time(now));
        model.sweep(now);
    }

    // ---- policies ---------------------------------------------------------------------------------------------------

    private void publish() {
        version++;
        var rules = new ArrayList<ReferenceDesk.Rule>();
        rules.add(new ReferenceDesk.Rule("all", Map.of(), settings(3)));
        if (random.nextBoolean()) {
            rules.add(new ReferenceDesk.Rule("chats", Map.of("channel", "chat"), settings(1)));
        }
        if (random.nextBoolean()) {
            rules.add(new ReferenceDesk.Rule("out", Map.of("direction", "outbound"), settings(1)));
        }
        if (random.nextBoolean()) {
            rules.add(new ReferenceDesk.Rule("sales", Map.of("queue", "sales"), settings(1)));
            rules.add(new ReferenceDesk.Rule("calls", Map.of("queue", "sales", "channel", "voice"), settings(1)));
        }
        for (String type : CALL_TYPES) {
            rules.add(new ReferenceDesk.Rule(type, Map.of("callType", type), settings(1)));
        }
        if (random.nextBoolean()) {
            rules.add(new ReferenceDesk.Rule("high", Map.of("complexity", "HIGH"), settings(1)));
        }
        if (random.nextBoolean()) {
            rules.add(new ReferenceDesk.Rule("one", Map.of("agent", agents.get(0)), settings(1)));
        }
        tell(() -> "policies %d: %s".formatted(version, rules));
        model.publish(version, rules);
        desk.publish(version, rules.stream().map(ModelHistory::rule).toList());
    }

    /** Says each setting with a chance of {@code often} in four. */
    private Map<String, Object> settings(int often) {
        var says = new LinkedHashMap<String, Object>();
        say(says, often, "mode", any(MODES));
        say(says, often, "windowSeconds", 5 + random.nextInt(60));
        say(says, often, "partSeconds", Map.of("/summary", 5 + random.nextInt(30), "/tags", random.nextInt(10)));
        say(says, often, "graceSeconds", random.nextInt(3) * 4);
        say(says, often, "typingGraceSeconds", random.nextInt(3) * 8);
        say(says, often, "noResponseSeconds", random.nextInt(3) * 15);
        say(says, often, "systemWaitSeconds", random.nextInt(3) * 12);
        say(says, often, "atDeadline", any(List.of("OVERDUE", "DEFER", "EXPIRE")));
        if (random.nextInt(4) < often) {
            says.put("extensions", random.nextInt(4));
            says.put("extensionSeconds", 10 + random.nextInt(30));
            says.put("reasonRequired", random.nextInt(4) == 0);
        }
        say(says, often, "deferrable", random.nextBoolean());
        say(says, often, "deferDueSeconds", 60 + random.nextInt(4000));
        say(says, often, "deferralCap", random.nextInt(4));
        say(says, often, "requiredParts", PARTS.subList(0, random.nextInt(PARTS.size() + 1)));
        say(says, often, "holdShare", random.nextInt(3) * 0.5);
        say(says, often, "consults", random.nextBoolean());
        int seconds = random.nextInt(3) == 0 ? 0 : 10 + random.nextInt(50);
        int cap = seconds * (1 + random.nextInt(6));
        say(
                says,
                often,
                "recovery",
                new ReferenceDesk.Recovery(
                        seconds, random.nextInt(3) == 0, random.nextInt(3) > 0, cap, 1 + random.nextInt(2)));
        say(
                says,
                often,
                "guard",
                new ReferenceDesk.Guard(
                        20 + random.nextInt(70),
                        5 + random.nextInt(10),
                        random.nextInt(3) * (10 + random.nextInt(20))));
        return says;
    }

    private void say(Map<String, Object> says, int often, String setting, Object value) {
        if (random.nextInt(4) < often) {
            says.put(setting, value);
        }
    }

    private static PolicyRule rule(ReferenceDesk.Rule rule) {
        Map<String, String> when = rule.when();
        return new PolicyRule(
                rule.code(),
                rule.code(),
                new PolicyRule.When(
                        when.get("agent"),
                        null,
                        null,
                        when.get("callType"),
                        when.containsKey("complexity") ? Complexity.valueOf(when.get("complexity")) : null,
                        null,
                        when.get("queue"),
                        when.get("direction"),
                        when.get("channel")),
                settings(rule.says()),
                null);
    }

    @SuppressWarnings("unchecked")
    private static PolicySettings settings(Map<String, Object> says) {
        String mode = (String) says.get("mode");
        String atDeadline = (String) says.get("atDeadline");
        Integer extensions = (Integer) says.get("extensions");
        var recovery = (ReferenceDesk.Recovery) says.get("recovery");
        var guard = (ReferenceDesk.Guard) says.get("guard");
        return new PolicySettings(
                mode == null ? null : PolicySettings.WrapUpMode.valueOf(mode),
                (Integer) says.get("windowSeconds"),
                (Map<String, Integer>) says.get("partSeconds"),
                null,
                null,
                (Integer) says.get("graceSeconds"),
                (Integer) says.get("typingGraceSeconds"),
                (Integer) says.get("noResponseSeconds"),
                (Integer) says.get("systemWaitSeconds"),
                atDeadline == null ? null : PolicySettings.AtDeadline.valueOf(atDeadline),
                extensions == null
                        ? null
                        : new PolicySettings.Extensions(
                                extensions, (int) says.getOrDefault("extensionSeconds", 0), (boolean)
                                        says.getOrDefault("reasonRequired", false)),
                (Boolean) says.get("deferrable"),
                (Integer) says.get("deferDueSeconds"),
                null,
                (Integer) says.get("deferralCap"),
                (List<String>) says.get("requiredParts"),
                null,
                (Double) says.get("holdShare"),
                (Boolean) says.get("consults"),
                null,
                null,
                null,
                recovery == null
                        ? null
                        : new PolicySettings.Recovery(
                                recovery.seconds(),
                                recovery.byRule(),
                                recovery.onRequest(),
                                recovery.cap(),
                                recovery.hours()),
                guard == null
                        ? null
                        : new PolicySettings.OccupancyGuard(guard.percent(), guard.minutes(), guard.restSeconds()),
                null,
                null);
    }

    // ---- what must be true after each step
    // ----------------------------------------------------------------------------

    private void compare() {
        for (ReferenceDesk.Person person : model.persons.values()) {
            AgentId id = ids.computeIfAbsent(person.id, AgentId::new);
            Seen before = seen.get(id);
            Situation situation = desk.situations.get(id);
            if (situation == null) {
                check(person.works.isEmpty() && !person.signedIn, "the rules do not know %s", id);
                continue;
            }
            Seen after = before;
            if (before == null || before.situation != situation) {
                after = new Seen(situation);
                seen.put(id, after);
                transitions(before, after);
                compareWrapUps(person, after);
            }
            compare(person, Objects.requireNonNull(after));
        }
        compareLeaks();
    }

    private void compare(ReferenceDesk.Person person, Seen agent) {
        String name = person.id;
        same(name, "shows", person.shown(), agent.state.name());
        same(name, "signed in", person.signedIn, agent.signedIn);
        if (person.signedIn) {
            same(name, "wants", person.wanted, agent.wanted);
            check(
                    Objects.equals(person.reason, agent.reason)
                            || person.reasons().contains(agent.reason),
                    "%s is not ready because of %s, not %s",
                    name,
                    agent.reason,
                    person.reason);
        }
        same(name, "capacity", person.capacity, agent.capacity);
        same(name, "carries", person.carried(), agent.carried);
        same(name, "held units", person.heldUnits(), agent.held);
        same(name, "owes", person.owed(), agent.agent.owed());
        same(name, "chose", next(person.chosen), agent.agent.afterWrapUp());
        long restsUntil = agent.restsUntil == null
                ? -1
                : agent.restsUntil.equals(Instant.MAX) ? ReferenceDesk.NEVER : second(agent.restsUntil);
        same(name, "rests until", person.restsUntil(), restsUntil);
        int load = person.load(now);
        same(name, "load", load, agent.agent.reservations().isEmpty() ? agent.carried : agent.agent.load(time(now)));
        int eligible = agent.eligibleFor(time(now));
        if (eligible > 0) {
            same(name, "idle since", person.idleSince(), second(agent.idleSince));
        }
        same(name, "eligible for", Math.max(0, person.left(now)), eligible);
        // invariant 1, by what the rules say themselves
        check(
                eligible == 0 || agent.held + eligible <= agent.capacity,
                "%s is held with %d of %d units and eligible for %d",
                name,
                agent.held,
                agent.capacity,
                eligible);
    }

    /** Invariant 1: each forced offer and connect is told, and told once. */
    private void compareLeaks() {
        for (int i = leaksTold.size(); i < desk.leaks.size(); i++) {
            BatchRules.Leak leak = desk.leaks.get(i);
            String key = leak.kind() + " " + leak.eventId();
            check(leaksTold.add(key), "the leak %s was told again", key);
            coverage.saw("leak");
        }
        if (leaksTold.size() != model.leaks.size()) {
            same("leaks", new HashSet<>(model.leaks), leaksTold);
        }
    }

    private void compareWrapUps(ReferenceDesk.Person person, Seen agent) {
        same(person.id, "number of wrap-ups", person.works.size(), agent.wrapUps.size());
        for (int i = 0; i < agent.wrapUps.size(); i++) {
            compare(person.works.get(i), agent.wrapUps.get(i));
        }
    }

    private void compare(ReferenceDesk.Work work, WrapUp wrapUp) {
        String name = work.id;
        same(name, "is of leg", work.first().id, wrapUp.leg().toString());
        same(name, "was split off", work.whole != null, wrapUp.isPart());
        same(name, "status", work.status, wrapUp.status().name());
        same(name, "leg began", work.start, second(wrapUp.span().startedAt()));
        same(name, "leg ended", work.end, second(wrapUp.span().endedAt()));
        same(name, "units", work.units, wrapUp.legUnits());
        same(name, "released", work.released, second(wrapUp.state().releasedAt()));
        same(name, "was deferred", work.wasDeferred, wrapUp.wasDeferred());
        same(name, "cut", work.cut, wrapUp.cut());
        same(name, "started", work.started, wrapUp.started());
        same(name, "requested", work.requested, wrapUp.requested());
        same(name, "was announced as due", work.dueTold, second(wrapUp.dueTold()));
        same(name, "has a result", work.hasResult, wrapUp.result() != null);
        same(name, "has a confirmer", work.hasResult, wrapUp.confirmedBy() != null);
        if (!work.status.equals("PREPARING")) {
            same(name, "keeps", work.held, wrapUp.heldUnits());
            same(name, "policies of", work.version, (int) wrapUp.fixedPolicy().version());
        }
        if (work.holds()) {
            same(name, "deadline", work.first().deadline, second(wrapUp.deadline()));
            same(name, "extensions", work.first().extensions, wrapUp.extensions());
        }
        switch (wrapUp.state()) {
            case WrapUpState.Deferred owed -> {
                same(name, "cause", work.cause, owed.cause().name());
                same(name, "due", work.dueAt, second(owed.dueAt()));
                same(name, "owed by the agent", work.owedByAgent, owed.owner() == WrapUpState.Owner.AGENT);
            }
            case WrapUpState.Expired expired -> same(name, "reason", work.cause, expired.reason());
            case WrapUpState.Completed completed -> {
                same(name, "final", work.isFinal, completed.isFinal());
                same(name, "final at", work.finalAt, second(completed.finalAt()));
            }
            case WrapUpState.Open o -> {}
            case WrapUpState.Overdue o -> {}
            case WrapUpState.Preparing p -> {}
        }
    }

    /** Invariants 2, 3 and 5 by what the rules say themselves, from one step to the next. */
    private void transitions(@Nullable Seen before, Seen after) {
        if (after.state == AgentState.RECOVERY) {
            coverage.saw("rested");
            coverage.saw(after.agent.rest().orElseThrow().kind().name());
        } else if (Instant.MAX.equals(after.restsUntil)) {
            coverage.saw("waited for a rest");
        }
        for (WrapUp wrapUp : after.wrapUps) {
            WrapUp old = before == null ? null : before.situation.wrapUps().get(wrapUp.id());
            if (old == wrapUp) {
                continue;
            }
            WrapUpState state = wrapUp.state();
            coverage.saw(wrapUp.status().name());
            check(
                    !wrapUp.isPart() || wrapUp.legUnits() == 0 && wrapUp.heldUnits() == 0,
                    "%s was split off and takes units",
                    wrapUp.id());
            if (wrapUp.isPart() && state.runs()) {
                WrapUp first = after.situation.firstOf(wrapUp);
                check(first.state().holds(), "%s runs, and nothing holds its agent", wrapUp.id());
                if (!first.state().runs()) {
                    coverage.saw("stayed for a part");
                }
            }
            check(
                    wrapUp.result() == null || state instanceof WrapUpState.Completed,
                    "%s is %s and has a result",
                    wrapUp.leg(),
                    state);
            if (wrapUp.dueTold() != null) {
                coverage.saw("overdue debt");
            }
            if (wrapUp.cut() && (old == null || !old.cut())) {
                coverage.saw("cut");
            }
            if (old != null) {
                transition(old, wrapUp);
            }
        }
        if (before != null) {
            check(
                    after.situation
                            .wrapUps()
                            .keySet()
                            .containsAll(before.situation.wrapUps().keySet()),
                    "a wrap-up of %s is lost",
                    after.agent.id());
        }
    }

    private void transition(WrapUp old, WrapUp wrapUp) {
        WrapUpState was = old.state();
        WrapUpState is = wrapUp.state();
        boolean ended = was instanceof WrapUpState.Expired || was instanceof WrapUpState.Completed c && c.isFinal();
        if (ended) {
            check(
                    old.status() == wrapUp.status()
                            && Objects.equals(old.result(), wrapUp.result())
                            && Objects.equals(old.confirmedBy(), wrapUp.confirmedBy())
                            && old.choice().equals(wrapUp.choice()),
                    "%s had ended as %s and became %s",
                    wrapUp.leg(),
                    was,
                    is);
        }
        boolean ranOut = is instanceof WrapUpState.Overdue && !(was instanceof WrapUpState.Overdue)
                || wrapUp.cut() && !old.cut();
        if (ranOut) {
            Instant deadline = Objects.requireNonNull(wrapUp.deadline());
            check(
                    !deadline.plus(wrapUp.fixedPolicy().grace()).isAfter(time(now)),
                    "the deadline %s of %s took effect at %s",
                    deadline,
                    wrapUp.leg(),
                    time(now));
            check(!old.cut() || was instanceof WrapUpState.Completed, "%s was cut twice", wrapUp.leg());
        }
        if (is instanceof WrapUpState.Completed completed && completed.releasedAt() == null) {
            coverage.saw("held to the deadline");
        }
        if (!wrapUp.stops().equals(old.stops())) {
            coverage.saw("clock stood still");
        }
        if (is instanceof WrapUpState.Deferred owed && owed.cause() == WrapUpState.Cause.SIGNED_OUT && was.runs()) {
            coverage.saw("signed out of a window");
        }
    }

    /** Invariant 2: every leg that is not a monitor's has exactly one wrap-up, beside what was split off it. */
    private void everyLegHasOneWrapUp() {
        var legs = new ArrayList<String>();
        for (List<LegSpan> spans : desk.legs.values()) {
            for (LegSpan span : spans) {
                if (span.role() != LegRole.MONITOR) {
                    legs.add(span.key().toString());
                }
            }
        }
        List<String> ofWrapUps = desk.wrapUps().stream()
                .filter(wrapUp -> !wrapUp.isPart())
                .map(wrapUp -> wrapUp.leg().toString())
                .sorted()
                .toList();
        same("wrap-ups of legs", legs.stream().sorted().toList(), ofWrapUps);
    }

    private static void same(String what, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError("%s: by the model %s, by the rules %s".formatted(what, expected, actual));
        }
    }

    private static void same(String whose, String what, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            same(whose + ", " + what, expected, actual);
        }
    }

    private static void same(String whose, String what, long expected, long actual) {
        if (expected != actual) {
            same(whose, what, (Object) expected, actual);
        }
    }

    private static void check(boolean holds, String otherwise, @Nullable Object... about) {
        if (!holds) {
            throw new AssertionError(otherwise.formatted(about));
        }
    }
}
