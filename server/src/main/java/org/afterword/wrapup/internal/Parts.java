package org.afterword.wrapup.internal;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.afterword.catalog.RecordPart;
import org.afterword.catalog.RecordPart.Kind;
import org.afterword.platform.Json;
import org.afterword.platform.ProblemException.Fault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The shape of a record: which parts there are, and how a patch touches them. A part is what has a provenance of its own:
 * a single value ({@code /summary}), one entry of a map ({@code /fields/amount}), or a list as a whole ({@code /tags}).
 */
final class Parts {
    private static final int LONGEST_TEXT = 8000;
    private static final int LONGEST_KEYWORDS = 1000;
    private static final int LONGEST_LIST = 200;

    /** In the order in which people read them. */
    private static final Map<String, Kind> MEMBERS = members();

    private static final Set<String> RESOLUTIONS = Set.of("resolved", "escalated", "pending", "unresolved");

    /** What of a customer can change. */
    private static final Set<String> OF_CUSTOMERS = Set.of("name", "phone", "email", "address");

    /** What only people put into a record, and what of it stays in the house. */
    private static final Set<String> BY_PEOPLE = members(part -> !part.isDrafted());

    private static final Set<String> STAYING = members(part -> !part.isLeaving());

    private Parts() {}

    private static Map<String, Kind> members() {
        var members = new LinkedHashMap<String, Kind>();
        for (RecordPart part : RecordPart.values()) {
            members.put(part.member(), part.kind());
        }
        return members;
    }

    private static Set<String> members(Predicate<RecordPart> which) {
        return Arrays.stream(RecordPart.values())
                .filter(which)
                .map(RecordPart::member)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a draft may fill the part at a pointer. */
    static boolean isDrafted(String pointer) {
        return !BY_PEOPLE.contains(member(pointer));
    }

    /** Whether the part at a pointer goes to other systems. */
    static boolean isLeaving(String pointer) {
        return !STAYING.contains(member(pointer));
    }

    private static String member(String pointer) {
        int slash = pointer.indexOf('/', 1);
        return unescape(slash < 0 ? pointer.substring(1) : pointer.substring(1, slash));
    }

    /** Every part of a record that is there, by its JSON pointer. */
    static Map<String, JsonNode> of(ObjectNode record) {
        var parts = new LinkedHashMap<String, JsonNode>();
        MEMBERS.forEach((name, kind) -> {
            JsonNode value = record.get(name);
            if (value == null || value.isNull()) {
                return;
            }
            if (kind == Kind.MAP) {
                value.properties().forEach(entry -> parts.put(pointer(name, entry.getKey()), entry.getValue()));
            } else {
                parts.put("/" + name, value);
            }
        });
        return parts;
    }

    /** The part at a pointer; null if it is empty. */
    static @Nullable JsonNode get(ObjectNode record, String pointer) {
        JsonNode value = record.at(pointer);
        return value.isMissingNode()
                        || value.isNull()
                        || (value.isString() && value.asString().isBlank())
                ? null
                : value;
    }

    /** Puts a part at its pointer; {@code null} removes it. */
    static void set(ObjectNode record, String pointer, @Nullable JsonNode value) {
        int slash = pointer.indexOf('/', 1);
        String member = member(pointer);
        if (slash < 0) {
            put(record, member, value);
            return;
        }
        ObjectNode map = record.get(member) instanceof ObjectNode there ? there : record.putObject(member);
        put(map, unescape(pointer.substring(slash + 1)), value);
        if (map.isEmpty()) {
            record.remove(member);
        }
    }

    private static void put(ObjectNode object, String name, @Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            object.remove(name);
        } else {
            object.set(name, value);
        }
    }

