package org.afterword.console.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.PolicyRule;
import org.afterword.catalog.PolicySettings;
import org.afterword.catalog.Queue;
import org.afterword.console.internal.PanelView.Phase;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionDetails.Customer;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.Transcript;
import org.afterword.drafting.Draft;
import org.afterword.identity.Caller;
import org.afterword.wrapup.ApprovedBy;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUpView;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Shows contacts: who, about what, what was said and done, and the time that is left. Runs in the tenant's transaction. */
@Component
class Contacts {
    private final Conversations conversations;

    Contacts(Conversations conversations) {
        this.conversations = conversations;
    }

    /** One contact with its record, for the agent who works on it. */
    PanelView.Contact of(Caller reader, WrapUpView wrapUp, Catalog catalog) {
        Phase phase = phase(wrapUp.status());
        PanelView.Transcript transcript = transcript(reader, wrapUp.interactionId(), phase == Phase.ON);
        return new PanelView.Contact(
                wrapUp.id().value(),
                wrapUp.interactionId().value(),
                wrapUp.version(),
                wrapUp.draftId(),
                name(wrapUp),
                Icon.ofChannel(wrapUp.channel()),
                facts(wrapUp, catalog),
                phase,
                wrapUp.startedAt(),
                wrapUp.openedAt() == null ? null : Duration.between(wrapUp.startedAt(), wrapUp.openedAt()),
                window(wrapUp),
                wrapUp.dueAt(),
                extension(wrapUp, phase),
                isDeferrable(wrapUp),
                isShort(wrapUp),
                wrapUp.partOf() == null ? draft(wrapUp, phase, transcript) : new PanelView.DraftStatus(false, ""),
                transcript,
                RecordForm.of(wrapUp, catalog, needed(wrapUp), phase.isEnd()));
    }

    static Phase phase(WrapUpStatus status) {
        return switch (status) {
            case PREPARING -> Phase.ON;
            case OPEN -> Phase.OPEN;
            case OVERDUE -> Phase.OVERDUE;
            case DEFERRED -> Phase.DEFERRED;
            case COMPLETED -> Phase.COMPLETED;
            case EXPIRED -> Phase.EXPIRED;
        };
    }

    /** The same in words; of a record that a policy approved it does not say that somebody confirmed it. */
    static String phaseWord(WrapUpView wrapUp) {
        boolean byPolicy =
                wrapUp.approvedBy() != null && wrapUp.approvedBy().rule().isPresent();
        return byPolicy ? "Approved by policy" : phase(wrapUp.status()).word();
    }

    static String customer(@Nullable Customer customer) {
        if (customer == null) {
            return "Unknown customer";
        }
        return customer.name() != null
                ? customer.name()
                : customer.phone() != null
                        ? customer.phone()
                        : Objects.requireNonNullElse(customer.email(), "Unknown customer");
    }

    /** By which its agent knows it: the customer, and of a part of the contact also its case or customer. */
    static String name(WrapUpView wrapUp) {
        if (wrapUp.partOf() == null) {
            return customer(wrapUp.customer());
        }
        String ofCase = wrapUp.record().at("/cases/0/id").asString("");
        String about = ofCase.isEmpty() ? wrapUp.record().at("/customer/id").asString("") : ofCase;
        return "%s, %s".formatted(customer(wrapUp.customer()), about.isEmpty() ? "another part" : about);
    }

    /** What became of a record that can still be taken back. */
    static String confirmation(WrapUpView wrapUp, Catalog catalog) {
        return approval(wrapUp, catalog)
                .map(said -> "The record of %s: %s".formatted(name(wrapUp), said))
                .orElseGet(() -> "The record of %s is confirmed.".formatted(name(wrapUp)));
    }

    /** That nobody looked at the record before it left; empty where a person confirmed it. */
    static Optional<String> approval(WrapUpView wrapUp, Catalog catalog) {
        return Optional.ofNullable(wrapUp.approvedBy())
                .flatMap(by -> by.rule()
                        .map(rule -> "policy %s approved it%s, and nobody checked it."
                                .formatted(label(rule, catalog), confidence(by))));
    }

    private static String label(String rule, Catalog catalog) {
        return catalog.policies().stream()
                .filter(known -> known.code().equals(rule))
                .map(PolicyRule::label)
                .findFirst()
                .orElse(rule);
    }

    private static String confidence(ApprovedBy by) {
        return by.confidence() == null ? "" : ", %s sure of the disposition".formatted(Figures.share(by.confidence()));
    }

    static List<String> facts(WrapUpView wrapUp, Catalog catalog) {
        var facts = new ArrayList<String>();
        if (wrapUp.queue() != null) {
            facts.add(catalog.findQueue(wrapUp.queue()).map(Queue::label).orElse(wrapUp.queue()));
        }
        if (wrapUp.direction() != null) {
            facts.add(wrapUp.direction().name().toLowerCase(Locale.ROOT));
        }
        if (wrapUp.callType() != null) {
            facts.add(
                    catalog.findCallType(wrapUp.callType()).map(CallType::label).orElse(wrapUp.callType()));
        }
        if (Boolean.TRUE.equals(policy(wrapUp).get("surge"))) {
            facts.add("short window, the queue surges");
        }
        if (wrapUp.continues() != null) {
            facts.add("continues an earlier contact");
        }
        if (wrapUp.clockStopped()) {
            facts.add("clock stopped while you call");
        }
        return facts;
    }

