package org.afterword.drafting.internal;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftInput.Speaker;
import org.afterword.drafting.DraftInput.Turn;
import org.afterword.drafting.internal.language.Languages;
import org.jspecify.annotations.Nullable;

/**
 * What of a contact drafts are made from: all of it but turns in languages that are not understood. Nothing is read from those,
 * for rules of one language read nonsense in another.
 *
 * @param remark what people are told of what was left out; null = nothing was
 */
record Understood(DraftInput input, @Nullable String remark) {

    static Understood of(DraftInput input) {
        Map<Integer, String> known = Languages.of(input.turns());
        Set<Integer> strange = new TreeSet<>();
        var others = new TreeSet<String>();
        known.forEach((number, code) -> {
            if (!Languages.isUnderstood(code)) {
                strange.add(number);
                others.add(code);
            }
        });
        if (strange.isEmpty()) {
            return new Understood(input, null);
        }
        List<Turn> rest = input.turns().stream()
                .filter(turn -> !strange.contains(turn.number()))
                .toList();
        boolean all = rest.stream().allMatch(turn -> turn.speaker() == Speaker.SYSTEM);
        return new Understood(
                input.withTurns(rest),
                "%s spoken in %s, and drafts understand only %s."
                        .formatted(all ? "This was" : "Some of this was", names(others), names(Languages.UNDERSTOOD)));
    }

    private static String names(Collection<String> codes) {
        return codes.stream()
                .map(code -> Locale.of(code).getDisplayLanguage(Locale.ENGLISH))
                .sorted()
                .collect(Collectors.joining(" and "));
    }
}
