package org.afterword.console.internal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogItem;
import org.afterword.catalog.Checklist;
import org.afterword.catalog.Disposition;
import org.afterword.catalog.FormField;
import org.afterword.catalog.Reason;
import org.afterword.catalog.Tag;
import org.afterword.console.internal.PanelView.Choice;
import org.afterword.console.internal.PanelView.Input;
import org.afterword.drafting.Claim;
import org.afterword.drafting.CustomerChange;
import org.afterword.drafting.Draft;
import org.afterword.drafting.FollowUp;
import org.afterword.drafting.Grade;
import org.afterword.platform.Json;
import org.afterword.wrapup.SealedMask;
import org.afterword.wrapup.WrapUpView;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the form of one record: its values, where each comes from, and what can be chosen instead. */
final class RecordForm {
    private static final int SUGGESTIONS = 3;
    private static final List<Choice> RESOLUTIONS = List.of(
            new Choice("resolved", "Resolved"),
            new Choice("pending", "Pending"),
            new Choice("escalated", "Escalated"),
            new Choice("unresolved", "Unresolved"));

    /** What of a customer can change, as it is called. */
    private static final Map<String, String> CHANGING = changing();

    private final ObjectNode record;
    private final @Nullable String callType;
    private final Catalog catalog;
    private final Draft draft;
    private final @Nullable JsonNode drafted;
    private final Marks marks;

    private RecordForm(WrapUpView wrapUp, Catalog catalog) {
        this.record = wrapUp.record();
        this.callType = wrapUp.callType();
        this.catalog = catalog;
        this.draft = draftOf(wrapUp);
        this.drafted = wrapUp.draft();
        this.marks =
                new Marks(wrapUp.provenance(), Contacts.phase(wrapUp.status()).isEnd());
    }

    /** @param needed pointers to parts that are empty and must not be */
    static PanelView.Form of(WrapUpView wrapUp, Catalog catalog, Set<String> needed, boolean readOnly) {
        var form = new RecordForm(wrapUp, catalog);
        return new PanelView.Form(
                form.keywords(wrapUp, readOnly),
                form.changes(),
                form.summary(),
                form.several("reasons", catalog.reasons(), form.draft.reasons(), RecordForm::choice),
                form.disposition(),
                form.resolution(),
                form.fields(),
                form.checklist(),
                form.followUps(),
                form.several("tags", catalog.tags(), form.draft.tags(), RecordForm::choice),
                readOnly ? List.of() : form.offers(),
                needed,
                readOnly);
    }

    private static Map<String, String> changing() {
        var labels = new LinkedHashMap<String, String>();
        labels.put("name", "Name");
        labels.put("phone", "Phone");
        labels.put("email", "E-mail");
        labels.put("address", "Address");
        return labels;
    }

    static Draft draftOf(WrapUpView wrapUp) {
        JsonNode draft = wrapUp.draft();
        return draft == null || !draft.has("summary")
                ? Draft.none()
                : Json.mapper().treeToValue(draft, Draft.class);
    }

