package org.afterword.drafting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.afterword.conversation.AnEvent;
import org.afterword.conversation.ConversationFixture;
import org.afterword.conversation.InteractionId;
import org.afterword.platform.Json;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.ObjectNode;

class DraftRepositoryTest {
    private static final TenantId TENANT = ConversationFixture.TENANT;
    private static final InteractionId CALL = new InteractionId("call");

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final ConversationFixture center = new ConversationFixture(db);
    final DraftRepository drafts = new DraftRepository(center.jdbc);

    @Test
    void aDraftThatHasReadLessNeverCoversOneThatHasReadMore() {
        center.take(AnEvent.said("call", 0, "customer", "Good morning"));

        assertThat(put(3, "growing")).containsExactly(CALL);
        assertThat(put(5, "ready")).containsExactly(CALL);
        assertThat(put(4, "ready")).isEmpty();
        assertThat(put(5, "growing")).isEmpty();
        assertThat(stored()).isEqualTo("5 ready");

        assertThat(put(5, "failed")).containsExactly(CALL);
        assertThat(put(6, "growing")).containsExactly(CALL);
        assertThat(stored()).isEqualTo("6 growing");
    }

    @Test
    void aDraftFromEarlierKeywordsNeverCoversOneFromLaterKeywords() {
        center.take(AnEvent.said("call", 0, "customer", "Good morning"));

        assertThat(put(noted(2), "ready")).containsExactly(CALL);
        assertThat(put(noted(1), "ready")).isEmpty();
        assertThat(put(noted(2), "ready")).containsExactly(CALL);
        assertThat(put(noted(3), "growing")).containsExactly(CALL);
    }

    private static ObjectNode noted(long millis) {
        return Json.object().put("turns", 0).put("noted", millis);
    }

    private Set<InteractionId> put(int turns, String status) {
        return put(Json.object().put("turns", turns), status);
    }

    private Set<InteractionId> put(ObjectNode read, String status) {
        ObjectNode shown = read.put("status", status);
        return center.tenancy.in(
                TENANT,
                () -> drafts.put(
                        TENANT,
                        Instant.EPOCH,
                        "test",
                        List.of(new DraftRepository.NewDraft(CALL, shown, Json.object()))));
    }

    private String stored() {
        var draft = center.tenancy
                .in(TENANT, () -> drafts.find(TENANT, CALL))
                .orElseThrow()
                .draft();
        return draft.path("turns").asInt() + " " + draft.path("status").asString();
    }
}
