package org.afterword.drafting.internal.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.Embedder;
import org.afterword.drafting.internal.MiniLmEmbedder;
import org.afterword.drafting.internal.evaluation.Converter;
import org.afterword.drafting.internal.evaluation.LabelledContact;
import org.afterword.drafting.internal.evaluation.MtsDialog;
import org.afterword.drafting.internal.evaluation.Planter;
import org.afterword.drafting.internal.evaluation.RankScore;
import org.afterword.drafting.internal.language.Sentence;
import org.afterword.drafting.internal.language.Stems;
import org.afterword.drafting.internal.language.Token;
import org.afterword.drafting.internal.learning.HeldBack;

/**
 * Makes {@code check/words.txt} and {@code check/support.txt} anew: words counted in the training parts of MTS-Dialog and MultiDoGO, weights
 * learned from the training notes of MTS-Dialog. A sentence of a note is true of its talk; false ones are made: sentences of notes
 * of other talks, halves of such, exchanged words, turned round, planted errors. A fifth of the talks is held back.
 *
 * <pre>SupportTraining words|weights FOLDER_OF_SETS FOLDER_OF_RESOURCES</pre>
 */
public final class SupportTraining {
    private static final int LEAST_CONVERSATIONS = 3;
    private static final int LEAST_CONVERSATIONS_CASED = 2;
    private static final double HEAVY = 4;
    private static final double RIDGE = 1e-3;
    private static final int STEPS = 20;

    /** Share of statements that are taken to be wrong. */
    private static final double PRIOR = 0.2;

    private static final double FALSE_ALARMS = 0.05;

    /** @param kind how it was made; "true" where it was not */
    private record Example(String contact, String kind, String text, double[] measures) {
        boolean isWrong() {
            return !kind.equals("true");
        }
    }

    private final Path sets;
    private final Path resources;

    private SupportTraining(Path sets, Path resources) {
        this.sets = sets;
        this.resources = resources;
    }

    public static void main(String[] args) throws IOException {
        var training = new SupportTraining(Path.of(args[1]), Path.of(args[2]));
        if (args[0].equals("words")) {
            training.words();
        } else {
            training.weights();
        }
    }

