package org.afterword.drafting;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.internal.CatalogDocument;
import org.afterword.catalog.internal.CatalogDocument.Notation;
import org.afterword.demo.internal.DemoData;
import org.afterword.demo.internal.SchemaGuidedDialogues;
import org.afterword.drafting.Sgd.Dialogue;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Mentions;
import org.afterword.drafting.internal.language.Token;

/**
 * Prints how good drafts are on schema-guided dialogues: {@code DraftMeasurement WHAT FIRST STEP [words] [examples] [list FIELD]}.
 *
 * <p>{@code WHAT} is {@code dev} or {@code train}, with the schema as catalog, or {@code demo}: dialogues with the demo's catalog that
 * did not become part of the demo. {@code FIRST} and {@code STEP} say which of them. With {@code words} the desktop actions are left
 * out; with {@code examples} every 10th dialogue of train is a confirmed record, for {@code demo} every conversation of the demo.
 */
final class DraftMeasurement {
    /** A contact and what its record should hold; {@code fields} are the forms in which a value may be written. */
    private record Case(
            String id, DraftInput input, String disposition, Set<String> reasons, Map<String, Set<String>> fields) {}

    private static final int WARM_UP = 20;

    private final Map<String, int[]> bySlot = new TreeMap<>();
    private final List<double[]> reliability = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();
    private int cases;
    private int firstRight;
    private int amongThree;
    private int reasonsHit;
    private int reasonsDrafted;
    private int reasonsTrue;
    private int fieldsHit;
    private int fieldsDrafted;
    private int fieldsTrue;
    private int allFieldsRight;
    private int summariesThatPass;
    private int longestSummary;

    public static void main(String[] arguments) {
        List<String> options = Arrays.asList(arguments);
        Path folder = Sgd.folder().orElseThrow(() -> new IllegalStateException("no data: set -Dafterword.data"));
        int first = Integer.parseInt(options.get(1));
        int step = Integer.parseInt(options.get(2));
        boolean withActions = !options.contains("words");
        List<Case> cases = options.getFirst().equals("demo")
                ? likeTheDemo(folder, withActions, i -> i % step == first)
                : Sgd.read(folder, options.getFirst(), withActions, first, step).stream()
                        .map(DraftMeasurement::ofDialogue)
                        .toList();
        var engine = DraftingEngine.inProcess();
        ConfirmedExamples confirmed = !options.contains("examples")
                ? ConfirmedExamples.NONE
                : options.getFirst().equals("demo")
                        ? DemoContacts.confirmed(DemoContacts.all(), engine)
                        : examples(folder, engine);
        String list = options.contains("list") ? options.get(options.indexOf("list") + 1) : "";
        var warmUp = DraftingEngine.inProcess();
        cases.stream().limit(WARM_UP).forEach(c -> warmUp.draft(c.input(), confirmed));
        var measurement = new DraftMeasurement();
        engine.draft(cases.getFirst().input(), confirmed);
        for (Case one : cases) {
            long start = System.nanoTime();
            Draft draft = engine.draft(one.input(), confirmed);
            long took = System.nanoTime() - start;
            if (isOfUsualLength(one)) {
                measurement.nanos.add(took);
            }
            measurement.add(one, draft, list);
        }
        measurement.print();
        System.out.printf(Locale.ROOT, "median of learning one: %.1f ms%n", learning(cases));
    }

    private static boolean isOfUsualLength(Case one) {
        int turns = one.input().turns().size();
        return turns >= 18 && turns <= 22;
    }

    /** What an engine that has not seen these contacts takes for what it keeps of each, in milliseconds. */
    private static double learning(List<Case> cases) {
        var engine = DraftingEngine.inProcess();
        engine.fingerprint(cases.getFirst().input());
        long[] nanos = cases.stream()
                .filter(DraftMeasurement::isOfUsualLength)
                .mapToLong(one -> {
                    long start = System.nanoTime();
                    engine.fingerprint(one.input());
                    return System.nanoTime() - start;
                })
                .sorted()
                .toArray();
        return nanos[nanos.length / 2] / 1e6;
    }

    private static Case ofDialogue(Dialogue dialogue) {
        var fields = new TreeMap<String, Set<String>>();
        dialogue.fields().forEach(value -> fields.put(value.slot(), value.forms()));
        return new Case(
                dialogue.id(), dialogue.input(), dialogue.intents().getFirst(), Set.copyOf(dialogue.intents()), fields);
    }

