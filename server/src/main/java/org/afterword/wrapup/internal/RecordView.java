package org.afterword.wrapup.internal;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.afterword.platform.Json;
import org.afterword.wrapup.DraftSource.Proposal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record as people see it: what is stored, and under it what the draft proposes for the parts that nobody touched. What a
 * person typed, or emptied, is never covered by a draft.
 */
record RecordView(ObjectNode record, ObjectNode provenance) {
    /** Of a part that nobody confirmed: the policy that approved it. */
    private static final String LET_OUT_BY = "approvedBy";

    /** Stored parts first; a drafted one shows where the store says nothing of it. */
    static RecordView of(StoredRecord stored, @Nullable Proposal proposal) {
        ObjectNode record = Parts.copy(stored.record());
        ObjectNode provenance = Parts.copy(stored.provenance());
        if (proposal != null) {
            Parts.of(proposal.record()).forEach((pointer, value) -> {
                if (Parts.isDrafted(pointer) && !provenance.has(pointer)) {
                    Parts.set(record, pointer, value);
                    provenance.set(
                            pointer,
                            entry("drafted", proposal.sourceOf(pointer), proposal.createdAt(), proposal.draftId()));
                }
            });
        }
        return new RecordView(record, provenance);
    }

    /** Applies what a person typed: what it names is that person's from now on, also where the draft said the same. */
    RecordView typed(ObjectNode patch, String by, Instant at) {
        RecordView changed = changed(patch, "typed", by, at);
        for (String pointer : Parts.named(record, patch)) {
            if (changed.status(pointer).equals("drafted")) {
                changed.provenance.set(pointer, entry("typed", by, at, null));
            }
        }
        return changed;
    }

    /** Applies a revision: whoever makes it answers for what it changes or names for the first time, and for nothing else. */
    RecordView amended(ObjectNode patch, String by, Instant at) {
        RecordView changed = changed(patch, "confirmed", by, at);
        for (String pointer : Parts.named(record, patch)) {
            if (changed.provenance.has(pointer) && !changed.status(pointer).equals("confirmed")) {
                changed.provenance.set(pointer, entry("confirmed", by, at, null));
            }
        }
        return changed;
    }

    private RecordView changed(ObjectNode patch, String status, String by, Instant at) {
        ObjectNode newRecord = record.deepCopy();
        ObjectNode newProvenance = provenance.deepCopy();
        for (Map.Entry<String, @Nullable JsonNode> change :
                Parts.changes(record, patch).entrySet()) {
            Parts.set(newRecord, change.getKey(), change.getValue());
            newProvenance.set(change.getKey(), entry(status, by, at, null));
        }
        return new RecordView(newRecord, newProvenance);
    }

    /** Where a part is from; empty if nobody and nothing touched it. */
    String status(String pointer) {
        return provenance.path(pointer).path("status").asString("");
    }

    /** What persons touched, which is stored; what is only drafted stays with the draft, which may still grow. */
    RecordView touched() {
        ObjectNode newRecord = record.deepCopy();
        ObjectNode newProvenance = provenance.deepCopy();
        provenance.propertyNames().forEach(pointer -> {
            if (status(pointer).equals("drafted")) {
                Parts.set(newRecord, pointer, null);
                newProvenance.remove(pointer);
            }
        });
        return new RecordView(newRecord, newProvenance);
    }

    /** What may leave the house: the parts that a person confirmed, or a policy let out, but for those that are notes for the house itself. */
    RecordView approved() {
        ObjectNode newRecord = Json.object();
        ObjectNode newProvenance = Json.object();
        Parts.of(record).forEach((pointer, value) -> {
            boolean letOut = status(pointer).equals("confirmed")
                    || provenance.path(pointer).has(LET_OUT_BY);
            if (Parts.isLeaving(pointer) && letOut) {
                Parts.set(newRecord, pointer, value);
                newProvenance.set(pointer, provenance.get(pointer));
            }
        });
        return new RecordView(newRecord, newProvenance);
    }

    /** Everything that is there is confirmed by a person, except {@code unconfirmed} pointers. */
    RecordView confirmed(Collection<String> unconfirmed, String by, Instant at) {
        ObjectNode newProvenance = provenance.deepCopy();
        for (String pointer : Parts.of(record).keySet()) {
            if (!unconfirmed.contains(pointer)) {
                JsonNode draftId = provenance.path(pointer).path("draftId");
                newProvenance.set(pointer, entry("confirmed", by, at, draftId.isString() ? draftId.asString() : null));
            }
        }
        return new RecordView(record, newProvenance);
    }

    /** A policy lets out what was drafted. It stays that: nobody looked at it. */
    RecordView letOut(String policy) {
        ObjectNode newProvenance = provenance.deepCopy();
        for (String pointer : Parts.of(record).keySet()) {
            if (status(pointer).equals("drafted") && newProvenance.get(pointer) instanceof ObjectNode entry) {
                entry.put(LET_OUT_BY, policy);
            }
        }
        return new RecordView(record, newProvenance);
    }

    /** The time ran out: what was only drafted stays known as that, and nobody's answer is invented. */
    RecordView timedOut(Instant at) {
        ObjectNode newProvenance = provenance.deepCopy();
        provenance.properties().forEach(part -> {
            if (part.getValue().path("status").asString("").equals("drafted")) {
                JsonNode draftId = part.getValue().path("draftId");
                newProvenance.set(
                        part.getKey(), entry("timedOut", "policy", at, draftId.isString() ? draftId.asString() : null));
            }
        });
        return new RecordView(record, newProvenance);
    }

    private static ObjectNode entry(String status, String by, Instant at, @Nullable String draftId) {
        ObjectNode entry = Json.object().put("status", status).put("by", by);
        entry.set("at", Json.tree(at));
        if (draftId != null) {
            entry.put("draftId", draftId);
        }
        return entry;
    }
}
