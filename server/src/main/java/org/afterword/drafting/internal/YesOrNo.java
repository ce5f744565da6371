package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.afterword.catalog.FormField;
import org.afterword.drafting.internal.Candidate.Source;
import org.afterword.drafting.internal.language.Stems;
import org.afterword.drafting.internal.language.Token;
import org.jspecify.annotations.Nullable;

/** Fields that ask yes or no: told by a word that no other field of the form has, said plainly or asked for and answered. */
final class YesOrNo {
    private YesOrNo() {}

    /** A field that asks yes or no, when the customer states it or answers a question for it. */
    static List<Candidate> candidates(FormWords form, Line line, List<Line> question, int place) {
        var candidates = new ArrayList<Candidate>();
        for (FormField field : form.fields()) {
            if (!FieldValues.isYesOrNo(field)) {
                continue;
            }
            Token key = key(form, field, line);
            if (key != null && !line.sentence().isQuestion()) {
                candidates.add(new Candidate(
                        field.name(),
                        FieldValues.spelled(field, !isDenied(line, key)),
                        place,
                        Source.STATED,
                        1,
                        List.of(line.quote())));
                continue;
            }
            for (Line asked : question) {
                boolean clear = line.has(Cue.YES) != line.has(Cue.NO);
                if (key(form, field, asked) != null && clear) {
                    candidates.add(new Candidate(
                            field.name(),
                            FieldValues.spelled(field, line.has(Cue.YES)),
                            place,
                            Source.ANSWERED,
                            1,
                            List.of(line.quote(), asked.quote())));
                }
            }
        }
        return candidates;
    }

    /** The word of the line that only this field of the form has. */
    private static @Nullable Token key(FormWords form, FormField field, Line line) {
        return line.tokens().stream()
                .filter(t -> form.overlap(field, Stems.of(List.of(t))) == 1)
                .findFirst()
                .orElse(null);
    }

    private static boolean isDenied(Line line, Token key) {
        String before = line.text().substring(0, key.from()).toLowerCase(Locale.ROOT);
        return before.matches("(?s).*\\b(?:not|no|don't|do not|doesn't|without|never|isn't|un)\\b[^,;]{0,25}");
    }
}
