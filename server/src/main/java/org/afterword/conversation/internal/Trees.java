package org.afterword.conversation.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.databind.JsonNode;

/** What has to hold of a JSON tree before it can be worked on. */
final class Trees {
    private Trees() {}

    private record Level(JsonNode node, int depth) {}

    /** Whether objects and lists are nested at most {@code deepest} levels. */
    static boolean isWithin(JsonNode tree, int deepest) {
        Deque<Level> open = new ArrayDeque<>();
        open.push(new Level(tree, 1));
        while (!open.isEmpty()) {
            Level level = open.pop();
            if (level.depth > deepest) {
                return false;
            }
            level.node
                    .valueStream()
                    .filter(JsonNode::isContainer)
                    .forEach(child -> open.push(new Level(child, level.depth + 1)));
        }
        return true;
    }
}
