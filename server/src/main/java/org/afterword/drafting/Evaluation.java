package org.afterword.drafting;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.afterword.drafting.internal.evaluation.Converter;
import org.afterword.drafting.internal.evaluation.Evaluator;
import org.afterword.drafting.internal.evaluation.LabelledSet;
import org.afterword.platform.StartupException;

/** Measures how good drafts are on labelled contacts: {@code docs/evaluation.md}. */
public final class Evaluation {
    private Evaluation() {}

    /**
     * @param actions      whether desktop actions are among what the drafts are made of; else words alone
     * @param perCode      how many confirmed contacts of each disposition are learned from; 0 = none, so that the catalog alone speaks
     * @param draw    which of all that could be drawn for that, and which errors are planted; another number draws others
     */
    public record Options(boolean actions, int perCode, int draw) {
        public Options {
            if (perCode < 0) {
                throw new IllegalArgumentException("nobody learns from %d contacts".formatted(perCode));
            }
        }
    }

    /**
     * Drafts every contact of the set in {@code folder} and holds it against its labels.
     *
     * @param progress told of the number of contacts learned from and drafted so far
     * @throws StartupException naming what is wrong with the set
     */
    public static EvaluationReport of(Path folder, Options options, DraftingEngine engine, LongConsumer progress)
            throws IOException {
        LabelledSet set = LabelledSet.read(folder);
        return new Evaluator(set, options, engine, progress).report();
    }

    /** The published data sets that can be brought into the form of a labelled set. */
    public static List<String> convertible() {
        return Converter.ALL.stream().map(Converter::name).toList();
    }

    /**
     * Brings a published data set into that form.
     *
     * @param name one of {@link #convertible}
     * @param from where the set lies
     * @param into a folder, made if it is not there
     * @return how many contacts to measure it has, and how many to learn from
     */
    public static Converted convert(String name, Path from, Path into) throws IOException {
        Converter converter = Converter.ALL.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StartupException(
                        "There is no converter '%s', but for %s.".formatted(name, String.join(", ", convertible()))));
        LabelledSet set = converted(converter, from);
        set.write(into);
        return new Converted(set.contacts().size(), set.confirmed().size());
    }

    private static LabelledSet converted(Converter converter, Path from) throws IOException {
        try {
            return converter.convert(from);
        } catch (NoSuchFileException e) {
            throw new StartupException(
                    "There is no %s, which '%s' is made of: see docs/evaluation.md."
                            .formatted(e.getFile(), converter.name()),
                    e);
        }
    }

    /** @param contacts to measure; @param confirmed to learn from */
    public record Converted(int contacts, int confirmed) {}
}
