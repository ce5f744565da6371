package org.afterword.platform;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Texts from outside, as PostgreSQL can store them. */
public final class Storable {
    private Storable() {}

    /** Changes every text that PostgreSQL cannot store: NUL goes, half a surrogate pair becomes the replacement character. */
    public static void make(JsonNode tree) {
        switch (tree) {
            case ObjectNode object -> {
                for (String name : object.propertyNames().toArray(String[]::new)) {
                    JsonNode value = storable(object.get(name));
                    String storableName = text(name);
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
            make(node);
            return node;
        }
        String storable = text(node.asString());
        return storable.equals(node.asString()) ? node : StringNode.valueOf(storable);
    }

    /** As {@link #make}, of one text. */
    public static String text(String text) {
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
