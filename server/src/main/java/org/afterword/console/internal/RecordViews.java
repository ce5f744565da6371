package org.afterword.console.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Catalogs;
import org.afterword.console.internal.PanelView.Choice;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.Transcript;
import org.afterword.delivery.Deliveries;
import org.afterword.delivery.Delivery;
import org.afterword.desk.Floor;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.SealedMask;
import org.afterword.wrapup.WrapUpView;
import org.afterword.wrapup.WrapUps;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Gathers all that is kept of one interaction. */
@Component
class RecordViews {
    private static final int MOST_LEGS = 50;
    private static final int MOST_DELIVERIES = 50;

    private final WrapUps wrapUps;
    private final Conversations conversations;
    private final Contacts contacts;
    private final Deliveries deliveries;
    private final Floor floor;
    private final Catalogs catalogs;
    private final Tenancy tenancy;

    RecordViews(
            WrapUps wrapUps,
            Conversations conversations,
            Contacts contacts,
            Deliveries deliveries,
            Floor floor,
            Catalogs catalogs,
            Tenancy tenancy) {
        this.wrapUps = wrapUps;
        this.conversations = conversations;
        this.contacts = contacts;
        this.deliveries = deliveries;
        this.floor = floor;
        this.catalogs = catalogs;
        this.tenancy = tenancy;
    }

    /** @throws ProblemException NOT_FOUND, also for an agent that had no part in it */
    RecordView of(Caller caller, InteractionId named) {
        return tenancy.in(caller.tenant(), () -> {
            InteractionId id = conversations.known(named);
            Catalog catalog = catalogs.get();
            Transcript transcript = conversations
                    .transcript(caller, id)
                    .orElseThrow(() -> ProblemException.notFound("contact", id.value()));
            List<WrapUpView> legs = wrapUps.list(caller, null, id, null, null, null, null, MOST_LEGS)
                    .items();
            if (caller.agentId() != null && legs.isEmpty()) {
                throw ProblemException.notFound("contact", id.value());
            }
            boolean on = transcript.endedAt() == null;
            return new RecordView(
                    id.value(),
                    Contacts.customer(transcript.details().customer()),
                    Icon.ofChannel(transcript.details().channelOrVoice()),
                    legs.isEmpty() ? List.of() : Contacts.facts(legs.getFirst(), catalog),
                    Objects.requireNonNullElse(transcript.startedAt(), Instant.EPOCH),
                    transcript.endedAt(),
                    legs.reversed().stream()
                            .map(leg -> leg(caller, leg, catalog))
                            .toList(),
                    contacts.transcript(caller, id, on));
        });
    }

    private RecordView.Leg leg(Caller caller, WrapUpView wrapUp, Catalog catalog) {
        PanelView.Form form = RecordForm.of(wrapUp, catalog, Set.of(), true);
        return new RecordView.Leg(
                wrapUp.id().value(),
                name(wrapUp.agentId()),
                Contacts.phaseWord(wrapUp),
                wrapUp.openedAt(),
                wrapUp.completedAt(),
                Contacts.approval(wrapUp, catalog)
                        .map(said -> Character.toUpperCase(said.charAt(0)) + said.substring(1))
                        .orElse(null),
                wrapUp.acwSeconds() == null ? null : Figures.clock(wrapUp.acwSeconds()),
                parts(wrapUp, form),
                SealedMask.mayBeRevealedTo(caller.role()) ? sealed(form) : List.of(),
                deliveries
                        .list(
                                caller.tenant(),
                                new Delivery.Filter(null, wrapUp.id().value(), null, MOST_DELIVERIES))
                        .stream()
                        .map(RecordViews::delivery)
                        .toList());
    }

    private String name(AgentId agent) {
        return floor.find(agent)
                .flatMap(found -> Optional.ofNullable(found.name()))
                .orElse(agent.value());
    }

