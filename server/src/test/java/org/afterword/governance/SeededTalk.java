package org.afterword.governance;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.afterword.governance.Redactor.Utterance;

/**
 * A real conversation with numbers put into it: some that may not be kept, and some that have to stay. They are written, spoken in
 * words, cut into turns, and garbled as speech recognition does it.
 */
final class SeededTalk {
    /** What is put in. */
    enum Kind {
        CARD("number on the card|card number|credit card number|debit card", SeededTalk::card),
        SECURITY_CODE("security code|cvv|three digits on the back", random -> digits(random, 3)),
        SSN("social security number|social|ssn|tax id", SeededTalk::ssn),
        SIN("social insurance number", SeededTalk::sin),
        STEUER_ID("tax id|Steuer-ID", SeededTalk::steuerId),
        NIR("national id|numéro de sécurité sociale", SeededTalk::nir),
        PESEL("pesel|national identity number", random -> digits(random, 11)),
        PIN("pin|PIN number|passcode", random -> digits(random, 4 + random.nextInt(3))),
        BANK_ACCOUNT(
                "bank account number|checking account number|savings account number",
                random -> digits(random, 8 + random.nextInt(5))),
        ROUTING("routing number", SeededTalk::routing),
        SORT_CODE("sort code", random -> digits(random, 6)),
        IBAN("IBAN", random -> iban("DE", digits(random, 18))),
        ORDER("order number|order", random -> digits(random, 6 + random.nextInt(5))),
        ACCOUNT("account number|customer account number|account", random -> digits(random, 6 + random.nextInt(5))),
        POLICY("policy number|claim number|reference number", random -> digits(random, 7 + random.nextInt(3)));

        private final List<String> names;
        private final Function<Random, String> number;

        Kind(String names, Function<Random, String> number) {
            this.names = List.of(names.split("\\|"));
            this.number = number;
        }

        boolean stays() {
            return this == ORDER || this == ACCOUNT || this == POLICY;
        }
    }

    /** How it is said. */
    enum Manner {
        WRITTEN,
        SPOKEN,
        GARBLED
    }

    /** A number in the talk: what it is and is called, how it was said, and which utterances hold it. */
    record Seeded(Kind kind, Manner manner, String name, List<Integer> utterances) {
        /** Whether digits of it can be read in these texts. */
        boolean isReadable(List<String> texts) {
            return utterances.stream()
                    .map(i -> texts.get(i).replaceAll("(?i)" + Pattern.quote(name), ""))
                    .anyMatch(text -> READABLE.matcher(text).find());
        }

        boolean isIn(List<Utterance> said, List<String> texts) {
            return utterances.stream()
                    .allMatch(i -> texts.get(i).equals(said.get(i).text()));
        }
    }

    private static final Pattern READABLE =
            Pattern.compile("(?i)\\d|\\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine"
                    + "|ten|eleven|twelve|\\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\\b");

