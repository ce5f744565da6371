package org.afterword.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything a tenant declares about its work, as one value: the document of {@code GET|PUT /api/v1/catalog}.
 * References between entries (a call type's form, a reason's call type …) are checked by the constructor.
 */
public record Catalog(
        List<Queue> queues,
        List<Team> teams,
        List<Campaign> campaigns,
        List<CallType> callTypes,
        List<PolicyRule> policies,
        List<Reason> reasons,
        List<Disposition> dispositions,
        List<Tag> tags,
        List<Form> forms,
        List<Checklist> checklists,
        List<Guide> guides,
        List<Template> templates,
        List<Abbreviation> abbreviations,
        List<NotReadyReason> notReadyReasons) {

    public Catalog {
        queues = unique("queues", queues);
        teams = unique("teams", teams);
        campaigns = unique("campaigns", campaigns);
        callTypes = unique("callTypes", callTypes);
        policies = unique("policies", policies);
        reasons = unique("reasons", reasons);
        dispositions = unique("dispositions", dispositions);
        tags = unique("tags", tags);
        forms = unique("forms", forms);
        checklists = unique("checklists", checklists);
        guides = unique("guides", guides);
        templates = unique("templates", templates);
        abbreviations = unique("abbreviations", abbreviations);
        notReadyReasons = unique("notReadyReasons", notReadyReasons);
        for (CallType type : callTypes) {
            refer("callTypes", type.code(), "form", type.form(), forms);
            refer("callTypes", type.code(), "checklist", type.checklist(), checklists);
        }
        for (Reason reason : reasons) {
            refer("reasons", reason.code(), "callType", reason.callType(), callTypes);
        }
        for (Queue queue : queues) {
            refer("queues", queue.code(), "defaultCallType", queue.defaultCallType(), callTypes);
        }
        for (Disposition disposition : dispositions) {
            refer("dispositions", disposition.code(), "parent", disposition.parent(), dispositions);
            for (String type : disposition.callTypes()) {
                refer("dispositions", disposition.code(), "callTypes", type, callTypes);
            }
        }
        for (Campaign campaign : campaigns) {
            refer("campaigns", campaign.code(), "form", campaign.form(), forms);
            refer("campaigns", campaign.code(), "checklist", campaign.checklist(), checklists);
        }
        for (Guide guide : guides) {
            refer("guides", guide.code(), "callType", guide.callType(), callTypes);
        }
        for (Template template : templates) {
            for (String type : template.callTypes()) {
                refer("templates", template.code(), "callTypes", type, callTypes);
            }
            for (String code : template.dispositions()) {
                refer("templates", template.code(), "dispositions", code, dispositions);
            }
        }
        refuseCircles(dispositions);
        var conditions = new LinkedHashMap<PolicyRule.When, String>();
        for (PolicyRule rule : policies) {
            String other = conditions.putIfAbsent(rule.when(), rule.code());
            if (other != null) {
                throw new IllegalArgumentException(
                        "policies: '%s' and '%s' have the same conditions, so neither could win"
                                .formatted(other, rule.code()));
            }
        }
    }

    public Optional<CallType> findCallType(@Nullable String code) {
        return find(callTypes, code);
    }

    public Optional<Reason> findReason(@Nullable String code) {
        return find(reasons, code);
    }

    public Optional<Disposition> findDisposition(@Nullable String code) {
        return find(dispositions, code);
    }

    public Optional<Queue> findQueue(@Nullable String code) {
        return find(queues, code);
    }

    public Optional<Form> findForm(@Nullable String code) {
        return find(forms, code);
    }

    /** Dispositions an agent can pick: the leaves of the tree, in catalog order. */
    public List<Disposition> leafDispositions() {
        var parents = dispositions.stream().map(Disposition::parent).collect(Collectors.toSet());
        return dispositions.stream().filter(d -> !parents.contains(d.code())).toList();
    }

    /**
     * The fields a record asks for: those of the forms of its {@link #callTypesOf call types}, each name once.
     */
    public List<FormField> fieldsFor(
            @Nullable String callType, Collection<String> reasonCodes, @Nullable String disposition) {
        return fieldsOf(callTypesOf(callType, reasonCodes, disposition));
    }

    /**
     * The call types of a contact, each once: its own and those of its reasons, else the one of its disposition.
     *
     * @param disposition speaks only where neither call type nor reasons do, and where it belongs to one call type
     */
    public List<String> callTypesOf(
            @Nullable String callType, Collection<String> reasonCodes, @Nullable String disposition) {
        var types = new LinkedHashSet<String>();
        if (callType != null) {
            types.add(callType);
        }
        for (String reason : reasonCodes) {
            findReason(reason).map(Reason::callType).ifPresent(types::add);
        }
        if (types.isEmpty()) {
            findDisposition(disposition)
                    .map(Disposition::callTypes)
                    .filter(own -> own.size() == 1)
                    .ifPresent(types::addAll);
        }
        return List.copyOf(types);
    }

    /** The fields of the forms of these call types, in order, each once. */
    public List<FormField> fieldsOf(Collection<String> types) {
        var fields = new LinkedHashMap<String, FormField>();
        for (String type : types) {
            findCallType(type)
                    .flatMap(t -> findForm(t.form()))
                    .ifPresent(form -> form.fields().forEach(f -> fields.putIfAbsent(f.name(), f)));
        }
        return List.copyOf(fields.values());
    }

    /** The fields that some form declares sensitive, by their names. */
    public Map<String, FormField> sensitiveFields() {
        return forms.stream()
                .flatMap(form -> form.fields().stream())
                .filter(FormField::sensitive)
                .collect(Collectors.toUnmodifiableMap(FormField::name, field -> field, (first, same) -> first));
    }

    /** The checklist of the call type, else the first one; empty if the tenant has none. */
    public Optional<Checklist> checklistFor(@Nullable String callType) {
        return findCallType(callType)
                .flatMap(type -> find(checklists, type.checklist()))
                .or(() -> checklists.stream().findFirst());
    }

    /**
     * The template of the disposition, else that of the first of the call types that has one.
     *
     * @param heard whether it tells what was heard; else those that tell keywords go before others of the same kind
     */
    public Optional<Template> templateFor(@Nullable String disposition, List<String> types, boolean heard) {
        List<Template> among = templates.stream()
                .filter(template -> !heard || !template.isForKeywords())
                .sorted(Comparator.comparing(Template::isForKeywords).reversed())
                .toList();
        return among.stream()
                .filter(template ->
                        disposition != null && template.dispositions().contains(disposition))
                .findFirst()
                .or(() -> types.stream()
                        .flatMap(type -> among.stream()
                                .filter(template -> template.callTypes().contains(type)))
                        .findFirst());
    }

    private static <T extends CatalogItem> Optional<T> find(List<T> items, @Nullable String code) {
        return code == null
                ? Optional.empty()
                : items.stream().filter(item -> item.code().equals(code)).findFirst();
    }

    private static void refer(
            String kind, String code, String property, @Nullable String target, List<? extends CatalogItem> items) {
        if (target != null && items.stream().noneMatch(item -> item.code().equals(target))) {
            throw new IllegalArgumentException(
                    "%s: '%s' names %s '%s', which is not in the catalog".formatted(kind, code, property, target));
        }
    }

    private static void refuseCircles(List<Disposition> dispositions) {
        for (Disposition start : dispositions) {
            var passed = new HashSet<String>();
            Optional<Disposition> above = Optional.of(start);
            while (above.isPresent()) {
                if (!passed.add(above.get().code())) {
                    throw new IllegalArgumentException("dispositions: '%s' is below itself".formatted(start.code()));
                }
                above = find(dispositions, above.get().parent());
            }
        }
    }

    private static <T extends CatalogItem> List<T> unique(String kind, @Nullable List<T> items) {
        if (items == null) {
            return List.of();
        }
        Map<String, Long> counts = items.stream()
                .map(CatalogItem::code)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        counts.forEach((code, count) -> {
            if (count > 1) {
                throw new IllegalArgumentException("%s: code '%s' stands there %d times".formatted(kind, code, count));
            }
        });
        return List.copyOf(items);
    }
}
