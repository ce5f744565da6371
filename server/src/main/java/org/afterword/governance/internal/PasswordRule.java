package org.afterword.governance.internal;

import java.util.List;
import java.util.regex.Pattern;
import org.afterword.governance.Redactor.Utterance;
import org.afterword.governance.internal.Answers.Answer;
import org.afterword.governance.internal.Talk.Placed;

/**
 * Passwords, passphrases, passcodes and PINs: digits beside their names or in the answer to a question for them, and words where
 * they are said to be one ("my password is …") or are all that an answer consists of. A word that also makes sense after "my
 * password is" ("expired") is left; so is a password of plain words that nobody calls one.
 */
public final class PasswordRule implements RedactionRule {
    static final String MASK = Mask.PASSWORD.text();

    private static final int SHORTEST = 3;

    /** Where something else was asked for as well. */
    private static final int SHORTEST_AMONG_OTHERS = 4;

    private static final int LONGEST_AMONG_OTHERS = 8;

    private static final int UTTERANCES_TO_ANSWER = 2;

    /** What is asked for by a name that does not end in it is spoken of, not asked for. */
    private static final int END_OF_A_QUESTION = 12;

    private static final Pattern IN_WORDS =
            Pattern.compile("(?i).*(?:pass|word|wort|phrase|answer|code|contrase|clave).*");
    private static final Pattern ASKS = Pattern.compile(
            "\\b(?:what|what's|whats|tell|give|provide|share|spell|confirm|verify|have|need|get|say|enter)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern IS_ABOUT_ONE = Pattern.compile(
            "\\b(?:reset|resett?ing|chang\\w+|change|forg[eo]t\\w*|updat\\w+|lost|recover\\w*|creat\\w+|set|sent|send|new|old|link)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final List<String> PARTS_OF_NAMES =
            List.of("pass", "pin", "pwd", "secret", "kennwort", "contrase", "clave");

    private static final String FIRST_OF_PARTS = "pskcPSKC";

    /** Whether a member of a document can be called so that its value is a password; {@link #isName} knows. */
    static boolean canName(String member) {
        for (int at = 0; at < member.length(); at++) {
            if (FIRST_OF_PARTS.indexOf(member.charAt(at)) >= 0 && isPartOfANameAt(member, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPartOfANameAt(String member, int at) {
        for (String part : PARTS_OF_NAMES) {
            if (member.regionMatches(true, at, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the words end with what a password is called. */
    static boolean isName(String words) {
        List<Cue> cues = Cue.allIn(words);
        return !cues.isEmpty()
                && cues.getLast().topic() == Topic.PASSWORD
                && cues.getLast().end() == words.length();
    }

    @Override
    public void find(Talk talk, Reading reading, Findings findings) {
        for (int i = 0; i < talk.size(); i++) {
            if (talk.utterance(i).digits().namesASecret()) {
                findBesideItsName(talk, i, findings);
                findInAnswers(talk, i, findings);
            }
        }
        for (Answer answer : talk.answers().all()) {
            if (answer.isOnlyFor(Topic.PASSWORD)) {
                answer.mask(SHORTEST, MASK, reading, findings);
            } else if (answer.isFor(Topic.PASSWORD)) {
                maskAmongOthers(answer, findings);
            }
        }
    }

    private static void maskAmongOthers(Answer answer, Findings findings) {
        for (List<Placed> part : answer.parts()) {
            List<Placed> left = findings.uncovered(part);
            int digits = Answers.digits(left);
            if (digits >= SHORTEST_AMONG_OTHERS && digits <= LONGEST_AMONG_OTHERS) {
                findings.mask(left, MASK);
            }
        }
    }

    private static void findBesideItsName(Talk talk, int utterance, Findings findings) {
        String text = talk.utterance(utterance).text();
        for (Cue cue : talk.utterance(utterance).cues()) {
            if (isPasswordInWords(cue, text)) {
                Secret.besideItsName(text, cue.end())
                        .ifPresent(value -> findings.mask(utterance, value.start(), value.end(), MASK));
            }
        }
    }

    private static boolean isPasswordInWords(Cue cue, String text) {
        return cue.topic() == Topic.PASSWORD
                && !cue.masked()
                && IN_WORDS.matcher(text.substring(cue.start(), cue.end())).matches();
    }

    private static void findInAnswers(Talk talk, int question, Findings findings) {
        if (!asks(talk, question)) {
            return;
        }
        String asker = talk.utterance(question).speaker();
        boolean alone = talk.utterance(question).cues().stream().allMatch(cue -> cue.topic() == Topic.PASSWORD);
        int last = Math.min(talk.size() - 1, question + UTTERANCES_TO_ANSWER);
        for (int i = question + 1; i <= last; i++) {
            Utterance said = talk.utterance(i);
            if (!said.speaker().equals(asker)) {
                int answer = i;
                List<Secret> secrets = said.cues().isEmpty() ? Secret.asAnAnswer(said.text(), alone) : List.of();
                secrets.forEach(secret -> findings.mask(answer, secret.start(), secret.end(), MASK));
                if (!secrets.isEmpty() || !said.digits().groups().isEmpty()) {
                    return;
                }
            }
        }
    }

    private static boolean asks(Talk talk, int utterance) {
        String text = talk.utterance(utterance).text();
        List<Cue> cues = talk.utterance(utterance).cues();
        boolean asks = ASKS.matcher(text).find();
        return cues.stream()
                        .anyMatch(cue -> isPasswordInWords(cue, text)
                                && (asks || text.length() - cue.end() <= END_OF_A_QUESTION))
                && !IS_ABOUT_ONE.matcher(text).find();
    }
}
