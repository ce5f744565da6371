package org.afterword.drafting.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.internal.CatalogIndex.Entry;
import org.afterword.drafting.internal.language.Stems;

/**
 * Which code a desktop action speaks for: {@code TransferMoney} for "Transfer money", {@code BookAppointment} for "Book a
 * salon appointment" if its parameters are fields of the salon's form. Where several codes fit, the parameters choose, then
 * the words that were said.
 */
final class ActionNames {
    /** How well a name fits a code, best last. */
    private enum Fit {
        NONE(0, 0),
        /** The same verb, and every parameter is a field of the code's form; the talk has to speak for the code too. */
        VERB_AND_FIELDS(0.8, 0.1),
        /** All words of the name are in the code's. */
        ALL_WORDS(0.93, 0),
        NAME(0.97, 0);

        private final double share;
        private final double leastWords;

        Fit(double share, double leastWords) {
            this.share = share;
            this.leastWords = leastWords;
        }
    }

    /**
     * @param code       index of the chosen code
     * @param share      how strongly the action speaks for it
     * @param namesakes  indexes of the codes that its name fits as well
     */
    record Meant(int code, double share, List<Integer> namesakes) {}

    private ActionNames() {}

    static Optional<Meant> meant(DesktopAction action, List<Entry> entries, IntToDoubleFunction byWords) {
        String name = Names.words(action.name());
        Set<String> parameters =
                action.parameters().keySet().stream().map(Names::words).collect(Collectors.toSet());
        List<Fit> fits = entries.stream().map(e -> fit(e, name, parameters)).toList();
        return IntStream.range(0, entries.size())
                .filter(i -> fits.get(i) != Fit.NONE && byWords.applyAsDouble(i) >= fits.get(i).leastWords)
                .boxed()
                .max(Comparator.<Integer, Fit>comparing(fits::get)
                        .thenComparing(i -> shared(parameters, entries.get(i).fields()))
                        .thenComparing(byWords::applyAsDouble))
                .map(best -> new Meant(
                        best,
                        fits.get(best).share,
                        IntStream.range(0, entries.size())
                                .filter(i -> i != best && fits.get(i) == fits.get(best))
                                .boxed()
                                .toList()));
    }

    private static Fit fit(Entry entry, String name, Set<String> parameters) {
        boolean same = entry.names().stream()
                .anyMatch(n -> n.equals(name) || n.endsWith(" " + name) || name.endsWith(" " + n));
        if (same) {
            return Fit.NAME;
        }
        Set<String> words = Stems.of(name);
        boolean all = !words.isEmpty()
                && entry.names().stream().anyMatch(n -> Stems.of(n).containsAll(words));
        if (all) {
            return Fit.ALL_WORDS;
        }
        boolean sameVerb = entry.names().stream().anyMatch(n -> firstWord(n).equals(firstWord(name)));
        boolean itsFields = !parameters.isEmpty() && entry.fields().containsAll(parameters);
        return sameVerb && itsFields ? Fit.VERB_AND_FIELDS : Fit.NONE;
    }

    private static String firstWord(String words) {
        int space = words.indexOf(' ');
        return space < 0 ? words : words.substring(0, space);
    }

    private static long shared(Set<String> parameters, Set<String> fields) {
        return parameters.stream().filter(fields::contains).count();
    }
}
