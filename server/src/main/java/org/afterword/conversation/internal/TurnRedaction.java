package org.afterword.conversation.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.afterword.conversation.InteractionId;
import org.afterword.governance.Redactor;
import org.afterword.governance.Redactor.Utterance;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of a turn may be stored, by the turns around it: a card number can be read out over several turns, a security
 * code is the answer to a question.
 *
 * <p>The plain words of a turn stay in this process' memory for at most a minute. Meanwhile every further turn of the
 * interaction is read together with them, in turn order, so that any order of arrival within that time gives the same texts;
 * where a turn that is stored already now reads otherwise, a correction comes out. What was undecided when the minute
 * is over stays masked. Turns that this process did not take are read, as they are stored, from {@link EarlierTurns}.
 */
public final class TurnRedaction {
    /** How long plain words are kept; with the time between two {@link #forget} calls less than a minute. */
    static final Duration PLAIN_KEPT = Duration.ofSeconds(50);

    /** As many turns are still read for a question that an answer follows. */
    private static final int CONTEXT = 5;

    /** More turns than people can say within the time that plain words are kept. */
    private static final int MOST_KEPT = 40;

    /** Which of several texts of a turn holds: the latest, of equally late ones that with the greatest key. */
    public record Version(Instant saidAt, EventKey key) implements Comparable<Version> {
        private static final Comparator<Version> ORDER =
                Comparator.comparing(Version::saidAt).thenComparing(Version::key);

        @Override
        public int compareTo(Version other) {
            return ORDER.compare(this, other);
        }
    }

    /** A turn with its words: plain ones on the way in, redacted ones on the way out. */
    public record Words(InteractionId interaction, int turn, Version version, String speaker, String text) {
        Words with(String redacted) {
            return new Words(interaction, turn, version, speaker, redacted);
        }
    }

    /** What may be stored of the turns, in the order in which they came, and which stored turns have to change. */
    public record Redacted(List<Words> turns, List<Words> corrections) {}

    /** Reads stored turns: up to {@code most} before each of the given ones. */
    public interface EarlierTurns {
        List<Words> before(TenantId tenant, Map<InteractionId, Integer> firstTurns, int most);
    }

    private record Key(TenantId tenant, InteractionId interaction) {}

    private final Redactor redactor;
    private final EarlierTurns earlierTurns;
    private final Map<Key, Talk> talks = new ConcurrentHashMap<>();

    public TurnRedaction(Redactor redactor, EarlierTurns earlierTurns) {
        this.redactor = redactor;
        this.earlierTurns = earlierTurns;
    }

    public Redacted take(TenantId tenant, List<Words> turns, Instant now) {
        Map<InteractionId, List<Words>> said = byInteraction(turns);
        Map<InteractionId, List<Words>> earlier = earlier(tenant, said);
        Map<Words, String> redacted = new HashMap<>();
        List<Words> corrections = new ArrayList<>();
        said.forEach((interaction, words) -> talks.compute(new Key(tenant, interaction), (key, known) -> {
            Talk talk = known == null ? new Talk() : known;
            redacted.putAll(talk.take(earlier.getOrDefault(interaction, List.of()), words, now));
            corrections.addAll(talk.corrections());
            return talk;
        }));
        return new Redacted(
                turns.stream()
                        .map(words -> words.with(Objects.requireNonNull(redacted.get(words))))
                        .toList(),
                corrections);
    }

    /**
     * Notes that these texts are committed, and answers the corrections that turns taken meanwhile have made due.
     *
     * @param texts turns and corrections of {@link #take} that were stored
     */
    public List<Words> stored(TenantId tenant, List<Words> texts) {
        List<Words> due = new ArrayList<>();
        byInteraction(texts)
                .forEach((interaction, words) -> talks.computeIfPresent(new Key(tenant, interaction), (key, talk) -> {
                    talk.stored(words);
                    due.addAll(talk.corrections());
                    talk.keepLatest(MOST_KEPT);
                    return talk;
                }));
        return due;
    }

    /** Drops plain words that are older than {@link #PLAIN_KEPT}, and talks that went quiet. */
    void forget(Instant now) {
        Instant before = now.minus(PLAIN_KEPT);
        for (Key key : talks.keySet()) {
            talks.computeIfPresent(key, (k, talk) -> talk.forget(before) ? null : talk);
        }
    }