    /** Of parts that are suggested only, what nobody touched; reasons, tags and the disposition are offered at their place. */
    private List<PanelView.Offer> offers() {
        var offers = new ArrayList<PanelView.Offer>();
        if (isSuggested("summary")) {
            String text = draft.summary().statements().stream()
                    .filter(RecordForm::stands)
                    .flatMap(RecordForm::valueOf)
                    .collect(Collectors.joining(" "));
            if (!text.isEmpty()) {
                offer(offers, "/summary", "Summary", text, Json.write(text));
            }
        }
        if (isSuggested("resolution") && draft.resolution() != null && stands(draft.resolution())) {
            valueOf(draft.resolution())
                    .forEach(code -> offer(
                            offers,
                            "/resolution",
                            "Resolution",
                            RESOLUTIONS.stream()
                                    .filter(one -> one.code().equals(code))
                                    .map(Choice::label)
                                    .findFirst()
                                    .orElse(code),
                            Json.write(code)));
        }
        if (isSuggested("fields")) {
            draft.fields().forEach((name, claim) -> {
                if (stands(claim)) {
                    valueOf(claim)
                            .forEach(value ->
                                    offer(offers, pointer("fields", name), fieldLabel(name), value, Json.write(value)));
                }
            });
        }
        if (isSuggested("checklist")) {
            checklist().stream()
                    .filter(tick -> draft.checklist().containsKey(tick.code())
                            && stands(draft.checklist().get(tick.code())))
                    .forEach(tick ->
                            offer(offers, pointer("checklist", tick.code()), "Checklist", tick.label(), "true"));
        }
        if (isSuggested("followUps")) {
            draft.followUps().stream()
                    .filter(RecordForm::stands)
                    .forEach(claim -> valueOf(claim)
                            .forEach(followUp -> offer(
                                    offers,
                                    pointer("followUps", claim.id()),
                                    "Follow-up",
                                    followUp.text(),
                                    Json.write(followUp))));
        }
        return offers;
    }

    private boolean isSuggested(String part) {
        return drafted != null && drafted.path("grades").path(part).asString("").equals(Grade.SUGGEST.name());
    }

    private static boolean stands(Claim<?> claim) {
        return claim.check() == Claim.Check.SUPPORTED;
    }

    private void offer(List<PanelView.Offer> offers, String pointer, String label, String words, String json) {
        if (!marks.isTouched(pointer)) {
            offers.add(new PanelView.Offer(pointer, label, words, json));
        }
    }

    private String fieldLabel(String name) {
        return catalog.forms().stream()
                .flatMap(form -> form.fields().stream())
                .filter(field -> field.name().equals(name))
                .map(FormField::label)
                .findFirst()
                .orElse(name);
    }

    /** The line for keywords stands where nobody was heard, and stays where something was typed into it. */
    private PanelView.@Nullable Keywords keywords(WrapUpView wrapUp, boolean readOnly) {
        String typed = text("keywords");
        boolean wanted = draft.unheard() && wrapUp.partOf() == null && !readOnly;
        return typed.isEmpty() && !wanted
                ? null
                : new PanelView.Keywords(typed, marks.of("/keywords", (Claim<?>) null));
    }

    /** What is ticked as it stands in the record, else as it is proposed. */
    private List<PanelView.Change> changes() {
        var changes = new ArrayList<PanelView.Change>();
        CHANGING.forEach((of, label) -> {
            JsonNode ticked = record.path("customerChanges").path(of);
            Claim<CustomerChange> claim = draft.customerChanges().get(of);
            CustomerChange proposed = claim == null || claim.check() != Claim.Check.SUPPORTED ? null : claim.value();
            String pointer = pointer("customerChanges", of);
            if (ticked.isObject()) {
                changes.add(new PanelView.Change(
                        of,
                        label,
                        ticked.path("old").asString(null),
                        ticked.path("new").asString(""),
                        true,
                        marks.of(pointer, claim)));
            } else if (claim != null && proposed != null) {
                changes.add(new PanelView.Change(
                        of, label, proposed.before(), proposed.after(), false, Marks.ofStatement(claim)));
            }
        });
        return changes;
    }

    private PanelView.Text summary() {
        String text = text("summary");
        List<Claim<String>> standing = draft.summary().statements().stream()
                .filter(claim -> switch (claim.check()) {
                    case SUPPORTED -> true;
                    case UNSUPPORTED -> text.contains(String.valueOf(claim.value()));
                    case OPINION, STRUCK, NOT_HEARD -> false;
                })
                .toList();
        return new PanelView.Text(
                text,
                marks.of("/summary", standing.isEmpty() ? draft.summary().statements() : standing),
                standing.stream()
                        .map(claim -> new PanelView.Statement(String.valueOf(claim.value()), Marks.ofStatement(claim)))
                        .toList());
    }

