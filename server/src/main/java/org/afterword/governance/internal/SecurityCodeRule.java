package org.afterword.governance.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.afterword.governance.internal.Talk.Placed;
import org.afterword.governance.internal.Talk.Run;

/**
 * Card security codes: three or four digits near words that name such a code, in the same text or in the answers that follow.
 * They may never be kept, so that in doubt a number beside such words goes too: an expiry date, but not an amount.
 */
public final class SecurityCodeRule implements RedactionRule {
    static final String MASK = "[security code]";

    static final Pattern CUE = Pattern.compile("""
            \\b(?:c\\s?[vs]\\s?[vc]\\s?2?|cid|cvn|ccv)\\b
            |(?<!social\\s)(?<!\\[)\\bsecurity\\s(?:code|number|digits|value)
            |\\bcard\\s(?:verification\\s|validation\\s)?(?:code|value)
            |\\b(?:three|four|3|4)[\\s-]digit(?:s)?\\s(?:security\\s)?(?:code|number)
            |\\b(?:digits|code|number|numbers)\\s(?:on|at|from)\\s(?:the|its|your|my)\\s(?:back|front|reverse|signature)
            """, Pattern.CASE_INSENSITIVE | Pattern.COMMENTS);

    private static final String FIRST_LETTERS = "cstfdnCSTFDN34";

    private static final int SHORTEST = 3;
    private static final int LONGEST = 4;

    /** A code with an expiry date beside it; more digits are a telephone or an account number. */
    private static final int LONGEST_WITH_EXPIRY = 9;

    private static final int REACH_AFTER_CUE = 80;
    private static final int REACH_BEFORE_CUE = 40;

    /** How many utterances after a question its answer is awaited. */
    private static final int ANSWERS_AWAITED = 4;

    @Override
    public void find(Talk talk, boolean goingOn, Findings findings) {
        if (!talk.runs().isEmpty()) {
            var cues = new Cues(talk);
            for (Run run : talk.runs()) {
                for (List<Placed> part : uncovered(run.groups(), findings)) {
                    boolean last = part.getLast().equals(run.groups().getLast());
                    if (cues.reach(part)) {
                        maskCodes(part, goingOn && run.open() && last, findings);
                    }
                }
            }
        }
    }

    private static void maskCodes(List<Placed> groups, boolean mayGoOn, Findings findings) {
        int digits = groups.stream().mapToInt(g -> g.digits().length()).sum();
        boolean spoken = groups.stream().anyMatch(g -> g.group().spoken());
        if (digits >= SHORTEST && digits <= LONGEST || digits <= LONGEST_WITH_EXPIRY && digits > LONGEST && spoken) {
            findings.mask(groups, MASK);
        } else if (digits > LONGEST && digits <= LONGEST_WITH_EXPIRY) {
            groups.stream()
                    .filter(g -> g.digits().length() >= SHORTEST && g.digits().length() <= LONGEST)
                    .forEach(g -> findings.mask(List.of(g), MASK));
        } else if (digits < SHORTEST && mayGoOn) {
            findings.mask(groups, UNDECIDED);
        }
    }

    /** The parts of a run that no earlier rule has masked for good or for now, and that are no amounts. */
    private static List<List<Placed>> uncovered(List<Placed> run, Findings findings) {
        List<List<Placed>> parts = new ArrayList<>();
        List<Placed> part = new ArrayList<>();
        for (Placed group : run) {
            if (findings.covers(group) || group.group().amount()) {
                if (!part.isEmpty()) {
                    parts.add(part);
                    part = new ArrayList<>();
                }
            } else {
                part.add(group);
            }
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    /** As {@code CUE} finds them, which is tried only where one can begin: at a word with one of these first letters. */
    public static List<MatchResult> cuesIn(String text) {
        List<MatchResult> cues = List.of();
        Matcher cue = null;
        int end = text.length();
        for (int at = 0; at < end; at++) {
            if (FIRST_LETTERS.indexOf(text.charAt(at)) >= 0 && (at == 0 || !isWord(text.charAt(at - 1)))) {
                cue = cue == null ? CUE.matcher(text).useTransparentBounds(true) : cue;
                if (cue.region(at, end).lookingAt()) {
                    cues = cues.isEmpty() ? new ArrayList<>() : cues;
                    cues.add(cue.toMatchResult());
                    at = cue.end() - 1;
                }
            }
        }
        return cues;
    }

    /** As {@code \b} sees it. */
    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    /** Where a talk names a security code. */
    private record Cues(Talk talk) {
        boolean reach(List<Placed> groups) {
            return groups.stream().anyMatch(this::reach);
        }

        private boolean reach(Placed placed) {
            for (int i = 1; i <= ANSWERS_AWAITED && i <= placed.utterance(); i++) {
                if (!in(placed.utterance() - i).isEmpty()) {
                    return true;
                }
            }
            return in(placed.utterance()).stream()
                    .anyMatch(cue -> placed.group().start() >= cue.end()
                                    && placed.group().start() - cue.end() <= REACH_AFTER_CUE
                            || placed.group().end() <= cue.start()
                                    && cue.start() - placed.group().end() <= REACH_BEFORE_CUE);
        }

        private List<MatchResult> in(int utterance) {
            return talk.utterance(utterance).securityCodeCues();
        }
    }
}
