package org.afterword.demo.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The conversations still to be played, in one shuffled order; when all are played, it starts over. Any thread may ask. */
final class Deck {
    private static final long ORDER = 20;

    private final List<Conversation> all;
    private final Map<String, Truth> truths;
    private final DemoFolder folder;
    private final List<Conversation> left = new ArrayList<>();

    Deck(List<Conversation> conversations, Map<String, Truth> truths, DemoFolder folder) {
        this.truths = truths;
        this.folder = folder;
        var shuffled = new ArrayList<>(conversations);
        Collections.shuffle(shuffled, new Random(ORDER));
        this.all = List.copyOf(shuffled);
        left.addAll(shuffled.stream()
                .filter(conversation -> !folder.wasPlayed(conversation.id()))
                .toList());
    }

    /** What simulated agents know of the conversation. */
    Truth truth(Conversation conversation) {
        Truth truth = truths.get(conversation.id());
        if (truth == null) {
            throw new IllegalStateException(
                    "nobody knows what conversation '%s' was about".formatted(conversation.id()));
        }
        return truth;
    }

    Set<String> queues() {
        return all.stream().map(Conversation::queue).collect(Collectors.toCollection(TreeSet::new));
    }

    int size() {
        return all.size();
    }

    synchronized int left() {
        return left.size();
    }

    synchronized Conversation take() {
        return take(conversation -> true);
    }

    /** The next one that {@code wanted} accepts, or the very next if none does. */
    synchronized Conversation take(Predicate<Conversation> wanted) {
        if (left.isEmpty()) {
            left.addAll(all);
            folder.startOver();
        }
        Conversation conversation = left.stream().filter(wanted).findFirst().orElseGet(left::getFirst);
        left.remove(conversation);
        folder.setPlayed(conversation.id());
        return conversation;
    }
}