    private static final List<String> DIGITS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
    private static final List<String> TEENS = List.of(
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen");
    private static final List<String> TENS =
            List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
    private static final Map<String, List<String>> SOUNDS_LIKE = Map.of(
            "one",
            List.of("won"),
            "two",
            List.of("to", "too"),
            "four",
            List.of("for"),
            "eight",
            List.of("ate"),
            "zero",
            List.of("oh"));
    private static final List<String> FILLERS =
            List.of(" uh ", ", ", " um, ", "? ", ". ", " dash ", " and then ", ", okay, ");
    private static final List<String> ASKS = List.of(
            "Can I have your %s, please?",
            "what is your %s", "And your %s?", "could you please provide me your %s", "I'll need the %s.");
    private static final List<String> TELLS =
            List.of("my %s is ", "The %s is ", "%s ", "sure my %s is ", "it's %s ", "yes, the %s: ");
    private static final List<String> ANSWERS = List.of("", "it's ", "sure, ", "yes it is ", "okay so that's ");
    private static final List<String> BACKCHANNELS = List.of("mm-hm", "okay", "go on", "yes", "got it, and then?");
    private static final List<String> READ_BACK = List.of("", ", okay", ", go on");
    private static final List<String> AFTER =
            List.of("", "", ", thanks", ", thank you very much", ". Is that all right");

    private final Random random;
    private final boolean bare;
    private final List<Utterance> utterances = new ArrayList<>();
    private final List<Seeded> seeded = new ArrayList<>();

    /** @param talk what was really said */
    SeededTalk(List<Utterance> talk, List<Kind> kinds, Random random) {
        this.random = random;
        this.bare = random.nextBoolean();
        int each = Math.max(1, talk.size() / (kinds.size() + 1));
        int next = 0;
        for (int i = 0; i < talk.size(); i++) {
            utterances.add(talk.get(i));
            if (next < kinds.size() && i + 1 >= (next + 1) * each) {
                put(kinds.get(next++));
            }
        }
        while (next < kinds.size()) {
            put(kinds.get(next++));
        }
    }

    List<Utterance> utterances() {
        return utterances;
    }

    List<Seeded> seeded() {
        return seeded;
    }

    private void put(Kind kind) {
        Manner manner = Manner.values()[random.nextInt(Manner.values().length)];
        String number = kind.number.apply(random);
        String name = kind.names.get(random.nextInt(kind.names.size()));
        boolean asked = random.nextInt(3) > 0;
        if (asked) {
            utterances.add(new Utterance("agent", cased(one(ASKS).formatted(name))));
        }
        String before = asked ? one(ANSWERS) : one(TELLS).formatted(name);
        List<String> pieces =
                number.length() < 6 || random.nextInt(2) == 0 ? List.of(number) : pieces(number, 2 + random.nextInt(3));
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            if (i > 0 && random.nextInt(3) > 0) {
                utterances.add(new Utterance("agent", one(BACKCHANNELS)));
            }
            boolean country = number.startsWith("DE") && i == 0;
            String said = said(pieces.get(i), manner, country);
            String after = i == pieces.size() - 1 ? one(AFTER) : "";
            places.add(utterances.size());
            utterances.add(new Utterance(
                    "customer", cased((i == 0 ? before : random.nextInt(3) == 0 ? "and then " : "") + said + after)));
            if (pieces.size() > 1 && !country && random.nextInt(4) == 0) {
                places.add(utterances.size());
                utterances.add(new Utterance("agent", cased(said(pieces.get(i), manner, false) + one(READ_BACK))));
            }
        }
        seeded.add(new Seeded(kind, manner, name, places));
    }

    /** Half of them as a recognizer without capitals and punctuation writes them. */
    private String cased(String text) {
        return bare ? text.toLowerCase(Locale.ROOT).replaceAll("[?.,:]", "") : text;
    }

    private String said(String number, Manner manner, boolean iban) {
        if (iban) {
            return (manner == Manner.WRITTEN ? "DE" : "d e ") + said(number.substring(2), manner, false);
        }
        return switch (manner) {
            case WRITTEN -> grouped(number);
            case SPOKEN -> spoken(number);
            case GARBLED -> garbled(spoken(number));
        };
    }

    private String grouped(String number) {
        String separator = List.of("", " ", "-", " ").get(random.nextInt(4));
        if (separator.isEmpty()) {
            return number;
        }
        int each = 2 + random.nextInt(3);
        return number.replaceAll("(.{" + each + "})(?=.)", "$1" + separator);
    }