    private <T extends CatalogItem> PanelView.Several several(
            String part, List<T> items, List<Claim<String>> claims, Function<T, Choice> choice) {
        List<String> chosen =
                record.path(part).valueStream().map(code -> code.asString("")).toList();
        Set<String> shown = Stream.concat(chosen.stream(), claims.stream().flatMap(RecordForm::valueOf))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new PanelView.Several(
                chosen,
                shown.stream().map(code -> known(items, code, choice)).toList(),
                items.stream()
                        .filter(item -> !shown.contains(item.code()))
                        .map(choice)
                        .toList(),
                marks.of("/" + part, claims));
    }

    /** What the draft ranks highest, then what is chosen; filled up with leaves that fit the call type. */
    private PanelView.One disposition() {
        String chosen = text("disposition").isEmpty() ? null : text("disposition");
        var confidences = new LinkedHashMap<String, @Nullable Double>();
        Draft.Ranked ranked = draft.disposition();
        if (ranked != null) {
            valueOf(ranked.claim())
                    .forEach(code -> confidences.put(code, ranked.claim().confidence()));
            ranked.alternatives().stream()
                    .limit(SUGGESTIONS - 1)
                    .forEach(other -> confidences.putIfAbsent(other.code(), other.confidence()));
        }
        List<Disposition> leaves = catalog.leafDispositions();
        leaves.stream()
                .filter(this::fits)
                .map(Disposition::code)
                .takeWhile(code -> confidences.size() < SUGGESTIONS)
                .forEach(code -> confidences.putIfAbsent(code, null));
        if (chosen != null) {
            confidences.putIfAbsent(chosen, null);
        }
        return new PanelView.One(
                chosen,
                confidences.entrySet().stream()
                        .map(each ->
                                new PanelView.Suggestion(known(leaves, each.getKey(), this::leaf), each.getValue()))
                        .toList(),
                leaves.stream()
                        .filter(leaf -> !confidences.containsKey(leaf.code()))
                        .map(this::leaf)
                        .toList(),
                marks.of("/disposition", ranked == null ? null : ranked.claim()));
    }

    private boolean fits(Disposition leaf) {
        return leaf.callTypes().isEmpty()
                || (callType != null && leaf.callTypes().contains(callType));
    }

    private PanelView.Select resolution() {
        String chosen = text("resolution");
        return new PanelView.Select(
                chosen.isEmpty() ? null : chosen, RESOLUTIONS, marks.of("/resolution", draft.resolution()));
    }

    /** The fields that the record asks for, and after them those that it has without being asked. */
    private List<PanelView.Field> fields() {
        List<String> reasons = record.path("reasons")
                .valueStream()
                .map(code -> code.asString(""))
                .toList();
        var asked = new LinkedHashMap<String, FormField>();
        catalog.fieldsFor(callType, reasons, record.path("disposition").asString(null))
                .forEach(field -> asked.put(field.name(), field));
        for (String name : record.path("fields").propertyNames()) {
            catalog.forms().stream()
                    .flatMap(form -> form.fields().stream())
                    .filter(field -> field.name().equals(name))
                    .findFirst()
                    .ifPresent(field -> asked.putIfAbsent(name, optional(field)));
        }
        return asked.values().stream().map(this::field).toList();
    }

    private static FormField optional(FormField field) {
        return new FormField(
                field.name(),
                field.label(),
                field.description(),
                field.type(),
                field.choices(),
                false,
                field.sensitive(),
                field.multiple());
    }

    private PanelView.Field field(FormField field) {
        String value = record.path("fields").path(field.name()).asString("");
        Claim<String> claim = draft.fields().get(field.name());
        return new PanelView.Field(
                field.name(),
                field.label(),
                field.description() == null ? "" : field.description(),
                input(field.type(), value),
                value,
                value.isEmpty() ? valueOf(claim).findFirst().orElse("") : "",
                choices(field, value),
                field.required(),
                marks.of(pointer("fields", field.name()), claim));
    }

