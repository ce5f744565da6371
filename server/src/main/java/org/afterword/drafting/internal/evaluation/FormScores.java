package org.afterword.drafting.internal.evaluation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Form;
import org.afterword.drafting.Claim;
import org.afterword.drafting.Draft;
import org.afterword.drafting.EvaluationReport.Figure;
import org.jspecify.annotations.Nullable;

/** How right fields are form by form. A field counts in each of its contact's forms that have it. */
final class FormScores {
    private final Catalog catalog;
    private final Map<String, Share> byForm = new TreeMap<>();

    FormScores(Catalog catalog) {
        this.catalog = catalog;
    }

    /** @param hits by field */
    void add(LabelledContact contact, Draft draft, Map<String, Hits> hits) {
        LabelledContact.Truth truth = contact.truth();
        List<Form> own = forms(contact, truth.reasons() == null ? List.of() : truth.reasons(), truth.disposition());
        // what was drafted into a form that the contact should not have counts against that form
        List<Form> drafted = forms(
                contact,
                draft.reasons().stream()
                        .map(Claim::value)
                        .filter(Objects::nonNull)
                        .toList(),
                draft.disposition() == null ? null : draft.disposition().claim().value());
        Map<String, Hits> sums = new TreeMap<>();
        hits.forEach((field, of) -> {
            List<String> having = having(field, own);
            (having.isEmpty() ? having(field, drafted) : having).forEach(form -> sums.merge(form, of, Hits::and));
        });
        sums.forEach((form, sum) -> byForm.computeIfAbsent(form, code -> new Share("fields: F1"))
                .add(2.0 * sum.right(), sum.drafted() + sum.wanted()));
    }

    private List<Form> forms(LabelledContact contact, Collection<String> reasons, @Nullable String disposition) {
        return catalog.callTypesOf(contact.callType(), reasons, disposition).stream()
                .flatMap(type -> catalog.findCallType(type).map(CallType::form).stream())
                .distinct()
                .flatMap(form -> catalog.findForm(form).stream())
                .toList();
    }

    private static List<String> having(String field, List<Form> forms) {
        return forms.stream()
                .filter(form ->
                        form.fields().stream().anyMatch(one -> one.name().equals(field)))
                .map(Form::code)
                .toList();
    }

    /** None where there is but one form: that is what the other figures tell. */
    List<Figure> figures() {
        return byForm.size() < 2
                ? List.of()
                : byForm.entrySet().stream()
                        .flatMap(one ->
                                one.getValue().figure().stream().map(figure -> figure.in("form " + one.getKey())))
                        .toList();
    }
}
