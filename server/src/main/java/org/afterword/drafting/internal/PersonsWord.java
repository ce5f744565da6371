package org.afterword.drafting.internal;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What persons answer for in a record that left: a policy that let a part out does not know whether it is right. */
final class PersonsWord {
    private PersonsWord() {}

    /** @param left the data of {@code wrapup.completed} or {@code wrapup.revised} */
    static JsonNode of(JsonNode left) {
        if (!(left.path("record") instanceof ObjectNode record)) {
            return left.path("record");
        }
        ObjectNode said = record.deepCopy();
        left.path("provenance").forEachEntry((pointer, origin) -> {
            if (origin.has("approvedBy")) {
                remove(said, pointer);
            }
        });
        return said;
    }

    private static void remove(ObjectNode record, String pointer) {
        int last = pointer.lastIndexOf('/');
        if (record.at(pointer.substring(0, last)) instanceof ObjectNode holder) {
            holder.remove(pointer.substring(last + 1).replace("~1", "/").replace("~0", "~"));
        }
    }
}