    /** Dates and times that are not written as an input of that type takes them, and masks, stay as the text they are. */
    private static Input input(FormField.Type type, String value) {
        if (SealedMask.isOne(value)) {
            return Input.TEXT;
        }
        return switch (type) {
            case TEXT, NAME, ADDRESS, PLACE, AMOUNT -> Input.TEXT;
            case NUMBER -> Input.NUMBER;
            case DATE -> value.isEmpty() || parses(() -> LocalDate.parse(value)) ? Input.DATE : Input.TEXT;
            case TIME -> value.isEmpty() || parses(() -> LocalTime.parse(value)) ? Input.TIME : Input.TEXT;
            case PHONE -> Input.PHONE;
            case EMAIL -> Input.EMAIL;
            case CHOICE -> Input.CHOICE;
            case BOOLEAN -> Input.BOOLEAN;
        };
    }

    private static boolean parses(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** The form's choices; a value that is none of them is kept among them until somebody changes it. */
    private static List<String> choices(FormField field, String value) {
        if (value.isEmpty() || field.choices().contains(value)) {
            return field.choices();
        }
        var choices = new ArrayList<>(field.choices());
        choices.add(value);
        return choices;
    }

    private List<PanelView.Tick> checklist() {
        List<Checklist.Item> items =
                catalog.checklistFor(callType).map(Checklist::items).orElse(List.of());
        return items.stream()
                .map(item -> new PanelView.Tick(
                        item.code(),
                        item.label(),
                        record.path("checklist").path(item.code()).asBoolean(false),
                        marks.of(
                                pointer("checklist", item.code()),
                                draft.checklist().get(item.code()))))
                .toList();
    }

    private List<PanelView.FollowUp> followUps() {
        Map<String, Claim<FollowUp>> claims =
                draft.followUps().stream().collect(Collectors.toMap(Claim::id, claim -> claim, (first, same) -> first));
        return record.path("followUps").properties().stream()
                .map(entry -> followUp(entry.getKey(), entry.getValue(), claims.get(entry.getKey())))
                .toList();
    }

    private PanelView.FollowUp followUp(String id, JsonNode value, @Nullable Claim<FollowUp> claim) {
        String due = value.path("dueAt").asString("");
        return new PanelView.FollowUp(
                id,
                pointer("followUps", id),
                FollowUps.word(value.path("kind").asString("")),
                value.path("text").asString(""),
                due.isEmpty() ? null : Instant.parse(due),
                marks.of(pointer("followUps", id), claim));
    }

    private String text(String member) {
        return record.path(member).asString("");
    }

    private static Choice choice(Reason reason) {
        return new Choice(reason.code(), reason.label(), "", described(reason.description()));
    }

    private static Choice choice(Tag tag) {
        return new Choice(tag.code(), tag.label(), "", described(tag.description()));
    }

    private Choice leaf(Disposition leaf) {
        var above = new ArrayList<String>();
        for (var at = catalog.findDisposition(leaf.parent());
                at.isPresent();
                at = catalog.findDisposition(at.get().parent())) {
            above.addFirst(at.get().label());
        }
        return new Choice(leaf.code(), leaf.label(), String.join(" › ", above), described(leaf.description()));
    }

    private static String described(@Nullable String description) {
        return description == null ? "" : description;
    }

    /** The item of a code; a code that the catalog no longer has stands for itself. */
    private static <T extends CatalogItem> Choice known(List<T> items, String code, Function<T, Choice> choice) {
        return items.stream()
                .filter(item -> item.code().equals(code))
                .findFirst()
                .map(choice)
                .orElseGet(() -> new Choice(code, code));
    }

    private static <T> Stream<T> valueOf(@Nullable Claim<T> claim) {
        return claim == null ? Stream.empty() : Stream.ofNullable(claim.value());
    }

    /** JSON pointer to an entry of a map. */
    static String pointer(String member, String key) {
        return "/" + member + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}
