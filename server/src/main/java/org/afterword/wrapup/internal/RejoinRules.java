package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Queue;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionDetails.Customer;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpState.Cause;
import org.afterword.wrapup.WrapUpState.Deferred;
import org.afterword.wrapup.WrapUpState.Expired;
import org.afterword.wrapup.WrapUpState.Open;
import org.afterword.wrapup.WrapUpState.Owner;

/**
 * A customer who comes again soon after a contact, to the same agent, goes on with it: the later contact continues the earlier
 * one. Both keep their ids, legs and records; what is counted by contacts counts them once. What a person said of it stands.
 */
final class RejoinRules {
    /** Why a wrap-up is closed whose contact goes on in the next. */
    static final String CONTINUED = "continued";

    private static final Comparator<WrapUp> BY_BEGINNING =
            Comparator.comparing((WrapUp wrapUp) -> wrapUp.span().startedAt()).thenComparing(WrapUp::id);
    private static final Comparator<WrapUp> LEADING = Comparator.comparing(
                    (WrapUp wrapUp) -> wrapUp.contact().linkedBy() == null)
            .thenComparing(BY_BEGINNING);

    private final Catalog catalog;
    private final Map<InteractionId, InteractionDetails> details;
    private final AfterCallRules rules;

    /** @param details of the interactions of all wrap-ups that come */
    RejoinRules(Catalog catalog, Map<InteractionId, InteractionDetails> details, AfterCallRules rules) {
        this.catalog = catalog;
        this.details = details;
        this.rules = rules;
    }

    /** How long after a contact one may continue it at most; empty where no queue says so. */
    static Optional<Duration> longest(Catalog catalog) {
        return catalog.queues().stream()
                .map(Queue::rejoin)
                .filter(Objects::nonNull)
                .map(rejoin -> Duration.ofMinutes(rejoin.minutes()))
                .max(Comparator.naturalOrder());
    }

    /**
     * The agents, whose contacts continue each other as far as is known at {@code now}. What began longer ago than events may be
     * late stays as it is.
     *
     * @param known all wrap-ups of the contacts that {@code situations} are in, as they were
     */
    List<Situation> linked(List<Situation> situations, Collection<WrapUp> known, Instant now) {
        Map<InteractionId, WrapUp> leading = leading(situations, known);
        return situations.stream()
                .map(situation -> linked(situation, leading, now))
                .toList();
    }

    private Situation linked(Situation situation, Map<InteractionId, WrapUp> leading, Instant now) {
        Instant since = now.minus(ContactEvent.LATENESS_BOUND);
        Situation linked = situation;
        for (WrapUp wrapUp : byBeginning(situation)) {
            boolean leads = wrapUp.equals(leading.get(wrapUp.interaction()));
            boolean byRule = wrapUp.contact().linkedBy() == null;
            if (leads && byRule && !wrapUp.span().startedAt().isBefore(since)) {
                linked = linked(linked, linked.get(wrapUp.id()), now);
            }
        }
        return linked;
    }

    private static List<WrapUp> byBeginning(Situation situation) {
        return situation.firstOnes().stream()
                .filter(RejoinRules::isContact)
                .sorted(BY_BEGINNING)
                .toList();
    }

    private static boolean isContact(WrapUp wrapUp) {
        return !wrapUp.isPart() && wrapUp.span().role() != LegRole.ATTEMPT;
    }

    private Situation linked(Situation situation, WrapUp again, Instant now) {
        Optional<WrapUp> earlier = byBeginning(situation).stream()
                .filter(wrapUp -> continues(again, wrapUp))
                .max(Comparator.comparing((WrapUp wrapUp) -> Objects.requireNonNull(wrapUp.openedAt()))
                        .thenComparing(WrapUp::interaction));
        InteractionId continues = earlier.map(WrapUp::interaction).orElse(null);
        InteractionId root = earlier.map(WrapUp::began).orElse(null);
        InteractionId before = again.contact().continues();
        if (Objects.equals(continues, before)
                && Objects.equals(root, again.contact().began())) {
            return situation;
        }
        Situation linked = situation;
        for (WrapUp wrapUp : situation.wrapUps().values()) {
            if (wrapUp.interaction().equals(again.interaction())) {
                linked = linked.with(wrapUp.continuing(continues, root, null), "contact-changed");
            }
        }
        if (before != null && !before.equals(continues)) {
            linked = owedAgain(linked, before, now);
        }
        return earlier.isPresent() && closesEarlier(again, earlier.get())
                ? closed(linked, earlier.get(), again.span().startedAt())
                : linked;
    }