    private void words() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, Integer> lower = new HashMap<>();
        int conversations = 0;
        for (LabelledContact contact : MtsDialog.train(sets.resolve("mts-dialog"))) {
            conversations++;
            var words = new HashSet<String>();
            var cased = new HashSet<String>();
            for (String text : texts(contact)) {
                for (Token token : Token.allIn(text)) {
                    if (token.isWord()) {
                        words.add(token.lower());
                        if (token.text().equals(token.lower())) {
                            cased.add(token.lower());
                        }
                    }
                }
            }
            words.forEach(word -> counts.merge(word, 1, Integer::sum));
            cased.forEach(word -> lower.merge(word, 1, Integer::sum));
        }
        for (var talk : Converter.lines(sets.resolve("multidogo").resolve("train.jsonl.gz"))
                .toList()) {
            conversations++;
            talk.path("turns")
                    .valueStream()
                    .flatMap(turn -> Token.allIn(turn.path("text").asString()).stream())
                    .filter(Token::isWord)
                    .map(Token::lower)
                    .collect(Collectors.toSet())
                    .forEach(word -> counts.merge(word, 1, Integer::sum));
        }
        var lines = new ArrayList<String>(List.of(String.valueOf(conversations)));
        counts.forEach((word, count) -> {
            boolean ordinary = lower.getOrDefault(word, 0) >= LEAST_CONVERSATIONS_CASED;
            if (count >= LEAST_CONVERSATIONS || ordinary) {
                lines.add(word + " " + count + (ordinary ? " *" : ""));
            }
        });
        Files.write(resources.resolve("check/words.txt"), lines);
        System.out.printf("%d words of %d conversations%n", lines.size() - 1, conversations);
    }

    private static List<String> texts(LabelledContact contact) {
        return Stream.concat(contact.turns().stream().map(LabelledContact.Turn::text), summaries(contact).stream())
                .toList();
    }

    private static List<String> summaries(LabelledContact contact) {
        List<String> summaries = contact.truth().summaries();
        return summaries == null ? List.of() : summaries;
    }

    private void weights() throws IOException {
        List<Example> examples = examples();
        if (System.getProperty("dump") != null) {
            Files.write(
                    Path.of(System.getProperty("dump")),
                    examples.stream().map(SupportTraining::line).toList());
        }
        List<Example> learned =
                examples.stream().filter(e -> !HeldBack.is(e.contact())).toList();
        List<Example> heldBack =
                examples.stream().filter(e -> HeldBack.is(e.contact())).toList();
        double[] weights = fit(learned);
        var model = new SupportModel(Arrays.stream(weights).boxed().toList(), 1);
        double[] doubts = heldBack.stream()
                .filter(e -> !e.isWrong())
                .mapToDouble(e -> model.doubt(e.measures()))
                .sorted()
                .toArray();
        double marked = doubts[(int) ((1 - FALSE_ALARMS) * doubts.length)];
        report(heldBack, model, marked);
        var lines = new ArrayList<String>();
        for (int i = 0; i < weights.length; i++) {
            lines.add("%s %.4f".formatted(Support.MEASURES.get(i), weights[i]));
        }
        lines.add("marked %.4f".formatted(marked));
        Files.write(resources.resolve("check/support.txt"), lines);
        lines.forEach(System.out::println);
    }

    private static String line(Example example) {
        return String.join(
                "\t",
                example.contact(),
                HeldBack.is(example.contact()) ? "1" : "0",
                example.kind(),
                Arrays.stream(example.measures()).mapToObj(Double::toString).collect(Collectors.joining(" ")),
                example.text().replaceAll("\\s+", " "));
    }

    private static void report(List<Example> heldBack, SupportModel model, double marked) {
        for (String kind :
                heldBack.stream().map(Example::kind).distinct().sorted().toList()) {
            var score = new RankScore(kind);
            score.nextContact();
            heldBack.stream()
                    .filter(e -> e.kind().equals(kind) || !e.isWrong())
                    .forEach(e -> score.add(model.doubt(e.measures()), e.isWrong()));
            long found = heldBack.stream()
                    .filter(e -> e.kind().equals(kind) && model.doubt(e.measures()) >= marked)
                    .count();
            long all = heldBack.stream().filter(e -> e.kind().equals(kind)).count();
            System.out.printf(
                    Locale.ROOT,
                    "%-12s AUC %.3f  marked %.3f of %d%n",
                    kind,
                    score.figure().map(f -> f.value()).orElse(Double.NaN),
                    (double) found / all,
                    all);
        }
    }

    private List<Example> examples() throws IOException {
        List<LabelledContact> contacts = MtsDialog.train(sets.resolve("mts-dialog"));
        Embedder embedder = new MiniLmEmbedder();
        var random = new Random(1);
        var planter = new Planter();
        var notes = new ArrayList<Map.Entry<Integer, String>>();
        var talks = new ArrayList<Set<String>>();
        for (int i = 0; i < contacts.size(); i++) {
            talks.add(Planter.words(contacts.get(i).turns().stream()
                    .map(LabelledContact.Turn::text)
                    .collect(Collectors.joining(" "))));
            for (String sentence : sentences(contacts.get(i))) {
                notes.add(Map.entry(i, sentence));
                planter.learn(sentence, talks.get(i));
            }
        }
        var examples = new ArrayList<Example>();
        for (int i = 0; i < contacts.size(); i++) {
            LabelledContact contact = contacts.get(i);
            DraftInput input = contact.input(Converter.noCatalog(), true);
            Checking checking = Checking.of(input, embedder);
            Set<String> talk = talks.get(i);
            for (String sentence : sentences(contact)) {
                add(examples, contact, "true", sentence, checking);
                String other = other(notes, i, sentence, random);
                add(examples, contact, "other", other, checking);
                add(examples, contact, "half", half(sentence, other), checking);
                exchanged(sentence, other, talk).ifPresent(text -> add(examples, contact, "word", text, checking));
                turnedRound(sentence).ifPresent(text -> add(examples, contact, "not", text, checking));
                for (Planter.Kind kind : Planter.Kind.values()) {
                    planter.plant(sentence, kind, talk, random)
                            .ifPresent(planted -> add(examples, contact, "planted", planted.text(), checking));
                }
            }
            if (i % 100 == 0) {
                System.out.printf("%d contacts, %d examples%n", i, examples.size());
            }
        }
        return examples;
    }

    private static void add(
            List<Example> examples, LabelledContact contact, String kind, String text, Checking checking) {
        if (!Support.saysNothing(text)) {
            examples.add(new Example(contact.id(), kind, text, checking.measures(text)));
        }
    }

    private static List<String> sentences(LabelledContact contact) {
        return summaries(contact).stream()
                .flatMap(text -> Sentence.allIn(text).stream())
                .map(Sentence::text)
                .filter(text -> Token.allIn(text).stream().anyMatch(Token::isWord))
                .toList();
    }

    /** Of five sentences about others, the one most nearly as long. */
    private static String other(List<Map.Entry<Integer, String>> notes, int contact, String sentence, Random random) {
        return Stream.generate(() -> notes.get(random.nextInt(notes.size())))
                .filter(note -> note.getKey() != contact)
                .limit(5)
                .map(Map.Entry::getValue)
                .min(Comparator.comparingInt(text -> Math.abs(text.length() - sentence.length())))
                .orElseThrow();
    }

    private static String half(String sentence, String other) {
        List<Token> own = Token.allIn(sentence);
        List<Token> foreign = Token.allIn(other);
        int end = own.get((own.size() - 1) / 2).to();
        int start = foreign.get(foreign.size() / 2).from();
        return sentence.substring(0, end) + " " + other.substring(start);
    }

    /** One word that says much in the place of another. */
    private static Optional<String> exchanged(String sentence, String other, Set<String> talk) {
        Optional<Token> out =
                Token.allIn(sentence).stream().filter(SupportTraining::isHeavy).reduce((a, b) -> b);
        Optional<Token> in = Token.allIn(other).stream()
                .filter(SupportTraining::isHeavy)
                .filter(token -> !talk.contains(token.lower()))
                .findFirst();
        return out.isEmpty() || in.isEmpty()
                ? Optional.empty()
                : Optional.of(sentence.substring(0, out.get().from())
                        + in.get().lower()
                        + sentence.substring(out.get().to()));
    }

    private static boolean isHeavy(Token token) {
        return token.isWord()
                && token.text().length() > 3
                && !Stems.of(token.lower()).isEmpty()
                && Vocabulary.get().weight(Stems.of1(token.lower())) >= HEAVY;
    }

    private static Optional<String> turnedRound(String sentence) {
        for (String[] pair : new String[][] {
            {"denies ", "reports "},
            {"No ", ""},
            {" no ", " "},
            {" not ", " "},
            {" was ", " was not "},
            {" is ", " is not "},
            {" has ", " has no "},
            {" had ", " had no "},
            {"Positive for", "Negative for"}
        }) {
            if (sentence.contains(pair[0])) {
                return Optional.of(sentence.replace(pair[0], pair[1]));
            }
        }
        return Optional.empty();
    }

    /** By Newton's method; so many are taken to be wrong as {@link #PRIOR} says, whatever share was made. */
    private static double[] fit(List<Example> examples) {
        int width = Support.MEASURES.size();
        double[] spread = new double[width];
        for (int j = 0; j < width; j++) {
            int at = j;
            double mean = mean(examples, e -> e.measures()[at]);
            double square = mean(examples, e -> Math.pow(e.measures()[at] - mean, 2));
            spread[j] = square == 0 ? 1 : Math.sqrt(square);
        }
        double wrong = mean(examples, e -> e.isWrong() ? 1 : 0);
        double[] weights = new double[width];
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = new double[width];
            double[][] curvature = new double[width][width];
            for (Example example : examples) {
                double[] x = new double[width];
                double score = 0;
                for (int j = 0; j < width; j++) {
                    x[j] = example.measures()[j] / spread[j];
                    score += weights[j] * x[j];
                }
                double of = (example.isWrong() ? PRIOR / wrong : (1 - PRIOR) / (1 - wrong)) / examples.size();
                double share = 1 / (1 + Math.exp(-score));
                for (int j = 0; j < width; j++) {
                    gradient[j] += of * (share - (example.isWrong() ? 1 : 0)) * x[j];
                    for (int k = 0; k < width; k++) {
                        curvature[j][k] += of * share * (1 - share) * x[j] * x[k];
                    }
                }
            }
            for (int j = 0; j < width; j++) {
                gradient[j] += RIDGE * weights[j];
                curvature[j][j] += RIDGE;
            }
            double[] change = solved(curvature, gradient);
            for (int j = 0; j < width; j++) {
                weights[j] -= change[j];
            }
        }
        for (int j = 0; j < width; j++) {
            weights[j] /= spread[j];
        }
        return weights;
    }

    /** What times {@code matrix}, which is positive definite, makes {@code vector}; both are used up. */
    private static double[] solved(double[][] matrix, double[] vector) {
        int width = vector.length;
        for (int i = 0; i < width; i++) {
            for (int j = i + 1; j < width; j++) {
                double factor = matrix[j][i] / matrix[i][i];
                for (int k = i; k < width; k++) {
                    matrix[j][k] -= factor * matrix[i][k];
                }
                vector[j] -= factor * vector[i];
            }
        }
        for (int i = width - 1; i >= 0; i--) {
            for (int k = i + 1; k < width; k++) {
                vector[i] -= matrix[i][k] * vector[k];
            }
            vector[i] /= matrix[i][i];
        }
        return vector;
    }

    private static double mean(Collection<Example> examples, java.util.function.ToDoubleFunction<Example> value) {
        return examples.stream().mapToDouble(value).average().orElse(0);
    }
}
