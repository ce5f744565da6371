package org.afterword.wrapup.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.Agent;
import org.afterword.desk.Interval;
import org.afterword.desk.Leg;
import org.afterword.desk.LegKey;
import org.afterword.desk.Rest;
import org.afterword.identity.AgentId;
import org.afterword.platform.EventLog;
import org.jspecify.annotations.Nullable;

/**
 * What became of agents' rests, for the log: {@code rest.began} and {@code rest.ended}. Either may be told again once it is known
 * better; the last word on a rest counts. These events are shown to nobody but the agent itself.
 */
final class RestNews {
    private final Instant now;
    private final List<Told> told = new ArrayList<>();

    RestNews(Instant now) {
        this.now = now;
    }

    private record Told(
            String type,
            Agent agent,
            Rest rest,
            Interval interval,
            @Nullable String reason) {}

    /**
     * The data of {@code rest.began} and {@code rest.ended}.
     *
     * @param restId  tells it from all other rests of the agent
     * @param cause   {@code rule}, {@code asked}, {@code occupancy}, or {@code queue:} and the code of the queue that was calm
     * @param until   when it ends if nothing ends it sooner; of one that has ended, when it did
     * @param reason  of one that has ended: {@code time}, {@code agent}, {@code contact}, {@code signedOut}, {@code paid} where
     *                nothing is owed any more, {@code held} where the agent took up again what it follows, or {@code withdrawn} where it
     *                turns out never to have begun
     * @param queue   of the contact that it follows
     */
    record Data(
            String restId,
            AgentId agentId,
            @Nullable String team,
            Rest.Kind kind,
            String cause,
            Instant from,
            Instant until,
            @Nullable String reason,
            @Nullable InteractionId interactionId,
            @Nullable String legId,
            @Nullable String queue) {}

    void add(Agent before, Agent after) {
        for (Rest rest : after.rests()) {
            Rest.Time was = before.rests().stream()
                    .filter(known -> known.id().equals(rest.id()))
                    .findFirst()
                    .map(before::timeOf)
                    .orElse(null);
            add(after, rest, was, after.timeOf(rest));
        }
    }

    private void add(Agent agent, Rest rest, Rest.@Nullable Time was, Rest.Time is) {
        Interval known = was == null ? null : was.interval();
        Interval interval = is.interval();
        if (interval == null) {
            if (known != null) {
                told.add(
                        is.isOver()
                                ? new Told(
                                        "rest.ended",
                                        agent,
                                        rest,
                                        new Interval(known.from(), known.from()),
                                        "withdrawn")
                                : new Told("rest.ended", agent, rest, endedNow(known), "held"));
            }
            return;
        }
        boolean moved = !interval.equals(known);
        if (is.runs() && moved || known == null) {
            told.add(new Told("rest.began", agent, rest, interval, null));
        }
        if (is.isOver() && (moved || was != null && !was.isOver())) {
            told.add(new Told("rest.ended", agent, rest, interval, reason(agent, rest, interval)));
        }
    }

    private Interval endedNow(Interval known) {
        return new Interval(known.from(), known.from().isAfter(now) ? known.from() : now);
    }

    private static String reason(Agent agent, Rest rest, Interval interval) {
        if (interval.length().compareTo(rest.length()) >= 0) {
            return "time";
        }
        if (agent.legs().values().stream()
                .map(Leg::span)
                .anyMatch(span -> span.startedAt().equals(interval.until()))) {
            return "contact";
        }
        if (agent.signedOutFrom(interval.from())
                .filter(interval.until()::equals)
                .isPresent()) {
            return "signedOut";
        }
        return rest.kind() == Rest.Kind.OWED_WORK && agent.owed() == 0 ? "paid" : "agent";
    }

    /** @param detailsOf the contacts that rests follow, read where that is not known */
    List<EventLog.NewEvent> events(
            Function<Collection<InteractionId>, Map<InteractionId, InteractionDetails>> detailsOf) {
        if (told.isEmpty()) {
            return List.of();
        }
        Set<InteractionId> contacts = new TreeSet<>();
        told.stream()
                .map(news -> news.rest().after())
                .filter(Objects::nonNull)
                .map(LegKey::interaction)
                .forEach(contacts::add);
        Map<InteractionId, InteractionDetails> details = detailsOf.apply(contacts);
        return told.stream().map(news -> event(news, details)).toList();
    }

    private EventLog.NewEvent event(Told news, Map<InteractionId, InteractionDetails> details) {
        Agent agent = news.agent();
        LegKey leg = news.rest().after();
        InteractionId contact = leg == null ? null : leg.interaction();
        return new EventLog.NewEvent(
                now,
                news.type(),
                agent.id().value(),
                contact == null ? null : contact.value(),
                new Data(
                        news.rest().id(),
                        agent.id(),
                        agent.profile().team(),
                        news.rest().kind(),
                        news.rest().cause(),
                        news.interval().from(),
                        news.interval().until(),
                        news.reason(),
                        contact,
                        leg == null ? null : leg.legId(),
                        contact == null
                                ? null
                                : details.getOrDefault(contact, InteractionDetails.UNKNOWN)
                                        .queue()));
    }
}
