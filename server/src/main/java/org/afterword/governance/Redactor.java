package org.afterword.governance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.afterword.governance.internal.BankAccountRule;
import org.afterword.governance.internal.CardNumberRule;
import org.afterword.governance.internal.Cue;
import org.afterword.governance.internal.DigitGroups;
import org.afterword.governance.internal.EchoRule;
import org.afterword.governance.internal.Findings;
import org.afterword.governance.internal.JsonRedaction;
import org.afterword.governance.internal.Mask;
import org.afterword.governance.internal.NationalIdRule;
import org.afterword.governance.internal.PasswordRule;
import org.afterword.governance.internal.RedactionRule;
import org.afterword.governance.internal.RedactionRule.Reading;
import org.afterword.governance.internal.SecurityCodeRule;
import org.afterword.governance.internal.Talk;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Masks what may never be stored: payment card numbers and card security codes, national ids, passwords and bank accounts,
 * written or spoken. Everything from outside passes here before the first write. Knows no state; masking what is masked already
 * changes nothing. What is found and what is not: docs/redaction.md.
 */
public final class Redactor {
    /** Stands for digits of which nobody knows yet whether they begin something forbidden. */
    public static final String UNDECIDED = RedactionRule.UNDECIDED;

    /** Stands for a card security code, which is kept not even encrypted. */
    public static final String SECURITY_CODE = Mask.SECURITY_CODE.text();

    /** What one speaker said at a time. Whoever redacts it again, among other utterances, keeps the object: it is read but once. */
    public static final class Utterance {
        private final String speaker;
        private final String text;
        private @Nullable DigitGroups digits;
        private @Nullable List<Cue> cues;
        private @Nullable Utterance masked;

        public Utterance(String speaker, String text) {
            this.speaker = speaker;
            this.text = text;
        }

        public String speaker() {
            return speaker;
        }

        public String text() {
            return text;
        }

        /** The digits in it. */
        public DigitGroups digits() {
            DigitGroups read = digits;
            if (read == null) {
                read = DigitGroups.of(text);
                digits = read;
            }
            return read;
        }

        /** What in it says what a number is. */
        public List<Cue> cues() {
            List<Cue> found = cues;
            if (found == null) {
                found = Cue.allIn(text);
                cues = found;
            }
            return found;
        }

        /** This one with another text; the same object for the same text twice in a row. */
        private Utterance saying(String other) {
            if (other.equals(text)) {
                return this;
            }
            Utterance known = masked;
            if (known == null || !known.text.equals(other)) {
                known = new Utterance(speaker, other);
                masked = known;
            }
            return known;
        }

        private boolean isHarmless() {
            return digits().groups().isEmpty() && !digits().namesASecret();
        }
    }

    private final List<RedactionRule> rules = List.of(
            new CardNumberRule(),
            new BankAccountRule(),
            new NationalIdRule(),
            new SecurityCodeRule(),
            new PasswordRule(),
            new EchoRule());

    /** The text with everything forbidden in it masked; the same object where nothing is. */
    public String redact(String text) {
        if (isOneWord(text)) {
            return text;
        }
        var said = new Utterance("", text);
        return said.isHarmless() ? text : redact(List.of(said), Reading.WHOLE).getFirst();
    }

    /** Whatever number it names has two digits at most, and nothing forbidden is as short as that. */
    private static boolean isOneWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isLetter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The texts of a whole talk, in order, masked by what each means among the others: a number read out over several
     * utterances, a code that answers a question. Digits at the end of what a speaker said last that could begin something
     * forbidden are masked with {@link #UNDECIDED} until further words decide.
     */
    public List<String> redactTalk(List<Utterance> talk) {
        return redact(talk, Reading.GOING_ON);
    }

    /** Values that stand side by side, such as the elements of a list, over which a number may be split. */
    public List<String> redactTogether(List<Utterance> values) {
        return redact(values, Reading.VALUES);
    }

    /** The document with every text, number and name in it redacted; a number that is forbidden becomes a text. */
    public JsonNode redact(JsonNode document) {
        return new JsonRedaction(this).redact(document);
    }

    /** The text with every digit in it masked, written or spoken, forbidden or not. */
    public static String withoutDigits(String text) {
        return DigitGroups.without(text, UNDECIDED);
    }

    /** Whether something in the text has been masked for good. */
    public static boolean isMasked(String text) {
        return text.indexOf('[') >= 0
                && Arrays.stream(Mask.values()).map(Mask::text).anyMatch(text::contains);
    }

    private List<String> redact(List<Utterance> utterances, Reading reading) {
        List<Utterance> last = utterances;
        List<Utterance> masked = mask(utterances, reading);
        while (masked != last) {
            last = masked;
            masked = mask(masked, reading);
        }
        return texts(masked);
    }

    private static List<String> texts(List<Utterance> utterances) {
        List<String> texts = new ArrayList<>(utterances.size());
        for (Utterance said : utterances) {
            texts.add(said.text);
        }
        return texts;
    }

    private static boolean areHarmless(List<Utterance> utterances) {
        for (Utterance said : utterances) {
            if (!said.isHarmless()) {
                return false;
            }
        }
        return true;
    }

    /** The same list where nothing is found. What is left beside a mask can read otherwise, so that it takes some passes to find all. */
    private List<Utterance> mask(List<Utterance> utterances, Reading reading) {
        if (areHarmless(utterances)) {
            return utterances;
        }
        Talk talk = Talk.of(utterances);
        var findings = new Findings();
        for (RedactionRule rule : rules) {
            rule.find(talk, reading, findings);
        }
        if (findings.isEmpty()) {
            return utterances;
        }
        List<Utterance> masked = new ArrayList<>(utterances.size());
        boolean changed = false;
        for (int i = 0; i < utterances.size(); i++) {
            Utterance said = utterances
                    .get(i)
                    .saying(findings.masked(i, utterances.get(i).text()));
            changed |= said != utterances.get(i);
            masked.add(said);
        }
        return changed ? masked : utterances;
    }
}
