package org.afterword.drafting;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.afterword.catalog.FormField;
import org.afterword.drafting.Claim.Check;
import org.afterword.drafting.Draft.Ranked;
import org.afterword.drafting.Draft.Statements;
import org.afterword.drafting.internal.Grounds;

/**
 * Holds a draft against what was said and done, whoever wrote it.
 *
 * <ul>
 *   <li>Evidence counts only if it exists: the quoted words stand where the quote says, the action was done.
 *   <li>A claim without evidence is unsupported; a field without evidence is struck, for a form is never filled by guess.
 *   <li>Numbers, amounts, dates, times, addresses and names in a text have to occur in its evidence, however they were
 *       written there ("nine hundred and fifty dollars" is $950); else the text is struck. So is a field whose value does not.
 *   <li>A text that judges somebody in words which its evidence does not have is an opinion.
 * </ul>
 *
 * <p>Names are told by their capitals, so a wrong name in lower case passes, and so does a wrong statement made of right
 * values. A claim that is not supported stays in the draft, marked: a person decides.
 */
public final class DraftCheck {
    private final Grounds grounds;
    private final DraftInput input;

    public DraftCheck(DraftInput input) {
        this.input = input;
        this.grounds = new Grounds(input);
    }

    /** The draft with each claim's {@link Check}. */
    public Draft check(Draft draft) {
        return new Draft(
                draft.status(),
                draft.reason(),
                draft.source(),
                draft.model(),
                draft.createdAt(),
                draft.millis(),
                texts(draft.summary()),
                texts(draft.issue()),
                texts(draft.resolutionText()),
                all(draft.actions(), grounds::text),
                all(draft.nextSteps(), grounds::text),
                all(draft.reasons(), grounds::anything),
                all(draft.tags(), grounds::anything),
                all(draft.followUps(), (followUp, evidence) -> grounds.text(followUp.text(), evidence)),
                fields(draft.fields()),
                all(draft.checklist()),
                draft.disposition() == null ? null : ranked(draft.disposition()),
                draft.resolution() == null ? null : one(draft.resolution(), grounds::anything),
                draft.sentiment() == null ? null : one(draft.sentiment(), grounds::anything),
                changes(draft.customerChanges()));
    }

    private Map<String, Claim<CustomerChange>> changes(Map<String, Claim<CustomerChange>> claims) {
        var checked = new LinkedHashMap<String, Claim<CustomerChange>>();
        claims.forEach((of, claim) -> checked.put(of, one(claim, grounds::change)));
        return checked;
    }

    private Statements texts(Statements statements) {
        return new Statements(all(statements.statements(), grounds::text));
    }

    private Ranked ranked(Ranked ranked) {
        return new Ranked(one(ranked.claim(), grounds::anything), ranked.alternatives());
    }

    private Map<String, Claim<Boolean>> all(Map<String, Claim<Boolean>> claims) {
        var checked = new LinkedHashMap<String, Claim<Boolean>>();
        claims.forEach((name, claim) -> checked.put(name, one(claim, grounds::anything)));
        return checked;
    }

    private Map<String, Claim<String>> fields(Map<String, Claim<String>> claims) {
        var checked = new LinkedHashMap<String, Claim<String>>();
        claims.forEach((name, claim) -> {
            List<FormField> fields = input.catalog().forms().stream()
                    .flatMap(form -> form.fields().stream())
                    .filter(field -> field.name().equals(name))
                    .toList();
            checked.put(name, one(claim, (value, evidence) -> grounds.field(fields, value, evidence)));
        });
        return checked;
    }

    private static <T> List<Claim<T>> all(List<Claim<T>> claims, BiFunction<T, List<Evidence>, Check> check) {
        return claims.stream().map(claim -> one(claim, check)).toList();
    }

    private static <T> Claim<T> one(Claim<T> claim, BiFunction<T, List<Evidence>, Check> check) {
        T value = claim.value();
        return value == null ? claim : claim.withCheck(check.apply(value, claim.evidence()));
    }
}