    private Map<InteractionId, List<Words>> earlier(TenantId tenant, Map<InteractionId, List<Words>> said) {
        Map<InteractionId, Integer> unknownBefore = new HashMap<>();
        said.forEach((interaction, words) -> {
            int first = words.stream().mapToInt(Words::turn).min().orElse(0);
            Talk talk = talks.get(new Key(tenant, interaction));
            if (first > 0 && (talk == null || !talk.knows(first - 1))) {
                unknownBefore.put(interaction, first);
            }
        });
        return unknownBefore.isEmpty() ? Map.of() : byInteraction(earlierTurns.before(tenant, unknownBefore, CONTEXT));
    }

    private static Map<InteractionId, List<Words>> byInteraction(List<Words> words) {
        return words.stream()
                .collect(Collectors.groupingBy(Words::interaction, LinkedHashMap::new, Collectors.toList()));
    }

    /** A turn in memory: plain since {@code heardAt}, or as it was decided, when {@code heardAt} is past. */
    private static final class Heard {
        Words words;
        Utterance utterance;
        Instant heardAt;
        String decided;

        @Nullable
        String stored;

        Heard(Words words, Instant heardAt, @Nullable String stored) {
            this.words = words;
            this.utterance = new Utterance(words.speaker(), words.text());
            this.heardAt = heardAt;
            this.decided = words.text();
            this.stored = stored;
        }

        void forgetPlain() {
            if (!decided.equals(words.text())) {
                words = words.with(decided);
                utterance = new Utterance(words.speaker(), decided);
            }
            heardAt = Instant.MIN;
        }
    }

    /** The latest turns of one interaction. */
    private final class Talk {
        private final NavigableMap<Integer, Heard> turns = new TreeMap<>();

        synchronized boolean knows(int turn) {
            return turns.containsKey(turn);
        }

        synchronized Map<Words, String> take(List<Words> recalled, List<Words> said, Instant now) {
            recalled.forEach(words -> turns.putIfAbsent(words.turn(), new Heard(words, Instant.MIN, words.text())));
            said.forEach(words ->
                    turns.merge(words.turn(), new Heard(words, now, null), (known, heard) -> later(known, heard)));
            decide();
            Map<Words, String> redacted = new HashMap<>();
            said.forEach(words -> redacted.put(words, redacted(words)));
            return redacted;
        }

        synchronized void stored(List<Words> texts) {
            for (Words text : texts) {
                Heard heard = turns.get(text.turn());
                if (heard != null && heard.words.version().equals(text.version())) {
                    heard.stored = text.text();
                }
            }
        }

        synchronized List<Words> corrections() {
            return turns.values().stream()
                    .filter(heard -> heard.stored != null && !heard.stored.equals(heard.decided))
                    .map(heard -> heard.words.with(heard.decided))
                    .toList();
        }

        synchronized void keepLatest(int most) {
            while (turns.size() > most) {
                turns.pollFirstEntry();
            }
        }

        /** Answers whether nothing plain is left. */
        synchronized boolean forget(Instant before) {
            turns.values().stream()
                    .filter(heard -> heard.heardAt.isBefore(before))
                    .forEach(Heard::forgetPlain);
            return turns.values().stream().allMatch(heard -> heard.heardAt.equals(Instant.MIN));
        }

        private void decide() {
            List<Heard> inOrder = List.copyOf(turns.values());
            List<String> redacted = redactor.redactTalk(
                    inOrder.stream().map(heard -> heard.utterance).toList());
            for (int i = 0; i < inOrder.size(); i++) {
                inOrder.get(i).decided = redacted.get(i);
            }
        }

        /** A text that another one has replaced already stands alone: in doubt it is masked. */
        private String redacted(Words words) {
            Heard heard = turns.get(words.turn());
            return heard != null && heard.words.version().equals(words.version())
                    ? heard.decided
                    : redactor.redactTalk(List.of(new Utterance(words.speaker(), words.text())))
                            .getFirst();
        }

        private static Heard later(Heard one, Heard other) {
            return one.words.version().compareTo(other.words.version()) >= 0 ? one : other;
        }
    }
}
