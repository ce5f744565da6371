package org.afterword.console.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Catalogs;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.Floor;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUpView;
import org.afterword.wrapup.WrapUps;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Records: listed, and one by one with all that is kept of the contact. An agent sees its own. */
@Controller
class RecordPages {
    private static final int PAGE = 50;

    private final WrapUps wrapUps;
    private final Floor floor;
    private final Catalogs catalogs;
    private final RecordViews views;
    private final Tenancy tenancy;

    RecordPages(WrapUps wrapUps, Floor floor, Catalogs catalogs, RecordViews views, Tenancy tenancy) {
        this.wrapUps = wrapUps;
        this.floor = floor;
        this.catalogs = catalogs;
        this.views = views;
        this.tenancy = tenancy;
    }

    /** @param until the last day that is in */
    @GetMapping("/records")
    String records(
            @AuthenticationPrincipal Caller caller,
            @ModelAttribute("page") Page page,
            @RequestParam(required = false) @Nullable AgentId agent,
            @RequestParam(required = false) @Nullable WrapUpStatus status,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate until,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        Place.RECORDS.admit(caller);
        model.addAttribute("records", tenancy.in(caller.tenant(), () -> {
            WrapUps.Page found = wrapUps.list(
                    caller,
                    agent,
                    null,
                    status,
                    from == null ? null : from.atStartOfDay(page.zone()).toInstant(),
                    until == null
                            ? null
                            : until.plusDays(1).atStartOfDay(page.zone()).toInstant(),
                    cursor,
                    PAGE);
            Catalog catalog = catalogs.get();
            return new RecordsView(
                    title(caller, agent),
                    states(agent, status, from, until),
                    found.items().stream().map(wrapUp -> row(wrapUp, catalog)).toList(),
                    found.next() == null ? null : address(agent, status, from, until, found.next()));
        }));
        return "records";
    }

    @GetMapping("/records/{interaction}")
    String record(@AuthenticationPrincipal Caller caller, @PathVariable InteractionId interaction, Model model) {
        Place.RECORDS.admit(caller);
        model.addAttribute("record", views.of(caller, interaction));
        return "record";
    }

    private String title(Caller caller, @Nullable AgentId agent) {
        if (agent != null) {
            return "Records of " + name(agent);
        }
        return caller.agentId() == null ? "Records" : "Your records";
    }

    private String name(AgentId agent) {
        return floor.find(agent)
                .flatMap(found -> Optional.ofNullable(found.name()))
                .orElse(agent.value());
    }

    private RecordsView.Row row(WrapUpView wrapUp, Catalog catalog) {
        List<String> facts = Contacts.facts(wrapUp, catalog);
        return new RecordsView.Row(
                wrapUp.interactionId().value(),
                Contacts.customer(wrapUp.customer()),
                Icon.ofChannel(wrapUp.channel()),
                name(wrapUp.agentId()),
                facts.isEmpty() ? "" : facts.getFirst(),
                wrapUp.openedAt() == null ? wrapUp.startedAt() : wrapUp.openedAt(),
                Contacts.phaseWord(wrapUp),
                wrapUp.acwSeconds() == null ? null : Figures.clock(wrapUp.acwSeconds()),
                wrapUp.record().path("summary").asString(""));
    }

    private static List<Page.Link> states(
            @Nullable AgentId agent,
            @Nullable WrapUpStatus shown,
            @Nullable LocalDate from,
            @Nullable LocalDate until) {
        var all = new ArrayList<Page.Link>();
        all.add(new Page.Link(address(agent, null, from, until, null), "All", shown == null));
        Arrays.stream(WrapUpStatus.values())
                .map(status -> new Page.Link(
                        address(agent, status, from, until, null),
                        Contacts.phase(status).word(),
                        status == shown))
                .forEach(all::add);
        return List.copyOf(all);
    }

    private static String address(
            @Nullable AgentId agent,
            @Nullable WrapUpStatus status,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            @Nullable String cursor) {
        return UriComponentsBuilder.fromPath(Place.RECORDS.path())
                .queryParamIfPresent("agent", Optional.ofNullable(agent))
                .queryParamIfPresent("status", Optional.ofNullable(status))
                .queryParamIfPresent("from", Optional.ofNullable(from))
                .queryParamIfPresent("until", Optional.ofNullable(until))
                .queryParamIfPresent("cursor", Optional.ofNullable(cursor))
                .encode()
                .toUriString();
    }
}
