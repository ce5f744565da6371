package org.afterword.conversation.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What has to hold of a JSON tree before it can be worked on and stored. */
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

    /** Changes every text that PostgreSQL cannot store: NUL goes, half a surrogate pair becomes the replacement character. */
    static void makeStorable(JsonNode tree) {
        switch (tree) {
            case ObjectNode object -> {
                for (String name : object.propertyNames().toArray(String[]::new)) {
                    JsonNode value = storable(object.get(name));
                    String storableName = storable(name);
                    if (!storableName.equals(name)) {
                        object.remove(name);
                    }
                    object.set(storableName, value);
                }
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, storable(array.get(i)));
                }
            }
            default -> {}
        }
    }

    private static JsonNode storable(JsonNode node) {
        if (!node.isString()) {
            makeStorable(node);
            return node;
        }
        String storable = storable(node.asString());
        return storable.equals(node.asString()) ? node : StringNode.valueOf(storable);
    }

    private static String storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == 0 || Character.isSurrogate(text.charAt(i))) {
                return text.codePoints()
                        .filter(c -> c != 0)
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\ufffd' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }
}