    private boolean closesEarlier(WrapUp again, WrapUp earlier) {
        return rejoin(again, earlier).map(Queue.Rejoin::closesEarlier).orElse(false);
    }

    /** Nobody has to write what the next record tells; what somebody began is left to them, and what was due before to its deadline. */
    private Situation closed(Situation situation, WrapUp earlier, Instant at) {
        Instant deadline = earlier.deadline();
        boolean dueBefore = earlier.state() instanceof Open && deadline != null && !deadline.isAfter(at);
        return earlier.state().runs() && !earlier.started() && !dueBefore
                ? rules.closed(situation, earlier.id(), new Expired(at, CONTINUED), at)
                : situation;
    }

    /** What was closed for a contact that turns out not to continue it is owed: no other record tells of it. */
    static Situation owedAgain(Situation situation, InteractionId continued, Instant now) {
        Situation owed = situation;
        for (WrapUp wrapUp : situation.firstOnes()) {
            if (wrapUp.interaction().equals(continued) && isContinued(wrapUp)) {
                var deferred = new Deferred(
                        wrapUp.state().releasedAt(),
                        now.plus(wrapUp.fixedPolicy().deferDue()),
                        Owner.AGENT,
                        Cause.REOPENED);
                owed = owed.with(wrapUp.withState(deferred), "deferred");
            }
        }
        return owed;
    }

    /** It was closed since its contact goes on in the next one. */
    static boolean isContinued(WrapUp wrapUp) {
        return wrapUp.state() instanceof Expired over && over.reason().equals(CONTINUED);
    }

    private boolean continues(WrapUp again, WrapUp earlier) {
        Instant ended = earlier.openedAt();
        Instant began = again.span().startedAt();
        if (ended == null || earlier.interaction().equals(again.interaction()) || ended.isAfter(began)) {
            return false;
        }
        Customer one = details(again).customer();
        Customer other = details(earlier).customer();
        return one != null
                && other != null
                && one.isSameAs(other)
                && rejoin(again, earlier)
                        .map(rejoin -> !ended.plus(Duration.ofMinutes(rejoin.minutes()))
                                .isBefore(began))
                        .orElse(false);
    }

    /** As the queue says to which the customer came again; a call back may have none. */
    private Optional<Queue.Rejoin> rejoin(WrapUp again, WrapUp earlier) {
        String queue = details(again).queue();
        return catalog.findQueue(queue == null ? details(earlier).queue() : queue)
                .map(Queue::rejoin);
    }

    private InteractionDetails details(WrapUp wrapUp) {
        return details.getOrDefault(wrapUp.interaction(), InteractionDetails.UNKNOWN);
    }

    /**
     * The agents, of whom all that are in one contact go on with the same.
     *
     * @param known wrap-ups of the contacts that {@code situations} are in, as they were
     */
    static List<Situation> spread(List<Situation> situations, Collection<WrapUp> known) {
        boolean anyLink = Stream.concat(
                        known.stream(), situations.stream().flatMap(situation -> situation.wrapUps().values().stream()))
                .anyMatch(WrapUp::isLinked);
        if (!anyLink) {
            return situations;
        }
        Map<InteractionId, WrapUp> leading = leading(situations, known);
        return situations.stream().map(situation -> spread(situation, leading)).toList();
    }

    private static Situation spread(Situation situation, Map<InteractionId, WrapUp> leading) {
        Situation now = situation;
        for (WrapUp wrapUp : situation.wrapUps().values()) {
            WrapUp first = leading.get(wrapUp.interaction());
            if (first != null) {
                WrapUp.Contact of = first.contact();
                WrapUp same = wrapUp.continuing(of.continues(), of.began(), of.linkedBy());
                now = same.equals(wrapUp) ? now : now.with(same, "contact-changed");
            }
        }
        return now;
    }

    /** Which wrap-up says what its contact continues: one of which a person said so, else the one that began first. */
    private static Map<InteractionId, WrapUp> leading(List<Situation> situations, Collection<WrapUp> known) {
        Map<WrapUpId, WrapUp> all = new HashMap<>();
        known.forEach(wrapUp -> all.put(wrapUp.id(), wrapUp));
        situations.forEach(situation -> all.putAll(situation.wrapUps()));
        return all.values().stream()
                .filter(RejoinRules::isContact)
                .collect(Collectors.toMap(WrapUp::interaction, wrapUp -> wrapUp, BinaryOperator.minBy(LEADING)));
    }
}
