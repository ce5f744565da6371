package org.afterword.governance.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.afterword.governance.Redactor.Utterance;
import org.afterword.governance.internal.Talk.Placed;
import org.afterword.governance.internal.Talk.Run;
import org.jspecify.annotations.Nullable;

/**
 * Which digits of a talk answer which words. What names a number stands before it ("my social is 123…"), right after it ("… is my
 * social"), or in a question that one of the next utterances answers. Digits that one speaker gives for one question belong
 * together, whatever was said between them, until they are complete.
 */
public final class Answers {
    private static final int REACH_AFTER_CUE = 80;
    private static final int REACH_BEFORE_CUE = 40;
    private static final int REACH_BEFORE_CUE_WITHOUT_VERB = 3;

    /** "Account and routing number": names with less between them are one question. */
    private static final int MOST_WITHIN_A_QUESTION = 12;

    /** How many utterances after a question, or after the last digits for it, its answer is awaited. */
    private static final int ANSWERS_AWAITED = 4;

    private static final int UTTERANCES_TO_READ_BACK = 2;

    /** An account number that is asked for so soon after a routing number is one at the same bank. */
    private static final int UTTERANCES_ABOUT_A_BANK = 6;

    private static final Pattern NAMES_A_BANK =
            Pattern.compile("rout|aba|trans|sort|blz|bankl", Pattern.CASE_INSENSITIVE);

