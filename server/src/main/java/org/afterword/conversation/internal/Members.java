package org.afterword.conversation.internal;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.afterword.governance.Redactor;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the members of an event's data. A member that is absent or null is null here; one that does not fit throws a
 * {@link Refusal} that names it. Members nobody asks for are ignored.
 */
final class Members {
    static final int LONGEST_ID = 200;
    static final int LONGEST_NAME = 500;
    private static final int LONGEST_LIST = 200;
    private static final int LONGEST_SHOWN = 60;

    private final String path;
    private final ObjectNode node;

    Members(String path, ObjectNode node) {
        this.path = path;
        this.node = node;
    }

    @Nullable
    String text(String name, int longest) {
        JsonNode value = value(name);
        return value == null ? null : asText(place(name), value, longest);
    }

    String requiredText(String name, int longest) {
        return required(name, text(name, longest), "a text");
    }

    /** An id from outside: a text with something in it that is not masked. */
    @Nullable
    String id(String name) {
        String id = text(name, LONGEST_ID);
        if (id != null) {
            checkId(place(name), id);
        }
        return id;
    }

    String requiredId(String name) {
        return required(name, id(name), "an id");
    }

    @Nullable
    AgentId agent(String name) {
        String id = id(name);
        return id == null ? null : new AgentId(id);
    }

    AgentId requiredAgent(String name) {
        return new AgentId(requiredId(name));
    }

    @Nullable
    Integer wholeNumber(String name, int least, int most) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw Refusal.of(place(name), "a whole number from %d to %d, was %s".formatted(least, most, shown(value)));
        }
        return value.intValue();
    }

    int requiredWholeNumber(String name, int least, int most) {
        return required(name, wholeNumber(name, least, most), "a whole number");
    }

    @Nullable
    Double number(String name, double least, double most) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || value.doubleValue() < least || value.doubleValue() > most) {
            throw Refusal.of(place(name), "a number from %.0f to %.0f, was %s".formatted(least, most, shown(value)));
        }
        return value.doubleValue();
    }

    double requiredNumber(String name, double least, double most) {
        return required(name, number(name, least, most), "a number");
    }

    boolean flag(String name, boolean whenAbsent) {
        JsonNode value = value(name);
        if (value == null) {
            return whenAbsent;
        }
        if (!value.isBoolean()) {
            throw Refusal.of(place(name), "true or false, was " + shown(value));
        }
        return value.booleanValue();
    }

    /** One of an enum's names, in lower case. */
    <E extends Enum<E>> @Nullable E oneOf(String name, Class<E> type) {
        String text = text(name, LONGEST_NAME);
        return text == null ? null : asOneOf(place(name), text, type);
    }

    /** As {@link #oneOf(String, Class)}, of some of an enum's names only. */
    <E extends Enum<E>> @Nullable E oneOf(String name, EnumSet<E> allowed) {
        String text = text(name, LONGEST_NAME);
        return text == null ? null : asOneOf(place(name), text, allowed);
    }

    <E extends Enum<E>> E requiredOneOf(String name, Class<E> type) {
        return required(name, oneOf(name, type), "one of " + names(EnumSet.allOf(type)));
    }

    static <E extends Enum<E>> E asOneOf(String place, String text, Class<E> type) {
        return asOneOf(place, text, EnumSet.allOf(type));
    }

    private static <E extends Enum<E>> E asOneOf(String place, String text, EnumSet<E> allowed) {
        for (E constant : allowed) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        throw Refusal.of(place, "one of %s, was \"%s\"".formatted(names(allowed), shortened(text)));
    }

    @Nullable
    List<String> texts(String name, int longest) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ArrayNode array) || array.size() > LONGEST_LIST) {
            throw Refusal.of(place(name), "a list of at most %d texts".formatted(LONGEST_LIST));
        }
        List<String> texts = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            texts.add(asText(place(name) + "[" + i + "]", array.get(i), longest));
        }
        return texts;
    }

    @Nullable
    Members object(String name) {
        ObjectNode object = objectNode(name);
        return object == null ? null : new Members(place(name), object);
    }

    @Nullable
    ObjectNode objectNode(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ObjectNode object)) {
            throw Refusal.of(place(name), "an object, was " + shown(value));
        }
        return object;
    }

    /** The members of an object as texts, by name: numbers and flags as they are written, lists and objects as JSON. */
    Map<String, String> textByName(String name, int longest) {
        ObjectNode object = objectNode(name);
        Map<String, String> result = new TreeMap<>();
        if (object != null) {
            if (object.size() > LONGEST_LIST) {
                throw Refusal.of(place(name), "an object with at most %d members".formatted(LONGEST_LIST));
            }
            object.properties().stream()
                    .filter(member -> !member.getValue().isNull())
                    .forEach(member -> result.put(
                            checkLength(place(name), member.getKey(), LONGEST_ID),
                            checkLength(place(name) + "." + member.getKey(), plain(member.getValue()), longest)));
        }
        return result;
    }

    static void checkId(String place, String id) {
        if (id.isBlank()) {
            throw Refusal.of(place, "an id, was blank");
        }
        if (id.equals(".") || id.equals("..") || id.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.of(place, "an id that can stand in an address, without control characters and not . or ..");
        }
        if (Redactor.isMasked(id)) {
            throw Refusal.of(place, "an id, but looks like a number that is never kept, such as that of a card");
        }
    }

    static String asText(String place, JsonNode value, int longest) {
        if (!value.isString()) {
            throw Refusal.of(place, "a text, was " + shown(value));
        }
        return checkLength(place, value.asString(), longest);
    }

    private static String checkLength(String place, String text, int longest) {
        if (text.length() > longest) {
            throw Refusal.of(place, "a text of at most %d characters, has %d".formatted(longest, text.length()));
        }
        return text;
    }

    private static String plain(JsonNode value) {
        return value.isValueNode() ? value.asString() : value.toString();
    }

    private <T> T required(String name, @Nullable T value, String what) {
        if (value == null) {
            throw Refusal.of(place(name), what + ", is missing");
        }
        return value;
    }

    private @Nullable JsonNode value(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private String place(String name) {
        return path + "." + name;
    }

    /** A value as a message shows it; it is redacted already. */
    static String shown(JsonNode value) {
        return value.isObject() ? "an object" : value.isArray() ? "a list" : shortened(value.toString());
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    private static <E extends Enum<E>> String names(EnumSet<E> values) {
        return values.stream()
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
