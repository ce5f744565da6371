package org.afterword.drafting.internal.proof;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.afterword.drafting.Draft;
import org.afterword.drafting.Grade;
import org.afterword.platform.Json;
import org.afterword.wrapup.DraftSource.Proposal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A draft as people see it: nothing of one that is withheld, and of each part what its grade allows. */
public final class Seen {
    private static final List<String> TEXTS = List.of("summary", "issue", "resolutionText");
    private static final JsonNode NO_TEXT = Json.tree(Draft.Statements.NONE);

    private Seen() {}

    public static Proposal of(Proposal made, Arm arm, Map<String, Grade> grades) {
        return switch (arm) {
            case SHADOW -> withheld(made, "Drafts are not shown yet.");
            case HELD_OUT ->
                withheld(made, "No draft this time: some contacts go without, by lot, to tell what drafts save.");
            case SHOWN -> grades.isEmpty() ? made : graded(made, grades);
        };
    }

    private static Proposal withheld(Proposal made, String why) {
        return Proposal.withheld(made.draftId(), made.createdAt(), Json.tree(Draft.withheld(why)));
    }

    private static Proposal graded(Proposal made, Map<String, Grade> grades) {
        ObjectNode record = made.record().deepCopy();
        ObjectNode draft = (ObjectNode) made.draft().deepCopy();
        var less = new TreeMap<String, Grade>();
        grades.forEach((part, grade) -> {
            if (grade.compareTo(Grade.PREFILL) >= 0) {
                return;
            }
            record.remove(part);
            less.put(part, grade);
            if (grade == Grade.OFF && draft.has(part)) {
                if (TEXTS.contains(part)) {
                    draft.set(part, NO_TEXT);
                } else if (draft.path(part).isArray()) {
                    draft.putArray(part);
                } else if (part.equals("fields") || part.equals("checklist")) {
                    draft.putObject(part);
                } else {
                    draft.remove(part);
                }
            }
        });
        if (!less.isEmpty()) {
            draft.set("grades", Json.tree(less));
        }
        return new Proposal(made.draftId(), made.createdAt(), made.source(), record, draft, made.sources());
    }
}
