package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.FormField;
import org.afterword.catalog.Reason;
import org.afterword.drafting.Claim;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.Candidate.Source;

/** Fills the form: of all values that came up for a field the last one that both sides, or another system, stand for. */
final class Fields {
    private static final double AGREEING_SOURCES_BONUS = 0.04;
    private static final double MOST = 0.98;

    private Fields() {}

    /**
     * @param reasons codes of the contact's reasons; together with its call type they say which forms there are to fill
     */
    static Map<String, Claim<String>> fill(Situation situation, Ranking ranking, List<String> reasons) {
        Catalog catalog = situation.input().catalog();
        List<FormField> fields = catalog.fieldsFor(situation.input().contact().callType(), reasons);
        var candidates = new ArrayList<>(new EnteredFields(situation, fields).candidates());
        var topics = new Topics(situation, ranking, Set.copyOf(reasons));
        for (String callType : callTypes(situation, reasons)) {
            var form = new FormWords(catalog.fieldsFor(callType, List.of()));
            var spoken = new SpokenFields(situation.talk(), form, line -> topics.is(line, callType));
            candidates.addAll(spoken.candidates());
        }
        var filled = new LinkedHashMap<String, Claim<String>>();
        for (FormField field : fields) {
            List<Candidate> own = candidates.stream()
                    .filter(c -> c.field().equals(field.name()))
                    .toList();
            best(own).ifPresent(best -> filled.put(field.name(), claim(field, best, own)));
        }
        return filled;
    }

    private static Set<String> callTypes(Situation situation, List<String> reasons) {
        var callTypes = new LinkedHashSet<String>();
        String known = situation.input().contact().callType();
        if (known != null) {
            callTypes.add(known);
        }
        for (String reason : reasons) {
            situation.input().catalog().findReason(reason).map(Reason::callType).ifPresent(callTypes::add);
        }
        return callTypes;
    }

    private static Optional<Candidate> best(List<Candidate> candidates) {
        return candidates.stream()
                .max(Comparator.comparing((Candidate c) -> c.source().isFirm())
                        .thenComparing(Candidate::place)
                        .thenComparing(Candidate::source)
                        .thenComparing(Candidate::fit));
    }

    private static Claim<String> claim(FormField field, Candidate best, List<Candidate> all) {
        var evidence = new LinkedHashSet<Evidence>(best.evidence());
        boolean agreeing = false;
        for (Candidate other : all) {
            if (other.source() != best.source() && FieldValues.same(field, other.value(), best.value())) {
                agreeing = true;
                evidence.addAll(other.evidence());
            }
        }
        double confidence = best.source().confidence() + (agreeing ? AGREEING_SOURCES_BONUS : 0);
        boolean enteredUnheard =
                best.source() == Source.ENTERED && best.evidence().size() == 1;
        return Claim.of(
                "fields/" + field.name(),
                best.value(),
                Math.min(MOST, confidence - (enteredUnheard ? 0.05 : 0)),
                List.copyOf(evidence));
    }
}
