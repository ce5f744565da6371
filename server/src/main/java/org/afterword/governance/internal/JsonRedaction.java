package org.afterword.governance.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.afterword.governance.Redactor;
import org.afterword.governance.Redactor.Utterance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Redacts a JSON document. The name of a member counts as said before its value ({@code "cvv": 123}); the elements of a list
 * are read together, so that a number split over them is found.
 */
public final class JsonRedaction {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String NAME = "name";
    private static final String VALUE = "value";

    private final Redactor redactor;

    public JsonRedaction(Redactor redactor) {
        this.redactor = redactor;
    }

    public JsonNode redact(JsonNode document) {
        return redact("", document);
    }

    private JsonNode redact(String name, JsonNode node) {
        return switch (node) {
            case ObjectNode object -> redactMembers(object);
            case ArrayNode array -> redactElements(name, array);
            case JsonNode value
            when isText(value) -> {
                String text = textOf(value);
                yield replaced(value, text, redactValues(name, List.of(text)).getFirst());
            }
            default -> node;
        };
    }

    private ObjectNode redactMembers(ObjectNode object) {
        ObjectNode result = NODES.objectNode();
        object.properties()
                .forEach(member ->
                        result.set(redactor.redact(member.getKey()), redact(member.getKey(), member.getValue())));
        return result;
    }

    private ArrayNode redactElements(String name, ArrayNode array) {
        List<String> texts =
                array.valueStream().map(e -> isText(e) ? textOf(e) : "").toList();
        List<String> masked = redactValues(name, texts);
        ArrayNode result = NODES.arrayNode(array.size());
        for (int i = 0; i < array.size(); i++) {
            JsonNode element = array.get(i);
            result.add(isText(element) ? replaced(element, texts.get(i), masked.get(i)) : redact(name, element));
        }
        return result;
    }

    /** Texts, and numbers, which could be a card number as they stand. */
    private static boolean isText(JsonNode node) {
        return node.isString() || node.isNumber();
    }

    /**
     * What of a value could be a number that identifies somebody. What stands behind a decimal point is measured (12.345678901234 seconds),
     * so a number with a fraction is read as far as its point; one too large for a double has been read as infinite, with no digits left.
     */
    private static String textOf(JsonNode node) {
        if (!node.isFloatingPointNumber()) {
            return node.asString();
        }
        return Double.isFinite(node.doubleValue())
                ? node.decimalValue().toBigInteger().toString()
                : node.asString();
    }

    private static JsonNode replaced(JsonNode node, String text, String masked) {
        return masked.equals(text) ? node : StringNode.valueOf(masked);
    }

    private List<String> redactValues(String name, List<String> values) {
        if (PasswordRule.canName(name) && PasswordRule.isName(asWords(name))) {
            return values.stream()
                    .map(value -> value.isBlank() ? value : PasswordRule.MASK)
                    .toList();
        }
        List<Utterance> talk = new ArrayList<>(values.size() + 1);
        values.forEach(value -> talk.add(new Utterance(VALUE, value)));
        if (talk.stream().allMatch(value -> value.digits().groups().isEmpty())) {
            return values;
        }
        String spokenName = asWords(name);
        boolean telephone = isTelephone(spokenName);
        if (telephone) {
            talk.replaceAll(value -> new Utterance(VALUE, "+" + value.text()));
        }
        talk.addFirst(new Utterance(NAME, spokenName));
        List<String> masked = redactor.redactTogether(talk).subList(1, talk.size());
        return telephone
                ? masked.stream()
                        .map(m -> m.startsWith("+") ? m.substring(1) : m)
                        .toList()
                : masked;
    }

    private static boolean isTelephone(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("phone") || lower.contains("mobile") || lower.contains("caller id");
    }

    /** {@code securityCode} and {@code security_code} as people would say them. */
    private static String asWords(String name) {
        var words = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z' && i > 0 && name.charAt(i - 1) >= 'a' && name.charAt(i - 1) <= 'z') {
                words.append(' ');
            }
            words.append(c == '_' || c == '.' || c == '-' ? ' ' : c);
        }
        return words.toString();
    }
}
