package org.afterword.governance.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.afterword.governance.Redactor.Utterance;
import org.jspecify.annotations.Nullable;

/** Utterances in order with the digit groups in them, and the runs of digits that each speaker makes across utterances. */
public final class Talk {
    /** Between two utterances of a speaker that carry digits, this many without any may lie. */
    private static final int MOST_UTTERANCES_BETWEEN = 3;

    private static final int MOST_WORDS_BEFORE_PAUSE = 3;
    private static final int MOST_WORDS_AFTER_PAUSE = 5;

    /** "and then one" goes on with a number, "have a good one" does not. */
    private static final int MOST_WORDS_BEFORE_A_SINGLE_DIGIT = 2;

    /** A digit group and the utterance it is in. */
    public record Placed(int utterance, DigitGroups.Group group) {
        public String digits() {
            return group.digits();
        }
    }

    /**
     * Digit groups of one speaker with nothing but separators, fillers and pauses between them, and no new name of a number; no
     * telephone number.
     *
     * @param goesOn only such a name stands between it and the run before it
     * @param open   the speaker's next words may carry it on
     */
    public record Run(List<Placed> groups, boolean goesOn, boolean open) {
        int digits() {
            return Answers.digits(groups);
        }
    }

    private final List<Utterance> utterances;
    private final List<Run> runs = new ArrayList<>();

    /** What is named in it, a bit for each topic. */
    private final int topics;

    private @Nullable Answers answers;

    private Talk(List<Utterance> utterances) {
        this.utterances = utterances;
        this.topics = topicsIn(utterances);
        Map<String, Reading> readings = new LinkedHashMap<>();
        for (int i = 0; i < utterances.size(); i++) {
            Utterance said = utterances.get(i);
            readings.computeIfAbsent(said.speaker(), speaker -> new Reading()).read(i, said.digits());
        }
        for (Reading reading : readings.values()) {
            reading.end();
            runs.addAll(reading.runs);
        }
    }

    private static int topicsIn(List<Utterance> utterances) {
        int topics = 0;
        for (Utterance said : utterances) {
            for (Cue cue : said.cues()) {
                topics |= cue.masked() ? 0 : 1 << cue.topic().ordinal();
            }
        }
        return topics;
    }

    public static Talk of(List<Utterance> utterances) {
        return new Talk(utterances);
    }

    /** Whether anything in it says what a number is. */
    boolean names() {
        return topics != 0;
    }

    boolean names(Topic topic) {
        return (topics & 1 << topic.ordinal()) != 0;
    }

    public List<Run> runs() {
        return runs;
    }

    /** Which digits answer which words. */
    Answers answers() {
        Answers read = answers;
        if (read == null) {
            read = Answers.in(this);
            answers = read;
        }
        return read;
    }

    /** The one character between this group and the one before it in the same utterance; 0 if it is more than one. */
    char separatorBefore(List<Placed> groups, int number) {
        if (number == 0 || number >= groups.size()) {
            return 0;
        }
        Placed before = groups.get(number - 1);
        Placed group = groups.get(number);
        boolean close = before.utterance() == group.utterance()
                && group.group().start() - before.group().end() == 1;
        return close
                ? utterances.get(group.utterance()).text().charAt(before.group().end())
                : 0;
    }

    int size() {
        return utterances.size();
    }

    public Utterance utterance(int number) {
        return utterances.get(number);
    }

    /** One speaker's digits as they come, utterance by utterance. */
    private final class Reading {
        private final List<Run> runs = new ArrayList<>(4);
        private List<Placed> run = new ArrayList<>(4);
        private int pauses;
        private int wordsAfter;
        private boolean over;
        private boolean goesOn;
        private int lastUtterance = -1;

        void read(int utterance, DigitGroups said) {
            if (said.groups().isEmpty()) {
                pause(said);
            } else {
                hear(utterance, said);
            }
        }

        private void pause(DigitGroups words) {
            pauses++;
            over |= !words.stalling();
        }

        private void hear(int utterance, DigitGroups found) {
            boolean carriesOn = goesOn(found);
            boolean named = carriesOn
                    && !run.isEmpty()
                    && isNamedSince(utterance, found.groups().getFirst());
            for (DigitGroups.Group group : found.groups()) {
                if (!carriesOn && !group.joined() || group.telephone() || named) {
                    close(false);
                    goesOn = named;
                }
                if (!group.telephone()) {
                    run.add(new Placed(utterance, group));
                }
                carriesOn = false;
                named = false;
            }
            lastUtterance = utterance;
            wordsAfter = found.wordsAfter();
            pauses = 0;
            over = false;
        }

        void end() {
            close(wordsAfter == 0 && !over && !endsWithAmount());
        }

        private boolean goesOn(DigitGroups found) {
            DigitGroups.Group first = found.groups().getFirst();
            boolean single =
                    found.groups().size() == 1 || !found.groups().get(1).joined();
            int mostWords =
                    single && first.digits().length() <= 2 ? MOST_WORDS_BEFORE_A_SINGLE_DIGIT : MOST_WORDS_AFTER_PAUSE;
            return pauses <= MOST_UTTERANCES_BETWEEN
                    && wordsAfter <= MOST_WORDS_BEFORE_PAUSE
                    && found.wordsBefore() <= mostWords
                    && !first.amount()
                    && !endsWithAmount();
        }

        /** Whether anybody has named a number since the last digits. */
        private boolean isNamedSince(int utterance, DigitGroups.Group group) {
            int end = run.getLast().group().end();
            for (int i = lastUtterance; i <= utterance; i++) {
                for (Cue cue : utterances.get(i).cues()) {
                    if (!cue.masked()
                            && (i > lastUtterance || cue.start() >= end)
                            && (i < utterance || cue.start() < group.start())) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean endsWithAmount() {
            return !run.isEmpty() && run.getLast().group().amount();
        }

        private void close(boolean open) {
            if (!run.isEmpty()) {
                runs.add(new Run(run, goesOn, open));
                run = new ArrayList<>(4);
            }
            goesOn = false;
        }
    }
}
