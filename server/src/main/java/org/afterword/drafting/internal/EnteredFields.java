package org.afterword.drafting.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.afterword.catalog.FormField;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.language.Mention;

/** Field values that the agent entered in another system: parameters that bear the name of a field. */
final class EnteredFields {
    private final Situation situation;
    private final List<FormField> fields;
    private final LocalDate today;

    EnteredFields(Situation situation, List<FormField> fields) {
        this.situation = situation;
        this.fields = fields;
        this.today = situation.input().referenceDate();
    }

    List<Candidate> candidates() {
        var candidates = new ArrayList<Candidate>();
        for (DesktopAction action : situation.input().actions()) {
            List<Line> said = situation.before(action);
            for (Map.Entry<String, String> parameter : action.parameters().entrySet()) {
                fieldNamed(parameter.getKey())
                        .flatMap(field -> candidate(field, parameter.getValue(), action, said))
                        .ifPresent(candidates::add);
            }
        }
        return candidates;
    }

    private Optional<Candidate> candidate(FormField field, String raw, DesktopAction action, List<Line> said) {
        return FieldValues.canonical(field, raw, today).map(value -> {
            var evidence = new ArrayList<Evidence>();
            evidence.add(new Evidence.Action(action.id()));
            Optional<Heard> heard = lastHeard(field, value, said);
            heard.ifPresent(h -> evidence.add(h.quote()));
            String spoken = heard.map(Heard::value).orElse(value);
            return new Candidate(
                    field.name(), spoken, said.size(), Candidate.Source.ENTERED, heard.isPresent() ? 1 : 0, evidence);
        });
    }

    private Optional<FormField> fieldNamed(String parameter) {
        String words = Names.words(parameter);
        return fields.stream()
                .filter(f -> Names.words(f.name()).equals(words)
                        || Names.words(f.label()).equals(words))
                .findFirst();
    }

    /** The value in the words in which it was said last; an amount gets its currency from them. */
    private record Heard(String value, Evidence.Quote quote) {}

    private Optional<Heard> lastHeard(FormField field, String value, List<Line> said) {
        if (FieldValues.isYesOrNo(field)) {
            return Optional.empty();
        }
        for (Line line : said.reversed()) {
            for (Mention mention : line.mentions()) {
                if (FieldValues.same(field, mention.value(), value)) {
                    String spoken = field.type() == FormField.Type.AMOUNT ? mention.value() : value;
                    return Optional.of(new Heard(spoken, line.quote(mention.from(), mention.to())));
                }
            }
            Optional<Spans.Span> words = Spans.find(line, value);
            if (words.isPresent()) {
                return words.map(span -> new Heard(value, span.quote()));
            }
        }
        return Optional.empty();
    }
}
