package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.afterword.catalog.Catalog;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.Desk;
import org.afterword.governance.Trail;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.WrapUp;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Contacts that continue others: by rule as events come in, and by choice. */
@Service
class Rejoins {
    private final Tenancy tenancy;
    private final Desk desk;
    private final Situations situations;
    private final WrapUpRepository wrapUps;
    private final Conversations conversations;
    private final AfterCallRules rules;
    private final Trail trail;
    private final InstantSource clock;

    Rejoins(
            Tenancy tenancy,
            Desk desk,
            Situations situations,
            WrapUpRepository wrapUps,
            Conversations conversations,
            AfterCallRules rules,
            Trail trail,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.desk = desk;
        this.situations = situations;
        this.wrapUps = wrapUps;
        this.conversations = conversations;
        this.rules = rules;
        this.trail = trail;
        this.clock = clock;
    }

    /** With what the agents may go on with, where a queue says so and the batch may tell that a customer came again. */
    Situations.Loaded widened(
            Situations.Loaded loaded, List<ContactEvent> events, Collection<InteractionId> interactions, Instant now) {
        Optional<Duration> longest = RejoinRules.longest(loaded.catalog().catalog());
        if (longest.isEmpty() || !mayTell(events)) {
            return loaded;
        }
        Set<AgentId> agents = loaded.agents().keySet();
        var all = new TreeSet<>(interactions);
        all.addAll(wrapUps.lately(
                tenancy.current(),
                agents,
                now.minus(ContactEvent.LATENESS_BOUND).minus(longest.get())));
        return situations.load(agents, all, now);
    }

    /** The agents after a batch, with what their contacts continue. */
    List<Situation> linked(Situations.Loaded before, List<Situation> after, List<ContactEvent> events, Instant now) {
        if (!mayTell(events)) {
            return after;
        }
        Catalog catalog = before.catalog().catalog();
        Collection<WrapUp> known = before.wrapUps().values();
        List<Situation> linked = after;
        if (RejoinRules.longest(catalog).isPresent()) {
            Set<InteractionId> interactions = new TreeSet<>();
            after.forEach(situation ->
                    situation.wrapUps().values().forEach(wrapUp -> interactions.add(wrapUp.interaction())));
            linked = new RejoinRules(catalog, before.details(interactions), rules).linked(after, known, now);
        }
        return RejoinRules.spread(linked, known);
    }

    /** Neither what is said and done in a contact nor where agents are says who comes when. */
    private static boolean mayTell(List<ContactEvent> events) {
        return events.stream().anyMatch(ContactEvent.OfLeg.class::isInstance);
    }

    /**
     * A contact and what it continues.
     *
     * @param continues null = none
     * @param contactId the first of those that continue each other, by which they count as one
     * @param by        the person who said so; null = by rule
     */
    record Shown(
            InteractionId interactionId,
            @Nullable InteractionId continues,
            InteractionId contactId,
            @Nullable String by) {}

    /** It is a contact of its own, whatever the rule says. */
    Shown separate(Caller caller, InteractionId id) {
        return change(caller, id, null);
    }

    /** It continues {@code with}, whatever the rule says. */
    Shown join(Caller caller, InteractionId id, InteractionId with) {
        return change(caller, id, with);
    }

    private Shown change(Caller caller, InteractionId named, @Nullable InteractionId with) {
        caller.require(Role.AGENT, Role.SUPERVISOR, Role.ADMINISTRATOR);
        // whose contacts are concerned is known for sure once nobody else can change what continues what
        var locked = new TreeSet<AgentId>();
        Optional<Shown> changed = Optional.empty();
        while (changed.isEmpty()) {
            changed = tenancy.in(caller.tenant(), () -> change(caller, named, with, locked));
        }
        return changed.get();
    }

