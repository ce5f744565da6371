package org.afterword.drafting;

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
import java.util.stream.Collectors;
import org.afterword.drafting.Sgd.Dialogue;
import org.afterword.drafting.Sgd.Value;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Mentions;
import org.afterword.drafting.internal.language.Token;

/**
 * How good drafts are on schema-guided dialogues: {@code SgdMeasurement PART STEP [words] [examples] [list FIELD]}.
 * With {@code words} the desktop actions are left out; with {@code examples} every 10th dialogue of train is a confirmed record.
 */
final class SgdMeasurement {
    private final Map<String, int[]> bySlot = new TreeMap<>();
    private final List<double[]> reliability = new ArrayList<>();
    private int dialogues;
    private int firstRight;
    private int amongThree;
    private int intentsHit;
    private int intentsDrafted;
    private int intentsTrue;
    private int fieldsHit;
    private int fieldsDrafted;
    private int fieldsTrue;
    private int allFieldsRight;

    public static void main(String[] arguments) {
        List<String> options = Arrays.asList(arguments);
        Path folder = Sgd.folder().orElseThrow(() -> new IllegalStateException("no data: set -Dafterword.data"));
        int step = Integer.parseInt(options.get(1));
        List<Dialogue> dialogues = Sgd.read(folder, options.get(0), !options.contains("words"), 0, step);
        var engine = DraftingEngine.inProcess();
        ConfirmedExamples confirmed = options.contains("examples") ? examples(folder, engine) : ConfirmedExamples.NONE;
        String list = options.contains("list") ? options.get(options.indexOf("list") + 1) : "";
        var measurement = new SgdMeasurement();
        engine.draft(dialogues.getFirst().input(), confirmed);
        long start = System.nanoTime();
        for (Dialogue dialogue : dialogues) {
            measurement.add(dialogue, engine.draft(dialogue.input(), confirmed), list);
        }
        System.out.printf("%.1f ms per draft%n", (System.nanoTime() - start) / 1e6 / dialogues.size());
        measurement.print();
    }

    private static ConfirmedExamples examples(Path folder, DraftingEngine engine) {
        return new ConfirmedExamples(Sgd.read(folder, "train", true, 5, 10).stream()
                .map(d -> new ConfirmedExamples.Example(
                        engine.fingerprint(d.input()), d.intents().getFirst(), d.intents()))
                .toList());
    }

    private void add(Dialogue dialogue, Draft draft, String list) {
        dialogues++;
        var codes = new ArrayList<String>();
        if (draft.disposition() != null) {
            codes.add(draft.disposition().claim().value());
            draft.disposition().alternatives().forEach(a -> codes.add(a.code()));
            reliability.add(new double[] {
                draft.disposition().claim().confidence(),
                codes.getFirst().equals(dialogue.intents().getFirst()) ? 1 : 0
            });
        }
        String first = dialogue.intents().getFirst();
        firstRight += !codes.isEmpty() && codes.getFirst().equals(first) ? 1 : 0;
        amongThree += codes.stream().limit(3).anyMatch(first::equals) ? 1 : 0;
        Set<String> intents = new HashSet<>(dialogue.intents());
        intentsHit += (int) draft.reasons().stream()
                .filter(c -> intents.contains(c.value()))
                .count();
        intentsDrafted += draft.reasons().size();
        intentsTrue += intents.size();
        fields(dialogue, draft, list);
    }

    private void fields(Dialogue dialogue, Draft draft, String list) {
        int wrong = 0;
        for (Value wanted : dialogue.fields()) {
            Claim<String> claim = draft.fields().get(wanted.slot());
            boolean right = claim != null && isOneOf(String.valueOf(claim.value()), wanted.forms());
            int[] counts = bySlot.computeIfAbsent(wanted.slot(), s -> new int[3]);
            counts[0] += right ? 1 : 0;
            counts[1]++;
            fieldsHit += right ? 1 : 0;
            fieldsTrue++;
            wrong += right ? 0 : 1;
            if (!right && wanted.slot().equals(list)) {
                System.out.printf("%s: %s wanted, got %s%n", dialogue.id(), wanted.forms(), claim);
            }
        }
        Set<String> slots = dialogue.fields().stream().map(Value::slot).collect(Collectors.toSet());
        fieldsDrafted += draft.fields().size();
        for (Map.Entry<String, Claim<String>> field : draft.fields().entrySet()) {
            bySlot.computeIfAbsent(field.getKey(), s -> new int[3])[2]++;
            if (!slots.contains(field.getKey())) {
                wrong++;
                if (field.getKey().equals(list)) {
                    System.out.printf("%s: not wanted, got %s%n", dialogue.id(), field.getValue());
                }
            }
        }
        allFieldsRight += wrong == 0 ? 1 : 0;
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
                "dialogues %d%ndisposition top-1 %.3f top-3 %.3f%nreasons P %.3f R %.3f F1 %.3f%nfields P %.3f R %.3f F1 %.3f, entirely right %.3f%n",
                dialogues,
                share(firstRight, dialogues),
                share(amongThree, dialogues),
                share(intentsHit, intentsDrafted),
                share(intentsHit, intentsTrue),
                share(2 * intentsHit, intentsDrafted + intentsTrue),
                share(fieldsHit, fieldsDrafted),
                share(fieldsHit, fieldsTrue),
                share(2 * fieldsHit, fieldsDrafted + fieldsTrue),
                share(allFieldsRight, dialogues));
        for (double from = 0; from < 1; from += 0.2) {
            double low = from;
            List<double[]> band = reliability.stream()
                    .filter(r -> r[0] >= low && (r[0] < low + 0.2 || low >= 0.79))
                    .toList();
            System.out.printf(
                    Locale.ROOT,
                    "confidence %.1f–%.1f: %d, right %.3f%n",
                    low,
                    low + 0.2,
                    band.size(),
                    band.stream().mapToDouble(r -> r[1]).average().orElse(0));
        }
        bySlot.forEach(
                (slot, c) -> System.out.printf("  %-28s right %4d of %4d, drafted %4d%n", slot, c[0], c[1], c[2]));
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 0 : part / (double) whole;
    }
}
