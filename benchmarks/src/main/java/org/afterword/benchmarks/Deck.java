package org.afterword.benchmarks;

import java.util.List;

/** Deals contacts one after another: conversations and agents take turns. */
final class Deck {
    private final String name;
    private final List<Conversation> conversations;
    private final int agents;
    private int dealt;

    /** @param name begins the ids of contacts and agents, so that those of two decks differ */
    Deck(String name, List<Conversation> conversations, int agents) {
        this.name = name;
        this.conversations = List.copyOf(conversations);
        this.agents = agents;
    }

    Contact next() {
        int number = dealt++;
        // neighbors in the file resemble each other: a step that shares no factor with most sizes mixes them
        Conversation conversation = conversations.get((int) (number * 37L % conversations.size()));
        return Contact.of(name + "-" + number, name + "-agent-" + number % agents, conversation, number % 2 == 0);
    }
}