    /** @param locked those that the contacts are of; where there turn out to be others, they are added, and nothing is done */
    private Optional<Shown> change(
            Caller caller, InteractionId named, @Nullable InteractionId with, Set<AgentId> locked) {
        desk.lock(locked);
        InteractionId id = conversations.known(named);
        InteractionId earlier = with == null ? null : conversations.known(with);
        WrapUp contact = own(caller, id);
        InteractionId root = earlier == null ? id : root(caller, contact, earlier);
        Map<InteractionId, InteractionId> roots = roots(id, root);
        var concerned = new TreeSet<>(roots.keySet());
        InteractionId before = contact.contact().continues();
        if (before != null) {
            concerned.add(before);
        }
        Set<AgentId> agents = wrapUps.ofInteractions(tenancy.current(), concerned).get().stream()
                .map(WrapUp::agent)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!locked.containsAll(agents)) {
            locked.addAll(agents);
            return Optional.empty();
        }
        Instant now = clock.instant();
        Situations.Loaded loaded = situations.load(agents, concerned, now);
        List<Situation> after = agents.stream()
                .map(agent -> changed(loaded.of(agent), id, earlier, roots, caller.actor()))
                .map(situation -> before == null || before.equals(earlier)
                        ? situation
                        : RejoinRules.owedAgain(situation, before, now))
                .toList();
        situations.store(loaded, after, Deed.of(caller), now);
        trail.record(
                caller,
                earlier == null ? "contact.separated" : "contact.joined",
                "interaction:" + id,
                earlier == null ? Map.of() : Map.of("with", earlier.value()));
        return Optional.of(new Shown(id, earlier, root, caller.actor()));
    }

    /** The contact and all that continues it, with the first of each from now on. */
    private Map<InteractionId, InteractionId> roots(InteractionId id, InteractionId root) {
        Map<InteractionId, InteractionId> roots = new HashMap<>(Map.of(id, root));
        var next = new ArrayDeque<>(List.of(id));
        while (!next.isEmpty()) {
            for (WrapUp wrapUp : wrapUps.continuing(tenancy.current(), List.of(next.poll()))) {
                if (roots.putIfAbsent(wrapUp.interaction(), root) == null) {
                    next.add(wrapUp.interaction());
                }
            }
        }
        return roots;
    }

    private static Situation changed(
            Situation situation,
            InteractionId id,
            @Nullable InteractionId continues,
            Map<InteractionId, InteractionId> roots,
            String by) {
        Situation now = situation;
        for (WrapUp wrapUp : situation.wrapUps().values()) {
            InteractionId root = roots.get(wrapUp.interaction());
            if (root != null) {
                InteractionId began = root.equals(wrapUp.interaction()) ? null : root;
                WrapUp.Contact contact = wrapUp.contact();
                now = now.with(
                        wrapUp.interaction().equals(id)
                                ? wrapUp.continuing(continues, began, by)
                                : wrapUp.continuing(contact.continues(), began, contact.linkedBy()),
                        "contact-changed");
            }
        }
        return now;
    }

    /** The first of what it is going to continue. */
    private InteractionId root(Caller caller, WrapUp contact, InteractionId earlier) {
        WrapUp with = own(caller, earlier);
        boolean before = !with.interaction().equals(contact.interaction())
                && with.span().startedAt().isBefore(contact.span().startedAt());
        if (!before || with.began().equals(contact.interaction())) {
            throw ProblemException.invalid(
                    "#/with", "is '%s', which did not begin before '%s'".formatted(earlier, contact.interaction()));
        }
        return with.began();
    }

    /** The first wrap-up of a contact that the caller may say something of. */
    private WrapUp own(Caller caller, InteractionId id) {
        List<WrapUp> found = new ArrayList<>(
                wrapUps.ofInteractions(tenancy.current(), List.of(id)).get());
        found.sort(Comparator.comparing((WrapUp wrapUp) -> wrapUp.span().startedAt()));
        boolean may = caller.role() != Role.AGENT
                || found.stream().anyMatch(wrapUp -> wrapUp.agent().equals(caller.agentId()));
        if (found.isEmpty() || !may) {
            throw ProblemException.notFound("contact", id.value());
        }
        return found.getFirst();
    }
}
