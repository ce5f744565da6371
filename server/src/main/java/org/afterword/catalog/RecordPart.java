package org.afterword.catalog;

import java.util.Arrays;
import java.util.Optional;

/** The parts of a record, in the order in which people read them. Policies name them, and so they stand here. */
public enum RecordPart {
    CUSTOMER("customer", Kind.MAP),
    /** What about the customer is to become another in other systems. Never drafted: whoever confirms it has ticked it. */
    CUSTOMER_CHANGES("customerChanges", Kind.MAP, false, true),
    CASES("cases", Kind.LIST),
    /** What a draft is made from where nobody was heard. Stays in the house: what it says is in the other parts. */
    KEYWORDS("keywords", Kind.TEXT, false, false),
    SUMMARY("summary", Kind.TEXT),
    ISSUE("issue", Kind.TEXT),
    REASONS("reasons", Kind.LIST),
    ACTIONS("actions", Kind.MAP),
    RESOLUTION("resolution", Kind.TEXT),
    RESOLUTION_TEXT("resolutionText", Kind.TEXT),
    NEXT_STEPS("nextSteps", Kind.MAP),
    DISPOSITION("disposition", Kind.TEXT),
    TAGS("tags", Kind.LIST),
    FIELDS("fields", Kind.MAP),
    CHECKLIST("checklist", Kind.MAP),
    SENTIMENT("sentiment", Kind.MAP),
    FOLLOW_UPS("followUps", Kind.MAP);

    /** What a part holds; each entry of a map is a part of its own. */
    public enum Kind {
        TEXT,
        LIST,
        MAP
    }

    private final String member;
    private final Kind kind;
    private final boolean drafted;
    private final boolean leaving;

    RecordPart(String member, Kind kind) {
        this(member, kind, true, true);
    }

    RecordPart(String member, Kind kind, boolean drafted, boolean leaving) {
        this.member = member;
        this.kind = kind;
        this.drafted = drafted;
        this.leaving = leaving;
    }

    /** Its name in the record. */
    public String member() {
        return member;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether a draft may fill it; else there is only what a person put there. */
    public boolean isDrafted() {
        return drafted;
    }

    /** Whether it goes to other systems with the record once it is confirmed. */
    public boolean isLeaving() {
        return leaving;
    }

    /** Whether {@code pointer} is a JSON pointer (RFC 6901) to a part, or to an entry of one that is a map. */
    public static boolean isPointer(String pointer) {
        String[] steps = pointer.split("/", -1);
        if (!pointer.startsWith("/") || pointer.matches(".*~(?![01]).*") || steps.length > 3) {
            return false;
        }
        Optional<RecordPart> part =
                Arrays.stream(values()).filter(p -> p.member.equals(steps[1])).findFirst();
        return part.isPresent() && (steps.length == 2 || (part.get().kind == Kind.MAP && !steps[2].isEmpty()));
    }
}