    /** The window as its policy and what was added make it; null while the contact is on. */
    static @Nullable WindowView window(WrapUpView wrapUp) {
        Instant opened = wrapUp.openedAt();
        if (opened == null) {
            return null;
        }
        Duration warning = seconds(wrapUp, "warningSeconds");
        return WindowView.of(
                opened,
                wrapUp.clockStopped() ? null : wrapUp.deadline(), // it comes no nearer
                seconds(wrapUp, "windowSeconds"),
                seconds(wrapUp, "targetSeconds"),
                warning == null ? Duration.ZERO : warning);
    }

    private static @Nullable Duration seconds(WrapUpView wrapUp, String name) {
        return policy(wrapUp).get(name) instanceof Number number ? Duration.ofSeconds(number.longValue()) : null;
    }

    private static Map<String, Object> policy(WrapUpView wrapUp) {
        return Objects.requireNonNullElse(wrapUp.policy(), Map.of());
    }

    private static PanelView.@Nullable Extension extension(WrapUpView wrapUp, Phase phase) {
        boolean running = (phase == Phase.OPEN || phase == Phase.OVERDUE) && wrapUp.deadline() != null;
        return running
                        && wrapUp.extensionsLeft() > 0
                        && policy(wrapUp).get("extensions") instanceof PolicySettings.Extensions extensions
                ? new PanelView.Extension(
                        Duration.ofSeconds(extensions.seconds()), wrapUp.extensionsLeft(), extensions.reasonRequired())
                : null;
    }

    /** The parts that the policy asks for and that are empty; JSON pointers. */
    private static Set<String> needed(WrapUpView wrapUp) {
        return wrapUp.requiredParts().stream()
                .filter(pointer -> wrapUp.record().at(pointer).isMissingNode())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isShort(WrapUpView wrapUp) {
        Duration most = seconds(wrapUp, "shortContactSeconds");
        return most != null
                && wrapUp.openedAt() != null
                && Duration.between(wrapUp.startedAt(), wrapUp.openedAt()).compareTo(most) < 0;
    }

    private static boolean isDeferrable(WrapUpView wrapUp) {
        return Boolean.TRUE.equals(policy(wrapUp).get("deferrable"));
    }

    private static PanelView.DraftStatus draft(WrapUpView wrapUp, Phase phase, PanelView.Transcript transcript) {
        Draft draft = RecordForm.draftOf(wrapUp);
        boolean on = phase == Phase.ON;
        boolean awaited = draft.status() == Draft.Status.NONE && draft.reason() == null;
        boolean growing = draft.status() == Draft.Status.GROWING || (on && awaited);
        String note = switch (draft.status()) {
            case NONE -> {
                if (phase.isEnd()) {
                    yield "";
                }
                String coming = transcript.turns().isEmpty() ? "" : "The draft is on its way.";
                yield draft.reason() != null ? draft.reason() : on ? "The draft begins with the first words." : coming;
            }
            case GROWING -> on ? "The draft grows while you talk." : "The draft takes in the last words.";
            case READY -> phase.isEnd() ? "" : draft.reason() != null ? draft.reason() : writer(wrapUp);
            case FAILED -> "There is no draft: %s. Everything can be typed.".formatted(draft.reason());
        };
        return new PanelView.DraftStatus(growing, note);
    }

    /** Whether a language model wrote the texts, and why not; empty where there is none. */
    private static String writer(WrapUpView wrapUp) {
        JsonNode draft = wrapUp.draft();
        if (draft == null || !draft.has("languageModel")) {
            return "";
        }
        JsonNode model = draft.path("languageModel");
        return model.path("parts").isEmpty()
                ? "The language model wrote nothing: %s."
                        .formatted(model.path("reason").asString(""))
                : "Text by the language model %s.".formatted(model.path("model").asString(""));
    }

    PanelView.Transcript transcript(Caller reader, InteractionId interaction, boolean on) {
        return conversations
                .transcript(reader, interaction)
                .map(transcript -> new PanelView.Transcript(
                        transcript.turns().stream().map(Contacts::turn).toList(),
                        transcript.actions().stream().map(Contacts::action).toList(),
                        on,
                        on || !transcript.turns().isEmpty()
                                ? null
                                : "There are no words of this contact: none came, or they are no longer kept.",
                        audio(transcript)))
                .orElseGet(() -> new PanelView.Transcript(List.of(), List.of(), on, null, null));
    }

    private static PanelView.Turn turn(Transcript.Turn turn) {
        PanelView.Speaker speaker = switch (turn.speaker()) {
            case AGENT -> PanelView.Speaker.AGENT;
            case CUSTOMER -> PanelView.Speaker.CUSTOMER;
            case SYSTEM -> PanelView.Speaker.SYSTEM;
        };
        return new PanelView.Turn(turn.number(), speaker, turn.text(), turn.startSeconds());
    }

    private static PanelView.Action action(Transcript.DesktopAction action) {
        String detail = values(action.parameters());
        String result = action.result() == null ? "" : values(action.result());
        return new PanelView.Action(
                action.id(),
                action.doneAt(),
                action.name().replace('_', ' '),
                result.isEmpty() ? detail : detail + " → " + result);
    }

    private static String values(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey().replace('_', ' ') + " " + value.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** The first recording that we have as a file. */
    private static @Nullable String audio(Transcript transcript) {
        List<Transcript.Recording> recordings = transcript.recordings();
        for (int i = 0; i < recordings.size(); i++) {
            if (recordings.get(i).file() != null) {
                return "/api/v1/interactions/%s/recordings/%d".formatted(transcript.interaction(), i);
            }
        }
        return null;
    }
}
