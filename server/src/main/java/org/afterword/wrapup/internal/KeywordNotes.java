package org.afterword.wrapup.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionId;
import org.afterword.platform.DueWork;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.TypedKeywords;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpStatus;
import org.springframework.stereotype.Service;

/** Keywords as they stand in records. Typing some plans the contact's draft, as words do that come in. */
@Service
class KeywordNotes implements TypedKeywords {
    private static final String PART = "/keywords";

    /** What was split off has no draft. */
    private static final String FIND = """
            SELECT w.interaction_id, w.wrap_up_id, r.record ->> 'keywords' AS text, r.provenance -> '/keywords' ->> 'at' AS typed_at
              FROM wrap_up AS w
              JOIN wrap_up_record AS r ON r.tenant_id = w.tenant_id AND r.wrap_up_id = w.wrap_up_id
             WHERE w.tenant_id = ? AND w.interaction_id = ANY (?) AND w.part_of IS NULL
               AND r.provenance -> '/keywords' IS NOT NULL
             ORDER BY w.interaction_id, typed_at, w.wrap_up_id
            """;

    private record Found(InteractionId interaction, Keywords keywords) {}

    private final Tenancy tenancy;
    private final PipelinedJdbc jdbc;
    private final DueWork dueWork;

    KeywordNotes(Tenancy tenancy, PipelinedJdbc jdbc, DueWork dueWork) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.dueWork = dueWork;
    }

    @Override
    public Map<InteractionId, List<Keywords>> of(Collection<InteractionId> interactions) {
        var keywords = new HashMap<InteractionId, List<Keywords>>();
        if (!interactions.isEmpty()) {
            List<Found> found = jdbc.query(
                    FIND,
                    (rs, n) -> new Found(
                            new InteractionId(rs.getString("interaction_id")),
                            new Keywords(
                                    new WrapUpId(rs.getString("wrap_up_id")),
                                    rs.getString("text") == null ? "" : rs.getString("text"),
                                    Instant.parse(rs.getString("typed_at")))),
                    tenancy.current().value(),
                    interactions.stream().map(InteractionId::value).toArray(String[]::new));
            found.forEach(one -> keywords.computeIfAbsent(one.interaction(), id -> new ArrayList<>())
                    .add(one.keywords()));
        }
        return keywords;
    }

    /** A person changed the record; who waits for the draft of a contact that is over goes first. */
    void typed(WrapUp wrapUp, RecordView before, RecordView after, Instant now) {
        boolean touched =
                !before.provenance().path(PART).equals(after.provenance().path(PART));
        if (touched && !wrapUp.isPart()) {
            boolean on = wrapUp.status() == WrapUpStatus.PREPARING;
            dueWork.scheduleNoLater(
                    Conversations.DRAFT_WORK,
                    Map.of(wrapUp.interaction().value(), on ? now : now.minus(Conversations.FIRST_IN_LINE)));
        }
    }
}