    private static RecordView.Delivery delivery(Delivery delivery) {
        return new RecordView.Delivery(
                delivery.connectorId(),
                DeliveriesView.State.of(delivery),
                delivery.attempts().size(),
                delivery.deliveredAt(),
                delivery.lastError());
    }

    /** The parts that are there, in the order of the form. */
    private static List<RecordView.Part> parts(WrapUpView wrapUp, PanelView.Form form) {
        var parts = new ArrayList<RecordView.Part>();
        if (form.keywords() != null) {
            add(
                    parts,
                    wrapUp,
                    "Keywords",
                    "/keywords",
                    List.of(form.keywords().value()),
                    form.keywords().mark());
        }
        form.changes().stream()
                .filter(PanelView.Change::ticked)
                .forEach(change -> add(
                        parts,
                        wrapUp,
                        "%s of the customer".formatted(change.label()),
                        RecordForm.pointer("customerChanges", change.of()),
                        List.of("%s → %s"
                                .formatted(Objects.requireNonNullElse(change.before(), "none"), change.after())),
                        change.mark()));
        add(
                parts,
                wrapUp,
                "Summary",
                "/summary",
                List.of(form.summary().value()),
                form.summary().mark());
        several(parts, wrapUp, "Reason", "/reasons", form.reasons());
        add(
                parts,
                wrapUp,
                "Disposition",
                "/disposition",
                form.disposition().suggested().stream()
                        .map(PanelView.Suggestion::choice)
                        .filter(choice ->
                                choice.code().equals(form.disposition().chosen()))
                        .map(Choice::label)
                        .toList(),
                form.disposition().mark());
        form.fields()
                .forEach(field -> add(
                        parts,
                        wrapUp,
                        field.label(),
                        RecordForm.pointer("fields", field.name()),
                        List.of(SealedMask.isOne(field.value()) ? "Kept encrypted" : field.value()),
                        field.mark()));
        add(
                parts,
                wrapUp,
                "Resolution",
                "/resolution",
                form.resolution().choices().stream()
                        .filter(choice -> choice.code().equals(form.resolution().chosen()))
                        .map(Choice::label)
                        .toList(),
                form.resolution().mark());
        form.checklist().stream()
                .filter(PanelView.Tick::done)
                .forEach(tick -> add(
                        parts,
                        wrapUp,
                        "Checklist",
                        RecordForm.pointer("checklist", tick.code()),
                        List.of(tick.label()),
                        tick.mark()));
        form.followUps()
                .forEach(followUp -> add(
                        parts, wrapUp, followUp.kind(), followUp.pointer(), List.of(followUp.text()), followUp.mark()));
        several(parts, wrapUp, "Tags", "/tags", form.tags());
        return List.copyOf(parts);
    }

    private static List<RecordView.Sealed> sealed(PanelView.Form form) {
        return form.fields().stream()
                .filter(field -> SealedMask.isOne(field.value()))
                .map(field -> new RecordView.Sealed(field.name(), field.label()))
                .toList();
    }

    private static void several(
            List<RecordView.Part> parts, WrapUpView wrapUp, String label, String pointer, PanelView.Several several) {
        add(
                parts,
                wrapUp,
                label,
                pointer,
                several.suggested().stream()
                        .filter(choice -> several.chosen().contains(choice.code()))
                        .map(Choice::label)
                        .toList(),
                several.mark());
    }

    private static void add(
            List<RecordView.Part> parts,
            WrapUpView wrapUp,
            String label,
            String pointer,
            List<String> values,
            Mark mark) {
        List<String> present = values.stream().filter(value -> !value.isBlank()).toList();
        if (!present.isEmpty()) {
            JsonNode origin = wrapUp.provenance().path(pointer);
            parts.add(
                    new RecordView.Part(label, present, mark, origin.path("by").asString(""), at(origin)));
        }
    }

    private static @Nullable Instant at(JsonNode origin) {
        String at = origin.path("at").asString("");
        return at.isEmpty() ? null : Instant.parse(at);
    }
}
