package org.afterword.console.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Catalogs;
import org.afterword.catalog.NotReadyReason;
import org.afterword.catalog.PolicyRule;
import org.afterword.catalog.PolicySettings;
import org.afterword.console.internal.PanelView.Choice;
import org.afterword.desk.AgentOverview;
import org.afterword.desk.AgentState;
import org.afterword.desk.Floor;
import org.afterword.desk.NextState;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUpView;
import org.afterword.wrapup.WrapUps;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gathers what an agent's panel shows. */
@Component
class Panels {
    private static final int MOST_OWED = 50;

    private final WrapUps wrapUps;
    private final Floor floor;
    private final Catalogs catalogs;
    private final Contacts contacts;
    private final Tenancy tenancy;
    private final InstantSource clock;

    Panels(WrapUps wrapUps, Floor floor, Catalogs catalogs, Contacts contacts, Tenancy tenancy, InstantSource clock) {
        this.wrapUps = wrapUps;
        this.floor = floor;
        this.catalogs = catalogs;
        this.contacts = contacts;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /**
     * @param wanted the wrap-up that the agent looks at; null, or one that has come to its end while others wait, leads to
     *     the most urgent
     */
    PanelView of(Caller caller, AgentId agent, @Nullable String wanted) {
        return tenancy.in(caller.tenant(), () -> {
            Catalog catalog = catalogs.get();
            List<WrapUpView> onHand = wrapUps.onHand(caller, agent);
            List<WrapUpView> held = onHand.stream().filter(Panels::isAtHand).toList();
            Optional<AgentOverview> overview = floor.findSelf(agent);
            NextState next = overview.flatMap(Panels::next).orElse(null);
            List<PanelView.Owed> owed = owed(caller, agent);
            return new PanelView(
                    overview.map(found -> agent(found, caller, next, owed.size(), catalog))
                            .orElseGet(() -> stranger(agent, caller)),
                    held.stream().map(Panels::held).toList(),
                    owed,
                    shown(caller, wanted, held)
                            .map(wrapUp -> contacts.of(caller, wrapUp, catalog))
                            .orElse(null),
                    confirmed(onHand, catalog).orElse(null),
                    notReady(catalog, next),
                    code(next));
        });
    }

    /** There is something to do now: what is done with may hold its agent all the same. */
    private static boolean isAtHand(WrapUpView wrapUp) {
        return switch (wrapUp.status()) {
            case PREPARING, OPEN, OVERDUE -> true;
            case DEFERRED, COMPLETED, EXPIRED -> false;
        };
    }

    private Optional<WrapUpView> shown(Caller caller, @Nullable String wanted, List<WrapUpView> held) {
        Optional<WrapUpView> found = wanted == null ? Optional.empty() : find(caller, wanted);
        boolean stays = found.isPresent()
                && (held.isEmpty() || !Contacts.phase(found.get().status()).isEnd());
        return stays ? found : mostUrgent(held);
    }

    private Optional<WrapUpView> find(Caller caller, String id) {
        try {
            return WrapUpId.find(id).map(known -> wrapUps.get(caller, known));
        } catch (ProblemException problem) {
            if (problem.type() == ProblemType.NOT_FOUND) {
                return Optional.empty();
            }
            throw problem;
        }
    }

    /** A window before a contact that is on, the sooner deadline first. */
    private static Optional<WrapUpView> mostUrgent(List<WrapUpView> held) {
        return held.stream()
                .min(Comparator.comparing((WrapUpView wrapUp) -> wrapUp.status() == WrapUpStatus.PREPARING)
                        .thenComparing(WrapUpView::deadline, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(WrapUpView::startedAt));
    }

    private List<PanelView.Owed> owed(Caller caller, AgentId agent) {
        return wrapUps.owed(caller, agent, MOST_OWED).stream()
                .map(wrapUp -> new PanelView.Owed(
                        wrapUp.id().value(),
                        Contacts.customer(wrapUp.customer()),
                        Objects.requireNonNullElse(wrapUp.dueAt(), wrapUp.startedAt())))
                .toList();
    }

    private static PanelView.Held held(WrapUpView wrapUp) {
        return new PanelView.Held(
                wrapUp.id().value(),
                Contacts.name(wrapUp),
                Icon.ofChannel(wrapUp.channel()),
                Contacts.phase(wrapUp.status()),
                wrapUp.openedAt() == null ? wrapUp.startedAt() : wrapUp.openedAt(),
                wrapUp.deadline());
    }

    private Optional<PanelView.Confirmed> confirmed(List<WrapUpView> onHand, Catalog catalog) {
        Instant now = clock.instant();
        return onHand.stream()
                .flatMap(wrapUp -> Optional.ofNullable(wrapUp.reopenableUntil())
                        .filter(now::isBefore)
                        .map(until -> new PanelView.Confirmed(
                                wrapUp.id().value(), Contacts.confirmation(wrapUp, catalog), until))
                        .stream())
                .max(Comparator.comparing(PanelView.Confirmed::until));
    }

    private PanelView.Agent agent(
            AgentOverview agent, Caller caller, @Nullable NextState next, int owed, Catalog catalog) {
        return new PanelView.Agent(
                agent.agentId().value(),
                agent.name() == null ? caller.name() : agent.name(),
                StateSign.of(agent.state()),
                agent.reason() == null ? null : label(agent.reason(), catalog),
                agent.since() == null ? clock.instant() : agent.since(),
                next == null ? null : word(next, catalog),
                agent.rest() == null ? null : rest(agent.rest(), owed),
                catalog.policies().stream().anyMatch(Panels::givesRestOnRequest));
    }

    private static PanelView.Rest rest(AgentOverview.RestShown rest, int owed) {
        return switch (rest.kind()) {
            case RECOVERY -> new PanelView.Rest("A moment for yourself", rest.until());
            case OWED_WORK ->
                new PanelView.Rest(
                        "Protected time to finish " + Figures.count(owed, "record", "records"), rest.until());
            case OCCUPANCY -> new PanelView.Rest("A pause, since you have been busy", rest.until());
        };
    }

    private static boolean givesRestOnRequest(PolicyRule rule) {
        return Stream.of(Optional.of(rule.settings()), Optional.ofNullable(rule.surge()))
                .flatMap(Optional::stream)
                .flatMap(settings -> Stream.ofNullable(settings.recovery()))
                .anyMatch(PolicySettings.Recovery::onRequest);
    }

    /** An agent whom no switch has told of yet. */
    private PanelView.Agent stranger(AgentId agent, Caller caller) {
        return new PanelView.Agent(
                agent.value(), caller.name(), StateSign.OFFLINE, null, clock.instant(), null, null, false);
    }

    /** What the agent becomes once nothing holds it, unless that is available. */
    private static Optional<NextState> next(AgentOverview agent) {
        if (agent.pendingState() != null) {
            return Optional.of(agent.pendingState());
        }
        boolean busy = agent.state() == AgentState.ENGAGED || agent.state() == AgentState.AFTER_CALL_WORK;
        return busy && agent.wanted() == AgentState.NOT_READY
                ? Optional.of(new NextState(AgentState.NOT_READY, agent.wantedReason()))
                : Optional.empty();
    }

    private static String word(NextState next, Catalog catalog) {
        return next.state() == AgentState.NOT_READY && next.reason() != null
                ? label(next.reason(), catalog)
                : StateSign.of(next.state()).word();
    }

    private static String label(String reason, Catalog catalog) {
        return catalog.notReadyReasons().stream()
                .filter(known -> known.code().equals(reason))
                .map(NotReadyReason::label)
                .findFirst()
                .orElse(reason);
    }

    /** How the choice of what comes next names it; null = available. */
    private static @Nullable String code(@Nullable NextState next) {
        if (next == null || next.state() == AgentState.AVAILABLE) {
            return null;
        }
        return next.state() == AgentState.OFFLINE ? "OFFLINE" : Objects.requireNonNullElse(next.reason(), "");
    }

    /** The catalog's reasons, and what the agent chose already if that is none of them. */
    private static List<Choice> notReady(Catalog catalog, @Nullable NextState next) {
        var reasons = new ArrayList<Choice>();
        catalog.notReadyReasons().forEach(reason -> reasons.add(new Choice(reason.code(), reason.label())));
        if (next != null && next.state() == AgentState.NOT_READY) {
            String chosen = Objects.requireNonNullElse(next.reason(), "");
            if (reasons.stream().noneMatch(reason -> reason.code().equals(chosen))) {
                reasons.add(new Choice(chosen, word(next, catalog)));
            }
        }
        return reasons.isEmpty() ? List.of(new Choice("", StateSign.NOT_READY.word())) : List.copyOf(reasons);
    }
}