    /**
     * What a merge patch (RFC 7396) changes, part by part; a null value means that the part is emptied. Entries of maps
     * that are objects themselves are merged, lists are replaced.
     */
    static Map<String, @Nullable JsonNode> changes(ObjectNode record, ObjectNode patch) {
        var changes = new LinkedHashMap<String, @Nullable JsonNode>();
        patch.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (MEMBERS.get(name) == Kind.MAP) {
                if (value.isNull()) {
                    record.path(name).propertyNames().forEach(key -> changes.put(pointer(name, key), null));
                } else {
                    value.properties()
                            .forEach(
                                    entry -> changed(record, pointer(name, entry.getKey()), entry.getValue(), changes));
                }
            } else {
                changed(record, "/" + name, value, changes);
            }
        });
        return changes;
    }

    /** The pointers of the parts that a merge patch names, whether it changes them or not. */
    static List<String> named(ObjectNode record, ObjectNode patch) {
        var named = new ArrayList<String>();
        patch.properties().forEach(member -> {
            String name = member.getKey();
            if (MEMBERS.get(name) == Kind.MAP) {
                JsonNode entries = member.getValue().isNull() ? record.path(name) : member.getValue();
                entries.propertyNames().forEach(key -> named.add(pointer(name, key)));
            } else {
                named.add(pointer(name));
            }
        });
        return named;
    }

    private static void changed(
            ObjectNode record, String pointer, JsonNode value, Map<String, @Nullable JsonNode> changes) {
        JsonNode before = record.at(pointer);
        JsonNode after =
                before instanceof ObjectNode there && value instanceof ObjectNode patch ? merged(there, patch) : value;
        boolean empty = after.isNull() || (after.isString() && after.asString().isBlank());
        boolean wasEmpty = before.isMissingNode() || before.isNull();
        if (empty ? !wasEmpty : !after.equals(before)) {
            changes.put(pointer, empty ? null : after);
        }
    }

    private static ObjectNode merged(ObjectNode there, ObjectNode patch) {
        ObjectNode result = there.deepCopy();
        patch.properties().forEach(entry -> put(result, entry.getKey(), entry.getValue()));
        return result;
    }

    /** Every place where a patch or a record does not have the shape of one; empty if it has. */
    static List<Fault> faults(JsonNode record) {
        var faults = new ArrayList<Fault>();
        if (!(record instanceof ObjectNode object)) {
            return List.of(new Fault("#/record", "must be an object"));
        }
        object.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = member.getValue();
            Kind kind = MEMBERS.get(name);
            String at = "#/record" + pointer(name);
            if (kind == null) {
                faults.add(new Fault(at, "is no part of a record; there are " + String.join(", ", MEMBERS.keySet())));
            } else if (!value.isNull()) {
                switch (kind) {
                    case TEXT -> text(at, value, name.equals("keywords") ? LONGEST_KEYWORDS : LONGEST_TEXT, faults);
                    case LIST -> list(at, value, faults);
                    case MAP -> map(name, value, faults);
                }
            }
        });
        JsonNode resolution = object.path("resolution");
        if (resolution.isString() && !RESOLUTIONS.contains(resolution.asString())) {
            faults.add(new Fault(
                    "#/record/resolution",
                    "is '%s' and must be one of resolved, escalated, pending, unresolved"
                            .formatted(resolution.asString())));
        }
        return faults;
    }

    private static void text(String at, JsonNode value, int longest, List<Fault> faults) {
        if (!value.isString()) {
            faults.add(new Fault(at, "must be text"));
        } else if (value.asString().length() > longest) {
            faults.add(new Fault(
                    at,
                    "has %d characters; at most %d are kept"
                            .formatted(value.asString().length(), longest)));
        }
    }

    private static void list(String at, JsonNode value, List<Fault> faults) {
        if (!value.isArray()) {
            faults.add(new Fault(at, "must be a list"));
        } else if (value.size() > LONGEST_LIST) {
            faults.add(new Fault(at, "has %d entries; at most %d are kept".formatted(value.size(), LONGEST_LIST)));
        } else if (!at.endsWith("/cases") && value.valueStream().anyMatch(item -> !item.isString())) {
            faults.add(new Fault(at, "must hold codes"));
        }
    }

    private static void map(String name, JsonNode value, List<Fault> faults) {
        String at = "#/record/" + name;
        if (!value.isObject()) {
            faults.add(new Fault(at, "must be an object"));
            return;
        }
        if (value.size() > LONGEST_LIST) {
            faults.add(new Fault(at, "has %d entries; at most %d are kept".formatted(value.size(), LONGEST_LIST)));
        }
        value.properties().forEach(entry -> {
            String pointer = "#/record" + pointer(name, entry.getKey());
            JsonNode item = entry.getValue();
            if (item.isNull()) {
                return;
            }
            switch (name) {
                case "checklist" -> {
                    if (!item.isBoolean()) {
                        faults.add(new Fault(pointer, "must be true or false"));
                    }
                }
                case "sentiment" -> {
                    if (!item.isNumber() || Math.abs(item.asDouble()) > 1) {
                        faults.add(new Fault(pointer, "must be a number from -1 to 1"));
                    }
                }
                case "followUps" -> followUp(pointer, item, faults);
                case "customerChanges" -> customerChange(entry.getKey(), pointer, item, faults);
                case "fields" -> {
                    if (!item.isValueNode() || item.asString("").length() > LONGEST_TEXT) {
                        faults.add(new Fault(pointer, "must be a text, a number, or true or false"));
                    }
                }
                default -> text(pointer, item, LONGEST_TEXT, faults);
            }
        });
    }

    private static void followUp(String at, JsonNode followUp, List<Fault> faults) {
        JsonNode due = followUp.path("dueAt");
        if (!followUp.isObject()) {
            faults.add(new Fault(at, "must be an object"));
        } else if (!due.isMissingNode()
                && !due.isNull()
                && !(due.isString() && RecordCheck.parses(OffsetDateTime::parse, due.asString()))) {
            faults.add(new Fault(at + "/dueAt", "must be a time, as in 2026-03-31T14:30:00Z"));
        }
    }

    private static void customerChange(String of, String at, JsonNode change, List<Fault> faults) {
        if (!OF_CUSTOMERS.contains(of)) {
            faults.add(new Fault(at, "is nothing that changes; there are name, phone, email, address"));
        } else if (!change.isObject()) {
            faults.add(new Fault(at, "must be an object: what was known as old, and new"));
        } else {
            change.properties().forEach(member -> {
                String place = at + pointer(member.getKey());
                if (!member.getKey().equals("old") && !member.getKey().equals("new")) {
                    faults.add(new Fault(place, "is no part of a change; there are old and new"));
                } else if (!member.getValue().isNull()) {
                    text(place, member.getValue(), LONGEST_TEXT, faults);
                }
            });
            if (change.path("new").asString("").isBlank()) {
                faults.add(new Fault(at + "/new", "is required: what it is from now on"));
            }
        }
    }

    static String pointer(String... path) {
        var pointer = new StringBuilder();
        for (String step : path) {
            pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    private static String unescape(String step) {
        return step.replace("~1", "/").replace("~0", "~");
    }

    /** A copy that can be changed. */
    static ObjectNode copy(@Nullable ObjectNode record) {
        return record == null ? Json.object() : record.deepCopy();
    }
}
