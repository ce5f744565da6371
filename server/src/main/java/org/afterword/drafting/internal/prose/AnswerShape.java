package org.afterword.drafting.internal.prose;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.afterword.drafting.internal.prose.Written.Statement;
import org.afterword.platform.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The shape that an answer has to have: told to the endpoint as a JSON schema, and looked at again here, since servers may ignore
 * it. What has a member too many is refused as what has one too few.
 */
final class AnswerShape {
    private static final int MOST_STATEMENTS = 6;
    private static final int MOST_LINES = 12;
    private static final int LONGEST_TEXT = 400;
    private static final List<String> TEXTS = List.of("summary", "issue", "resolution");
    private static final String DISPOSITION = "disposition";

    /** Says in words of ours what is wrong with an answer, so that the model can be told. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1;

        Fault(String fault) {
            super(fault, null, false, false);
        }

        String fault() {
            return String.valueOf(getMessage());
        }
    }

    private final List<String> dispositions;
    private final OutgoingContact contact;

    /** @param dispositions codes that may be named */
    AnswerShape(List<String> dispositions, OutgoingContact contact) {
        this.dispositions = List.copyOf(dispositions);
        this.contact = contact;
    }

    /** In the subset of JSON Schema that strict servers take: each object closed, each member required. */
    ObjectNode schema() {
        ObjectNode properties = Json.object();
        TEXTS.forEach(name -> properties.set(name, statements()));
        ObjectNode disposition = properties.putObject(DISPOSITION);
        disposition.putArray("type").add("string").add("null");
        ArrayNode codes = disposition.putArray("enum");
        dispositions.forEach(codes::add);
        codes.addNull();
        return object(properties);
    }

    private static ObjectNode statements() {
        ObjectNode properties = Json.object();
        properties.putObject("text").put("type", "string");
        properties.putObject("lines").put("type", "array").putObject("items").put("type", "integer");
        ObjectNode statements = Json.object().put("type", "array");
        statements.set("items", object(properties));
        return statements;
    }

    private static ObjectNode object(ObjectNode properties) {
        ObjectNode object = Json.object().put("type", "object").put("additionalProperties", false);
        ArrayNode required = object.putArray("required");
        properties.propertyNames().forEach(required::add);
        object.set("properties", properties);
        return object;
    }

    Written read(JsonNode answer) throws Fault {
        requireMembers(answer, "the answer", Set.of("summary", "issue", "resolution", DISPOSITION));
        return new Written(
                statements(answer, "summary"),
                statements(answer, "issue"),
                statements(answer, "resolution"),
                disposition(answer.path(DISPOSITION)));
    }

    private @Nullable String disposition(JsonNode code) throws Fault {
        if (code.isNull()) {
            return null;
        }
        if (!code.isString() || !dispositions.contains(code.asString())) {
            throw new Fault("`disposition` is none of the codes, nor null");
        }
        return code.asString();
    }

    private List<Statement> statements(JsonNode answer, String name) throws Fault {
        JsonNode all = answer.path(name);
        if (!all.isArray() || all.size() > MOST_STATEMENTS) {
            throw new Fault("`%s` is not a list of at most %d statements".formatted(name, MOST_STATEMENTS));
        }
        var statements = new ArrayList<Statement>();
        for (JsonNode one : all) {
            requireMembers(one, "a statement of `%s`".formatted(name), Set.of("text", "lines"));
            statements.add(new Statement(text(one.path("text"), name), lines(one.path("lines"), name)));
        }
        return List.copyOf(statements);
    }

    private static String text(JsonNode text, String name) throws Fault {
        String value = text.isString() ? text.asString().strip() : "";
        if (value.isEmpty() || value.length() > LONGEST_TEXT) {
            throw new Fault("a `text` of `%s` does not have 1 to %d characters".formatted(name, LONGEST_TEXT));
        }
        return value;
    }

    private List<Integer> lines(JsonNode lines, String name) throws Fault {
        if (!lines.isArray() || lines.size() > MOST_LINES) {
            throw new Fault("`lines` of `%s` is not a list of at most %d numbers".formatted(name, MOST_LINES));
        }
        var numbers = new ArrayList<Integer>();
        for (JsonNode line : lines) {
            if (!line.canConvertToInt() || !line.isIntegralNumber() || !contact.has(line.asInt())) {
                throw new Fault("`lines` of `%s` names a line that is not there".formatted(name));
            }
            numbers.add(line.asInt());
        }
        return List.copyOf(numbers);
    }

    private static void requireMembers(JsonNode object, String what, Collection<String> members) throws Fault {
        if (!object.isObject() || !Set.copyOf(object.propertyNames()).equals(Set.copyOf(members))) {
            throw new Fault("%s does not have exactly the members %s"
                    .formatted(what, String.join(", ", new TreeSet<>(members))));
        }
    }
}
