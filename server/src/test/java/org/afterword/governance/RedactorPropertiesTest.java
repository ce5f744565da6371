package org.afterword.governance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.afterword.governance.Redactor.Utterance;

/** Card numbers are made from a seed and written as people write and say them. */
class RedactorPropertiesTest {
    private static final List<String> ISSUERS =
            List.of("4", "51", "55", "2221", "2720", "34", "37", "36", "6011", "65", "3530", "62", "5018", "6761");
    private static final List<String> SEPARATORS =
            List.of(" ", "-", ".", " - ", ", ", "  ", "‑", "\u00a0", " uh ", ", then ");
    private static final List<String> TALK = List.of("mm-hm", "okay", "go on", "yes please", "and the rest?");
    private static final List<String> SPOKEN =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    /** SSN, Steuer-ID, CPF. */
    private static final List<List<Integer>> NATIONAL_IDS =
            List.of(List.of(3, 2, 4), List.of(2, 3, 3, 3), List.of(3, 3, 3, 2));

    private static final List<String> NAMES = List.of(
            "my social is",
            "SSN",
            "what is your card number?",
            "the cvv is",
            "security code",
            "my pin is",
            "password is",
            "password",
            "routing number",
            "bank account",
            "IBAN DE",
            "sort code",
            "account number",
            "order",
            "d e",
            "three digits on the back?",
            "national id",
            "policy number is");
    private static final List<String> MASKS =
            List.of("[card number]", "[security code]", "[national id]", "[password]", "[bank account]", "[digits]");

    final Redactor redactor = new Redactor();

    @Property(tries = 2000)
    void noCardNumberSurvivesInAText(@ForAll long seed) {
        var random = new Random(seed);
        String card = aCardNumber(random);

        String masked = redactor.redact("please charge it to " + written(card, random) + " today");

        assertThat(masked).isEqualTo("please charge it to [card number] today");
    }

    @Property(tries = 2000)
    void noCardNumberSurvivesOverTurnsAndTheirBeginningIsNeverShown(@ForAll long seed) {
        var random = new Random(seed);
        String card = aCardNumber(random);
        List<Utterance> talk = new ArrayList<>();
        talk.add(new Utterance("agent", "what is the number of your card?"));
        for (String piece : pieces(card, random)) {
            talk.add(new Utterance("customer", written(piece, random)));
            if (random.nextBoolean()) {
                talk.add(new Utterance("agent", TALK.get(random.nextInt(TALK.size()))));
            }
        }

        for (int heard = 1; heard <= talk.size(); heard++) {
            String shown = digits(String.join(" ", redactor.redactTalk(talk.subList(0, heard))));
            assertThat(shown).hasSizeLessThan(4);
        }
        assertThat(digits(String.join(" ", redactor.redactTalk(talk)))).isEmpty();
    }

    @Property(tries = 2000)
    void noCardNumberSurvivesThatIsReadBackPieceByPiece(@ForAll long seed) {
        var random = new Random(seed);
        List<Utterance> talk = new ArrayList<>();
        talk.add(new Utterance("agent", "what is the number of your card?"));
        for (String piece : pieces(aCardNumber(random), random)) {
            talk.add(new Utterance("customer", written(piece, random)));
            if (random.nextBoolean()) {
                talk.add(new Utterance("agent", written(piece, random)));
            }
        }
        talk.add(new Utterance("customer", "that is the number, have a lovely day"));
        talk.add(new Utterance("agent", "thank you very much, good bye"));

        assertThat(digits(String.join(" ", redactor.redactTalk(talk)))).isEmpty();
    }

    @Property(tries = 2000)
    void telephoneAndAccountNumbersSurvive(@ForAll long seed) {
        var random = new Random(seed);
        String number = digits(random, 5 + random.nextInt(8));
        String text = "the number is " + written(number, random) + " as I said";

        assertThat(redactor.redact(text)).isEqualTo(text);
    }

    @Property(tries = 20)
    void mostOrderNumbersAsLongAsCardNumbersSurvive(@ForAll long seed) {
        var random = new Random(seed);
        long masked = IntStream.range(0, 1000)
                .mapToObj(i -> "order " + digits(random, 13 + random.nextInt(7)))
                .filter(text -> !redactor.redact(text).equals(text))
                .count();

        assertThat(masked).isBetween(1L, 40L);
    }