    private static List<Case> likeTheDemo(Path folder, boolean withActions, IntPredicate which) {
        Catalog catalog = CatalogDocument.read(DemoData.catalog().getBytes(StandardCharsets.UTF_8), Notation.YAML);
        Set<String> inTheDemo = DemoData.truths().keySet();
        List<DemoContacts.DemoContact> others = new SchemaGuidedDialogues(catalog)
                .withPlainEnding(folder.resolve("train.jsonl.gz")).stream()
                        .filter(sample -> !inTheDemo.contains(sample.truth().id()))
                        .map(sample -> DemoContacts.of(sample.conversation(), sample.truth(), catalog))
                        .toList();
        System.out.printf("%d dialogues of the demo's services outside the demo%n", others.size());
        return IntStream.range(0, others.size())
                .filter(which)
                .mapToObj(others::get)
                .map(contact -> new Case(
                        contact.truth().id(),
                        withActions ? contact.input() : withoutActions(contact.input()),
                        contact.truth().disposition(),
                        Set.copyOf(contact.truth().reasons()),
                        contact.truth().fields().entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())))))
                .toList();
    }

    private static DraftInput withoutActions(DraftInput input) {
        return new DraftInput(
                input.contact(),
                input.turns(),
                List.of(),
                input.ended(),
                input.zone(),
                input.referenceDate(),
                input.catalog());
    }

    private static ConfirmedExamples examples(Path folder, DraftingEngine engine) {
        return new ConfirmedExamples(Sgd.read(folder, "train", true, 5, 10).stream()
                .map(d -> new ConfirmedExamples.Example(
                        engine.fingerprint(d.input()), d.intents().getFirst(), d.intents(), List.of()))
                .toList());
    }

    private void add(Case one, Draft draft, String list) {
        cases++;
        var codes = new ArrayList<String>();
        if (draft.disposition() != null) {
            codes.add(draft.disposition().claim().value());
            draft.disposition().alternatives().forEach(a -> codes.add(a.code()));
            reliability.add(new double[] {
                draft.disposition().claim().confidence(), codes.getFirst().equals(one.disposition()) ? 1 : 0
            });
        }
        firstRight += !codes.isEmpty() && one.disposition().equals(codes.getFirst()) ? 1 : 0;
        amongThree += codes.stream().limit(3).anyMatch(one.disposition()::equals) ? 1 : 0;
        reasonsHit += (int) draft.reasons().stream()
                .filter(c -> one.reasons().contains(String.valueOf(c.value())))
                .count();
        reasonsDrafted += draft.reasons().size();
        reasonsTrue += one.reasons().size();
        List<Claim<String>> summary = draft.summary().statements();
        boolean passes =
                !summary.isEmpty() && summary.stream().allMatch(claim -> claim.check() == Claim.Check.SUPPORTED);
        summariesThatPass += passes ? 1 : 0;
        longestSummary = Math.max(longestSummary, (int) summary.stream()
                .flatMap(claim -> Stream.of(String.valueOf(claim.value()).split("\\s+")))
                .count());
        fields(one, draft, list);
    }

    private void fields(Case one, Draft draft, String list) {
        var drafted = new HashSet<>(draft.fields().keySet());
        int wrong = 0;
        for (Map.Entry<String, Set<String>> wanted : one.fields().entrySet()) {
            Claim<String> claim = draft.fields().get(wanted.getKey());
            boolean right = claim != null && isOneOf(String.valueOf(claim.value()), wanted.getValue());
            int[] counts = bySlot.computeIfAbsent(wanted.getKey(), s -> new int[3]);
            counts[0] += right ? 1 : 0;
            counts[1]++;
            fieldsHit += right ? 1 : 0;
            fieldsTrue++;
            wrong += right ? 0 : 1;
            if (!right && wanted.getKey().equals(list)) {
                System.out.printf("%s: %s wanted, got %s%n", one.id(), wanted.getValue(), claim);
            }
        }
        fieldsDrafted += drafted.size();
        drafted.forEach(slot -> bySlot.computeIfAbsent(slot, s -> new int[3])[2]++);
        drafted.removeAll(one.fields().keySet());
        if (drafted.contains(list)) {
            System.out.printf(
                    "%s: not wanted, got %s%n", one.id(), draft.fields().get(list));
        }
        allFieldsRight += wrong == 0 && drafted.isEmpty() ? 1 : 0;
    }

    /** Whether a value is one of the forms in which it was said, once dates, times and numbers of both are resolved. */
    private static boolean isOneOf(String value, Set<String> forms) {
        return forms.stream().anyMatch(form -> normal(form).equals(normal(value)));
    }

    private static String normal(String text) {
        List<Mention> mentions = Mentions.in(text, LocalDate.of(2019, 3, 1));
        String words = Token.allIn(text).stream().map(Token::lower).collect(Collectors.joining(" "));
        boolean typed = mentions.size() == 1
                && mentions.getFirst().to() - mentions.getFirst().from()
                        >= text.strip().length() - 1;
        return typed ? mentions.getFirst().value().replaceAll("[$€£,]", "") : words;
    }

    private void print() {
        System.out.printf(
                Locale.ROOT,
                "contacts %d%ndisposition top-1 %.3f top-3 %.3f%nreasons P %.3f R %.3f F1 %.3f%nfields P %.3f R %.3f F1 %.3f, entirely right %.3f%n"
                        + "summaries that pass the check %.3f, longest %d words%nmedian of a draft of 18 to 22 turns %.1f ms%n",
                cases,
                share(firstRight, cases),
                share(amongThree, cases),
                share(reasonsHit, reasonsDrafted),
                share(reasonsHit, reasonsTrue),
                share(2 * reasonsHit, reasonsDrafted + reasonsTrue),
                share(fieldsHit, fieldsDrafted),
                share(fieldsHit, fieldsTrue),
                share(2 * fieldsHit, fieldsDrafted + fieldsTrue),
                share(allFieldsRight, cases),
                share(summariesThatPass, cases),
                longestSummary,
                nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElse(0L) / 1e6);
        for (int band = 0; band < 5; band++) {
            double from = band / 5.0;
            double to = band == 4 ? 2 : from + 0.2;
            List<double[]> within =
                    reliability.stream().filter(r -> r[0] >= from && r[0] < to).toList();
            System.out.printf(
                    Locale.ROOT,
                    "confidence from %.1f: %d, right %.3f%n",
                    from,
                    within.size(),
                    within.stream().mapToDouble(r -> r[1]).average().orElse(0));
        }
        bySlot.forEach(
                (slot, c) -> System.out.printf("  %-28s right %4d of %4d, drafted %4d%n", slot, c[0], c[1], c[2]));
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 0 : part / (double) whole;
    }
}
