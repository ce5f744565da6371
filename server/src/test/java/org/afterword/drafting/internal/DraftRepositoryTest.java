package org.afterword.drafting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.afterword.conversation.AnEvent;
import org.afterword.conversation.ConversationFixture;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.internal.proof.Arm;
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
    void whoSeesADraftIsDecidedWithTheFirstOne() {
        center.take(AnEvent.said("call", 0, "customer", "Good morning"));

        put(1, "growing", Arm.HELD_OUT);
        put(2, "ready", Arm.SHOWN);

        Map<InteractionId, DraftRepository.Made> made = center.tenancy.in(
                TENANT, () -> drafts.made(TENANT, List.of(CALL)).get());
        assertThat(made.values()).extracting(DraftRepository.Made::arm).containsExactly(Arm.HELD_OUT);
    }

    @Test
    void aDraftFromEarlierKeywordsNeverCoversOneFromLaterKeywords() {
        center.take(AnEvent.said("call", 0, "customer", "Good morning"));

        assertThat(put(noted(2), "ready", Arm.SHOWN)).containsExactly(CALL);
        assertThat(put(noted(1), "ready", Arm.SHOWN)).isEmpty();
        assertThat(put(noted(2), "ready", Arm.SHOWN)).containsExactly(CALL);
        assertThat(put(noted(3), "growing", Arm.SHOWN)).containsExactly(CALL);
    }

    private static ObjectNode noted(long millis) {
        return Json.object().put("turns", 0).put("noted", millis);
    }

    private List<InteractionId> put(int turns, String status) {
        return put(turns, status, Arm.SHOWN);
    }

    private List<InteractionId> put(int turns, String status, Arm arm) {
        return put(Json.object().put("turns", turns), status, arm);
    }

    private List<InteractionId> put(ObjectNode read, String status, Arm arm) {
        ObjectNode shown = read.put("status", status);
        return center
                .tenancy
                .in(
                        TENANT,
                        () -> drafts.put(
                                TENANT,
                                Instant.EPOCH,
                                "test",
                                List.of(new DraftRepository.NewDraft(CALL, shown, Json.object(), arm, Map.of()))))
                .stream()
                .map(DraftRepository.Stored::interaction)
                .toList();
    }

    private String stored() {
        var draft = center.tenancy
                .in(TENANT, () -> drafts.find(TENANT, CALL))
                .orElseThrow()
                .draft();
        return draft.path("turns").asInt() + " " + draft.path("status").asString();
    }
}