    private static final Pattern ON_YOUR = Pattern.compile(
            "\\b(?:on|to|for|from|in|into|with|of|at)\\s(?:your|the|my|this|an|his|her)\\s$", Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_BEFORE_ACCOUNT = 12;

    /** With fewer digits a bank account may go on. */
    private static final int USUAL_BANK_ACCOUNT = 8;

    private static final int LONGEST_IBAN = 34;
    private static final int SHORTEST_PIN = 4;

    /** "I'd like one", "at 12": after a complete answer that is something else. */
    private static final int LONGEST_OTHER = 2;

    /** A question may end with what it asks for; further ahead, other words have to show that it asks. */
    private static final int END_OF_A_QUESTION = 30;

    /** What stands between a number and its name when the name comes after it. */
    private static final Pattern IS_MY = Pattern.compile(
            "[\\s,]*(?:(?:this|that|which|it|these|those)\\s?)?(?:'s|s|is|was|are|as|being)\\s(?:my|our|the|his|her|your)\\s(?:\\w+\\s)?",
            Pattern.CASE_INSENSITIVE);

    /** Digits that one speaker gave for one question. */
    public static final class Answer {
        private final Set<Topic> topics;
        private final List<List<Placed>> parts = new ArrayList<>();
        private final int bankDigits;
        private final boolean vague;
        private int digits;
        private boolean open;

        private Answer(Question question) {
            this.topics = question.topics;
            this.bankDigits = question.bankDigits;
            this.vague = question.vague;
        }

        /** In pieces with nothing but separators, fillers and pauses in each. */
        List<List<Placed>> parts() {
            return parts;
        }

        /** Whether it was asked for that and for nothing else. */
        boolean isOnlyFor(Topic topic) {
            return topics.size() == 1 && topics.contains(topic);
        }

        boolean isFor(Topic topic) {
            return topics.contains(topic);
        }

        boolean isForSomethingElse() {
            return topics.contains(Topic.OTHER) || topics.contains(Topic.ACCOUNT);
        }

        /** Whether the speaker may go on with it. */
        boolean open() {
            return open;
        }

        int digits() {
            return digits;
        }

        private void beginPart() {
            parts.add(new ArrayList<>());
        }

        private void add(Placed group) {
            List<Placed> part = parts.getLast();
            boolean wasAWord = isAWord(part);
            part.add(group);
            digits += isAWord(part) ? 0 : group.digits().length() + (wasAWord ? 1 : 0);
        }

        /** "The one that …" */
        private static boolean isAWord(List<Placed> part) {
            return part.size() == 1
                    && part.getFirst().group().spoken()
                    && part.getFirst().digits().length() == 1;
        }

        /** Masks all of it if it has so many digits; with fewer, the part that may go on is not decided yet. */
        void mask(int shortest, String mask, RedactionRule.Reading reading, Findings findings) {
            if (digits() >= shortest) {
                parts.stream().filter(part -> !isAWord(part)).forEach(part -> maskLeft(part, mask, findings));
            } else if (reading == RedactionRule.Reading.GOING_ON && open) {
                maskLeft(parts.getLast(), RedactionRule.UNDECIDED, findings);
            }
        }

        private static void maskLeft(List<Placed> part, String mask, Findings findings) {
            findings.uncoveredParts(part).forEach(left -> findings.mask(left, mask));
        }

        /** Masks what no rule has found yet if that alone has so many digits. */
        void maskUncovered(int shortest, String mask, Findings findings) {
            if (digits + parts.size() < shortest) {
                return;
            }
            List<List<Placed>> left = parts.stream()
                    .map(findings::uncovered)
                    .filter(part -> !part.isEmpty() && !isAWord(part))
                    .toList();
            if (left.stream().mapToInt(Answers::digits).sum() >= shortest) {
                left.forEach(part -> findings.mask(part, mask));
            }
        }

        private String written() {
            return parts.stream().map(Answers::written).collect(Collectors.joining());
        }

        private boolean complete() {
            return topics.size() == 1
                    && switch (topics.iterator().next()) {
                        case NATIONAL_ID -> digits() == 9 || digits() == 11 || digits() == 15;
                        case CARD ->
                            digits() >= CardNumbers.USUAL
                                    || digits() >= CardNumbers.SHORTEST && CardNumbers.isOne(written());
                        case PASSWORD -> digits() > 0;
                        case BANK_ACCOUNT -> digits() >= bankDigits;
                        case SECURITY_CODE, ACCOUNT, OTHER -> false;
                    };
        }
    }

    /** What is asked for, by whom, and what was answered by each. */
    private static final class Question {
        private final Set<Topic> topics;
        private final Utterance said;
        private final int end;

        /** How many digits what it asks for of a bank usually has. */
        private final int bankDigits;

        /** An account is spoken of, but no number of it. */
        private final boolean vague;

        private final Map<String, Answer> answers = new HashMap<>();

        /** Whether the number was given together with its name. */
        private boolean answeredAtOnce;

        Question(Set<Topic> topics, Utterance said, int end, int bankDigits, boolean vague) {
            this.topics = topics;
            this.said = said;
            this.end = end;
            this.bankDigits = bankDigits;
            this.vague = vague;
        }

        /** Who is asked for the same again goes on with what was begun. */
        void repeats(@Nullable Question earlier) {
            if (earlier != null && earlier.topics.equals(topics)) {
                earlier.answers.forEach((speaker, answer) -> {
                    if (!answer.complete()) {
                        answers.put(speaker, answer);
                    }
                });
            }
        }

        /** Who names a number goes on with it; who asks for one, waits for others. */
        boolean isPutTo(String speaker) {
            if (answeredAtOnce) {
                return said.speaker().equals(speaker);
            }
            return said.speaker().equals(speaker)
                    ? !said.digits().asks()
                    : said.digits().asks() || said.text().length() - end <= END_OF_A_QUESTION;
        }

        /** Null where nothing else was asked for; what is masked as something else is its answer all the same. */
        @Nullable
        Question without(Topic answered) {
            boolean goesOn = bankDigits > USUAL_BANK_ACCOUNT && bankDigits != LONGEST_IBAN;
            if (goesOn && answered == Topic.BANK_ACCOUNT || topics.size() > 1 && !topics.contains(answered)) {
                return this;
            }
            var left = EnumSet.copyOf(topics);
            left.remove(answered);
            return left.isEmpty() || topics.size() == 1 ? null : new Question(left, said, end, bankDigits, vague);
        }
    }

    private final List<Answer> all = new ArrayList<>();
    private final Map<DigitGroups.Group, Answer> byGroup = new IdentityHashMap<>();

    private Answers() {}

    static Answers in(Talk talk) {
        var answers = new Answers();
        if (talk.names()) {
            answers.new Reading(talk).read();
        }
        return answers;
    }

    List<Answer> all() {
        return all;
    }

    /** Whether the words say that it is another number than those which are looked for. */
    boolean isSomethingElse(Placed group) {
        return isSomethingElse(group.group());
    }

    boolean isSomethingElse(DigitGroups.Group group) {
        Answer answer = byGroup.get(group);
        return answer != null
                && answer.isForSomethingElse()
                && !answer.isFor(Topic.NATIONAL_ID)
                && !answer.isFor(Topic.BANK_ACCOUNT);
    }

    /** Whether the words say so in so many words: not an account that is only spoken of. */
    boolean isSurelySomethingElse(Placed group) {
        Answer answer = byGroup.get(group.group());
        return answer != null && isSomethingElse(group) && !answer.vague && !answer.isFor(Topic.CARD);
    }

    /** How many digits belong together with these. */
    int digitsOfAnswer(Placed group) {
        Answer answer = byGroup.get(group.group());
        return answer == null ? 0 : answer.digits();
    }

    static int digits(List<Placed> groups) {
        int digits = 0;
        for (Placed group : groups) {
            digits += group.digits().length();
        }
        return digits;
    }

    static String written(List<Placed> groups) {
        var digits = new StringBuilder(24);
        for (Placed group : groups) {
            digits.append(group.digits());
        }
        return digits.toString();
    }

    /** Goes through a talk once, keeping the question that waits for its answer. */
    private final class Reading {
        private final Talk talk;
        private final List<List<Placed>> groups;
        private final Map<Placed, Run> runs = new IdentityHashMap<>();

        /** The answer that each run is a part of so far. */
        private final Map<Run, Answer> current = new IdentityHashMap<>();

        private @Nullable Question waiting;
        private int utterancesWaited;
        private int lastAboutABank = -UTTERANCES_ABOUT_A_BANK - 1;

        Reading(Talk talk) {
            this.talk = talk;
            this.groups = new ArrayList<>(Collections.nCopies(talk.size(), List.of()));
            for (Run run : talk.runs()) {
                for (Placed group : run.groups()) {
                    if (groups.get(group.utterance()).isEmpty()) {
                        groups.set(group.utterance(), new ArrayList<>(4));
                    }
                    groups.get(group.utterance()).add(group);
                    runs.put(group, run);
                }
            }
        }

        void read() {
            for (int i = 0; i < talk.size(); i++) {
                utterancesWaited++;
                Utterance said = talk.utterance(i);
                List<Placed> here = groups.get(i);
                if (!said.cues().isEmpty()) {
                    hear(said, i, here);
                } else if (!here.isEmpty()) {
                    for (Placed group : here) {
                        take(group, said, null, waitingFor(said));
                    }
                    readBack(i, here);
                }
            }
        }

        /** What somebody reads back is what it was when it was said. */
        private void readBack(int index, List<Placed> here) {
            for (int i = index - 1; i >= 0 && i >= index - UTTERANCES_TO_READ_BACK; i--) {
                List<Placed> said = groups.get(i);
                Answer answer =
                        said.isEmpty() ? null : byGroup.get(said.getFirst().group());
                if (answer != null && written(said).equals(written(here))) {
                    for (Placed group : here) {
                        byGroup.putIfAbsent(group.group(), answer);
                    }
                    return;
                }
            }
        }

        /** Names and numbers of one utterance, as they come. */
        private void hear(Utterance said, int index, List<Placed> here) {
            List<Cue> cues = said.cues();
            @Nullable Question own = null;
            @Nullable Question before = waitingFor(said);
            boolean named = false;
            boolean goesOn = false;
            int end = 0;
            int next = 0;
            for (int i = 0; i <= here.size(); i++) {
                int until = i < here.size()
                        ? here.get(i).group().start()
                        : said.text().length();
                for (; next < cues.size() && cues.get(next).start() < until; next++) {
                    Cue cue = cues.get(next);
                    if (cue.masked()) {
                        own = own == null ? null : own.without(cue.topic());
                        before = before == null ? null : before.without(cue.topic());
                    } else {
                        boolean together = here.isEmpty() || goesOn && cue.start() - end <= MOST_WITHIN_A_QUESTION;
                        own = question(said, index, cue, together ? own : null);
                        named = true;
                    }
                    goesOn = !cue.masked();
                    end = cue.end();
                }
                if (i < here.size()) {
                    DigitGroups.Group group = here.get(i).group();
                    @Nullable Question beside = group.start() - end <= REACH_AFTER_CUE ? own : null;
                    @Nullable
                    Question after = next < cues.size() ? namedAfter(said, index, here, i, cues.get(next)) : null;
                    take(here.get(i), said, after == null ? beside : after, before);
                    end = beside == null ? end : group.end();
                    goesOn = false;
                }
            }
            waiting = named ? own : before;
            utterancesWaited = 0;
        }

        /** What the words right after a number say that it is, if they do. */
        private @Nullable Question namedAfter(Utterance said, int index, List<Placed> here, int number, Cue cue) {
            int end = here.get(number).group().end();
            boolean anotherBetween =
                    number + 1 < here.size() && here.get(number + 1).group().start() < cue.start();
            if (cue.masked() || anotherBetween || cue.start() - end > REACH_BEFORE_CUE) {
                return null;
            }
            boolean named = cue.start() - end <= REACH_BEFORE_CUE_WITHOUT_VERB && !isOther(cue)
                    || IS_MY.matcher(said.text()).region(end, cue.start()).matches();
            return named ? question(said, index, cue, null) : null;
        }

        private static boolean isOther(Cue cue) {
            return cue.topic() == Topic.OTHER || cue.topic() == Topic.ACCOUNT;
        }

        private Question question(Utterance said, int index, Cue cue, @Nullable Question before) {
            Topic topic = cue.topic();
            if (topic == Topic.BANK_ACCOUNT
                    && NAMES_A_BANK
                            .matcher(said.text())
                            .region(cue.start(), cue.end())
                            .lookingAt()) {
                lastAboutABank = index;
            } else if (topic == Topic.ACCOUNT && index - lastAboutABank <= UTTERANCES_ABOUT_A_BANK) {
                topic = Topic.BANK_ACCOUNT;
            }
            Set<Topic> topics = EnumSet.of(topic);
            if (before != null) {
                topics.addAll(before.topics);
            }
            String name = said.text().substring(cue.start(), cue.end());
            int bankDigits = name.equalsIgnoreCase("iban") ? LONGEST_IBAN : USUAL_BANK_ACCOUNT;
            var question = new Question(
                    topics,
                    said,
                    cue.end(),
                    before == null ? bankDigits : before.bankDigits + bankDigits,
                    topic == Topic.ACCOUNT && isOnlySpokenOf(said.text(), cue));
            question.repeats(utterancesWaited <= ANSWERS_AWAITED ? waiting : null);
            return question;
        }

        /** "Is that on your account?" asks for no number. */
        private static boolean isOnlySpokenOf(String text, Cue cue) {
            String before = text.substring(Math.max(0, cue.start() - LONGEST_BEFORE_ACCOUNT), cue.start());
            return ON_YOUR.matcher(before).find();
        }

        private @Nullable Question waitingFor(Utterance said) {
            return waiting != null && utterancesWaited <= ANSWERS_AWAITED && waiting.isPutTo(said.speaker())
                    ? waiting
                    : null;
        }

        /** Whether an answer was complete before this utterance, and what comes now is too short to be a part of it. */
        private boolean isOver(Answer known, Run run, Placed group, Utterance said) {
            Placed last = known.parts.getLast().getLast();
            return last.utterance() != group.utterance()
                    && known.complete()
                    && (known.isOnlyFor(Topic.PASSWORD)
                            ? known.digits() >= SHORTEST_PIN
                            : digitsIn(run, group.utterance()) <= LONGEST_OTHER
                                    && !(known.isOnlyFor(Topic.BANK_ACCOUNT) && isNothingElse(said)));
        }

        /** Digits by themselves go on with an account, of which nobody knows how long it is. */
        private static boolean isNothingElse(Utterance said) {
            return said.digits().wordsBefore() == 0 && said.digits().wordsAfter() == 0;
        }

        private static int digitsIn(Run run, int utterance) {
            int digits = 0;
            for (Placed group : run.groups()) {
                digits += group.utterance() == utterance ? group.digits().length() : 0;
            }
            return digits;
        }

        /** @param own what the words beside it say; @param before what was asked for earlier */
        private void take(Placed group, Utterance said, @Nullable Question own, @Nullable Question before) {
            if (group.group().amount()) {
                return;
            }
            Run run = Objects.requireNonNull(runs.get(group));
            Answer known = current.get(run);
            Question question = own != null ? own : before;
            if (own == null && known != null && isOver(known, run, group, said)) {
                current.remove(run);
            } else if (own == null && known != null && (before == null || before.topics.equals(known.topics))) {
                known.add(group);
                byGroup.put(group.group(), known);
                utterancesWaited = 0;
            } else if (question != null) {
                Answer answer = question.answers.computeIfAbsent(said.speaker(), s -> {
                    var begun = new Answer(question);
                    all.add(begun);
                    return begun;
                });
                question.answeredAtOnce |= question == own;
                boolean goesOn = known == answer;
                if (!goesOn && answer.complete()) {
                    return;
                }
                if (!goesOn) {
                    answer.beginPart();
                }
                answer.add(group);
                answer.open = run.open();
                current.put(run, answer);
                byGroup.put(group.group(), answer);
                if (question == waiting) {
                    utterancesWaited = 0;
                }
            }
        }
    }
}