    private String spoken(String number) {
        List<String> words = new ArrayList<>();
        boolean pairs = random.nextInt(3) == 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(i) - '0';
            int following = i + 1 < number.length() ? number.charAt(i + 1) - '0' : -1;
            if (pairs && following >= 0 && digit == 1) {
                words.add(TEENS.get(following));
                i++;
            } else if (pairs && following > 0 && digit > 1 && random.nextBoolean()) {
                words.add(TENS.get(digit) + "-" + DIGITS.get(following));
                i++;
            } else if (following == digit && random.nextInt(3) == 0) {
                words.add("double " + DIGITS.get(digit));
                i++;
            } else {
                words.add(digit == 0 && random.nextBoolean() ? "oh" : DIGITS.get(digit));
            }
        }
        return String.join(" ", words);
    }

    /** With words that sound alike, fillers and punctuation in it, and words written as one; at its ends it is clear. */
    private String garbled(String spoken) {
        String[] words = spoken.split(" ");
        var text = new StringBuilder();
        for (int i = 0; i < words.length; i++) {
            boolean inner = i > 1 && i < words.length - 2 && i % 2 == 0 && !words[i - 1].equals("double");
            List<String> alike = SOUNDS_LIKE.getOrDefault(words[i], List.of());
            boolean garble = inner && !alike.isEmpty() && random.nextInt(4) == 0;
            text.append(garble ? one(alike) : words[i]);
            if (i + 1 < words.length) {
                boolean filler = inner && random.nextInt(8) == 0;
                boolean together = inner
                        && !garble
                        && !words[i].equals("double")
                        && !words[i + 1].equals("double")
                        && random.nextInt(5) == 0;
                text.append(filler ? one(FILLERS) : together ? "" : " ");
            }
        }
        return text.toString();
    }

    private List<String> pieces(String number, int count) {
        List<String> pieces = new ArrayList<>();
        int each = Math.max(3, number.length() / count);
        int from = 0;
        while (number.length() - from > each + 2 && pieces.size() < count - 1) {
            pieces.add(number.substring(from, from + each));
            from += each;
        }
        pieces.add(number.substring(from));
        return pieces;
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String digits(Random random, int count) {
        return random.ints(count, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    private static String card(Random random) {
        String issuer = List.of("4", "51", "55", "2221", "37", "6011", "36").get(random.nextInt(7));
        int length = issuer.equals("37") ? 15 : issuer.equals("36") ? 14 : 16;
        return withLuhn(issuer + digits(random, length - issuer.length() - 1));
    }

    private static String withLuhn(String body) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit / 5 + digit * 2 % 10 : digit;
        }
        return body + (10 - sum % 10) % 10;
    }

    private static String ssn(Random random) {
        int area = 1 + random.nextInt(665);
        return String.format(Locale.ROOT, "%03d%02d%04d", area, 1 + random.nextInt(99), 1 + random.nextInt(9999));
    }

    private static String sin(Random random) {
        return withLuhn((1 + random.nextInt(7)) + digits(random, 7));
    }

    private static String steuerId(Random random) {
        List<Integer> order = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
        Collections.shuffle(order, random);
        order.add(5, order.getFirst());
        int product = 10;
        for (int digit : order) {
            int sum = (digit + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return order.stream().map(String::valueOf).collect(Collectors.joining()) + (11 - product) % 10;
    }

    private static String nir(Random random) {
        String body = "%d%02d%02d%02d%s"
                .formatted(
                        1 + random.nextInt(2),
                        random.nextInt(100),
                        1 + random.nextInt(12),
                        1 + random.nextInt(95),
                        digits(random, 6));
        return body + "%02d".formatted(97 - Long.parseLong(body) % 97);
    }

    private static String routing(Random random) {
        String body = "0%d%s".formatted(1 + random.nextInt(9), digits(random, 6));
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            sum += (body.charAt(i) - '0') * List.of(3, 7, 1).get(i % 3);
        }
        return body + (10 - sum % 10) % 10;
    }

    private static String iban(String country, String account) {
        String numeric = account + (country.charAt(0) - 'A' + 10) + (country.charAt(1) - 'A' + 10) + "00";
        int check = 98 - new BigInteger(numeric).mod(BigInteger.valueOf(97)).intValue();
        return country + "%02d".formatted(check) + account;
    }
}