    @Property(tries = 3000)
    void maskingATextThatIsMaskedChangesNothing(@ForAll long seed) {
        String masked = redactor.redact(sentence(new Random(seed)));

        assertThat(redactor.redact(masked)).isSameAs(masked);
    }

    @Property(tries = 3000)
    void maskingATalkThatIsMaskedChangesNothing(@ForAll long seed) {
        var random = new Random(seed);
        List<Utterance> talk = IntStream.rangeClosed(0, random.nextInt(8))
                .mapToObj(i -> new Utterance(random.nextInt(3) == 0 ? "agent" : "customer", sentence(random)))
                .toList();
        List<String> masked = redactor.redactTalk(talk);

        List<Utterance> again = IntStream.range(0, talk.size())
                .mapToObj(i -> new Utterance(talk.get(i).speaker(), masked.get(i)))
                .toList();

        assertThat(redactor.redactTalk(again)).isEqualTo(masked);
    }

    /** Names of numbers, numbers, masks and what people say between them. */
    private static String sentence(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(7))
                .mapToObj(i -> switch (random.nextInt(6)) {
                    case 0, 1 -> NAMES.get(random.nextInt(NAMES.size()));
                    case 2 -> MASKS.get(random.nextInt(MASKS.size()));
                    case 3 -> written(aCardNumber(random), random);
                    case 4 -> written(digits(random, 1 + random.nextInt(10)), random);
                    default -> TALK.get(random.nextInt(TALK.size()));
                })
                .collect(Collectors.joining(random.nextInt(4) == 0 ? ", " : " "));
    }

    private static String aCardNumber(Random random) {
        String issuer = ISSUERS.get(random.nextInt(ISSUERS.size()));
        int length = issuer.startsWith("34") || issuer.startsWith("37") ? 15 : issuer.equals("36") ? 14 : 16;
        String body = issuer + digits(random, length - issuer.length() - 1);
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = Character.digit(body.charAt(body.length() - 1 - i), 10);
            sum += i % 2 == 0 ? digit / 5 + digit * 2 % 10 : digit;
        }
        return body + (10 - sum % 10) % 10;
    }

    /** Cut at random places, into one to six pieces. */
    private static List<String> pieces(String digits, Random random) {
        List<Integer> cuts = random.ints(digits.length() == 1 ? 0 : random.nextInt(6), 1, Math.max(2, digits.length()))
                .distinct()
                .sorted()
                .boxed()
                .collect(Collectors.toCollection(ArrayList::new));
        cuts.add(digits.length());
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int cut : cuts) {
            pieces.add(digits.substring(from, cut));
            from = cut;
        }
        return pieces;
    }

    /** Grouped in any way but as telephone numbers are (3-3-4, 1-3-3-4 with a 1 before it) or, anywhere in it, national ids. */
    private static String written(String digits, Random random) {
        List<String> pieces = pieces(digits, random);
        List<Integer> lengths = pieces.stream().map(String::length).toList();
        if (lengths.equals(List.of(3, 3, 4))
                || lengths.equals(List.of(1, 3, 3, 4)) && digits.startsWith("1")
                || NATIONAL_IDS.stream().anyMatch(groups -> Collections.indexOfSubList(lengths, groups) >= 0)) {
            return digits;
        }
        return pieces.stream()
                .map(piece -> random.nextInt(3) == 0 ? spoken(piece, random) : piece)
                .collect(Collectors.joining(SEPARATORS.get(random.nextInt(SEPARATORS.size()))));
    }

    private static String spoken(String digits, Random random) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), 10);
            boolean twice = i + 1 < digits.length() && digits.charAt(i + 1) == digits.charAt(i);
            if (twice && random.nextBoolean()) {
                words.add("double " + SPOKEN.get(digit));
                i++;
            } else {
                words.add(digit == 0 && random.nextBoolean() ? "oh" : SPOKEN.get(digit));
            }
        }
        return String.join(" ", words);
    }

    private static String digits(Random random, int count) {
        return random.ints(count, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    /** The digits that can be read from a text, written or spoken. */
    private static String digits(String text) {
        String written = text;
        for (int i = 0; i < SPOKEN.size(); i++) {
            written = written.replaceAll("\\b" + SPOKEN.get(i) + "\\b", Integer.toString(i));
        }
        return written.replaceAll("\\D", "");
    }
}
