package org.afterword.console.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.analytics.Reports;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Catalogs;
import org.afterword.catalog.Queue;
import org.afterword.catalog.Team;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.AgentOverview;
import org.afterword.desk.AgentState;
import org.afterword.desk.Floor;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpPolicy;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUps;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gathers what the floor board shows. */
@Component
class Floors {
    /** Of each state. */
    private static final int MOST_AGENTS = 2000;

    private static final int MOST_OWED = 20;

    /** In the order of the board: who needs a look first. */
    private static final List<AgentState> SHOWN =
            List.of(AgentState.AFTER_CALL_WORK, AgentState.ENGAGED, AgentState.AVAILABLE, AgentState.NOT_READY);

    private static final List<AgentState> COUNTED = List.of(
            AgentState.AVAILABLE,
            AgentState.ENGAGED,
            AgentState.AFTER_CALL_WORK,
            AgentState.NOT_READY,
            AgentState.OFFLINE);

    private final Floor floor;
    private final WrapUps wrapUps;
    private final Conversations conversations;
    private final Catalogs catalogs;
    private final Reports reports;
    private final Tenancy tenancy;
    private final InstantSource clock;

    Floors(
            Floor floor,
            WrapUps wrapUps,
            Conversations conversations,
            Catalogs catalogs,
            Reports reports,
            Tenancy tenancy,
            InstantSource clock) {
        this.floor = floor;
        this.wrapUps = wrapUps;
        this.conversations = conversations;
        this.catalogs = catalogs;
        this.reports = reports;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    FloorView of(Caller caller, Page page, boolean wall) {
        return tenancy.in(caller.tenant(), () -> {
            Catalog catalog = catalogs.get();
            List<AgentOverview> agents = SHOWN.stream()
                    .flatMap(state -> floor.list(state, null, null, MOST_AGENTS).stream())
                    .toList();
            Map<AgentId, List<WrapUp>> work = live(agents);
            Map<AgentState, List<FloorView.Agent>> byState = agents.stream()
                    .collect(Collectors.groupingBy(
                            AgentOverview::state,
                            Collectors.mapping(
                                    agent -> agent(agent, work.getOrDefault(agent.agentId(), List.of()), catalog),
                                    Collectors.toList())));
            byState.values().forEach(group -> group.sort(Comparator.comparing(FloorView.Agent::since)));
            return new FloorView(
                    headline(caller, page, byState),
                    SHOWN.stream()
                            .filter(byState::containsKey)
                            .map(state ->
                                    new FloorView.Group(StateSign.of(state), byState.getOrDefault(state, List.of())))
                            .toList(),
                    wall);
        });
    }

    private FloorView.Headline headline(Caller caller, Page page, Map<AgentState, List<FloorView.Agent>> byState) {
        Instant midnight =
                page.now().atZone(page.zone()).truncatedTo(ChronoUnit.DAYS).toInstant();
        WrapUps.Debt debt = wrapUps.debt();
        Map<AgentState, Integer> states = floor.states();
        return new FloorView.Headline(
                COUNTED.stream()
                        .map(state -> new FloorView.Count(StateSign.of(state), states.getOrDefault(state, 0)))
                        .toList(),
                byState.getOrDefault(AgentState.AFTER_CALL_WORK, List.of()).stream()
                        .findFirst()
                        .map(agent -> new FloorView.Longest(agent.id(), agent.name(), agent.since()))
                        .orElse(null),
                reports.gate(caller, midnight),
                debt.records(),
                debt.pastDue());
    }

    /** @throws ProblemException NOT_FOUND */
    FloorView.Sheet sheet(Caller caller, AgentId id) {
        return tenancy.in(caller.tenant(), () -> {
            Catalog catalog = catalogs.get();
            AgentOverview agent = floor.find(id).orElseThrow(() -> ProblemException.notFound("agent", id.value()));
            List<WrapUp> work = live(List.of(agent)).getOrDefault(id, List.of());
            Map<InteractionId, InteractionDetails> details = conversations
                    .details(work.stream().map(WrapUp::interaction).toList())
                    .get();
            return new FloorView.Sheet(
                    agent(agent, work, catalog),
                    agent.load(),
                    agent.capacity(),
                    work.stream()
                            .map(wrapUp -> line(
                                    wrapUp,
                                    details.getOrDefault(wrapUp.interaction(), InteractionDetails.UNKNOWN),
                                    catalog))
                            .toList(),
                    owed(caller, id, catalog));
        });
    }

    /** The wrap-ups that take units now, by agent. */
    private Map<AgentId, List<WrapUp>> live(Collection<AgentOverview> agents) {
        return wrapUps.live(agents.stream().map(AgentOverview::agentId).toList()).stream()
                .filter(wrapUp -> wrapUp.status() == WrapUpStatus.PREPARING
                        || wrapUp.state().holds())
                .collect(Collectors.groupingBy(WrapUp::agent));
    }

    private FloorView.Agent agent(AgentOverview agent, List<WrapUp> work, Catalog catalog) {
        return new FloorView.Agent(
                agent.agentId().value(),
                Objects.requireNonNullElse(agent.name(), agent.agentId().value()),
                team(agent.team(), catalog),
                StateSign.of(agent.state()),
                agent.reason(),
                agent.since() == null ? clock.instant() : agent.since(),
                work.stream()
                        .filter(wrapUp -> wrapUp.state().holds())
                        .flatMap(wrapUp -> window(wrapUp).stream())
                        .min(Comparator.comparing(
                                WindowView::deadline, Comparator.nullsLast(Comparator.naturalOrder())))
                        .orElse(null));
    }

    private static @Nullable String team(@Nullable String code, Catalog catalog) {
        return catalog.teams().stream()
                .filter(team -> team.code().equals(code))
                .map(Team::label)
                .findFirst()
                .orElse(code);
    }

    private static Optional<WindowView> window(WrapUp wrapUp) {
        WrapUpPolicy policy = wrapUp.policy();
        Instant opened = wrapUp.openedAt();
        return policy == null || opened == null
                ? Optional.empty()
                : Optional.of(WindowView.of(
                        opened,
                        wrapUp.deadline(),
                        policy.hasDeadline() ? policy.window(wrapUp.filled()) : null,
                        policy.target(),
                        policy.warning()));
    }

    private static FloorView.Line line(WrapUp wrapUp, InteractionDetails details, Catalog catalog) {
        return new FloorView.Line(
                Contacts.customer(details.customer()),
                Stream.of(
                                queue(details.queue(), catalog),
                                Contacts.phase(wrapUp.status()).word().toLowerCase(Locale.ROOT))
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.joining(", ")),
                wrapUp.openedAt() == null ? wrapUp.span().startedAt() : wrapUp.openedAt(),
                wrapUp.interaction().value(),
                false);
    }

    private List<FloorView.Line> owed(Caller caller, AgentId agent, Catalog catalog) {
        return wrapUps.owed(caller, agent, MOST_OWED).stream()
                .map(wrapUp -> new FloorView.Line(
                        Contacts.customer(wrapUp.customer()),
                        queue(wrapUp.queue(), catalog),
                        Objects.requireNonNullElse(wrapUp.dueAt(), wrapUp.startedAt()),
                        wrapUp.interactionId().value(),
                        wrapUp.dueAt() != null && wrapUp.dueAt().isBefore(clock.instant())))
                .toList();
    }

    private static String queue(@Nullable String code, Catalog catalog) {
        return catalog.findQueue(code).map(Queue::label).orElse(code == null ? "" : code);
    }
}
