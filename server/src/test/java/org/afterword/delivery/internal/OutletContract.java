package org.afterword.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.afterword.platform.Json;
import org.junit.jupiter.api.Test;

/** What every way into another system has to do. */
interface OutletContract {
    Instant EVENT_AT = Instant.parse("2026-03-02T09:00:00Z");

    /** The outlet under test. */
    Outlet outlet();

    /** What stands on the other side, once for each delivery that it can tell apart, as the CloudEvents that were delivered. */
    List<String> arrived() throws IOException;

    /** From now on the other side cannot take anything. */
    void breakDown() throws IOException;

    /** The other side works again. */
    void mend() throws IOException;

    /** The next message arrives, but the answer does not: whoever sends it has to believe that it failed. */
    void loseTheNextAnswer() throws IOException;

    @Test
    default void aMessageArrivesAsItIs() throws IOException {
        var body = event("Zoë said: \"2 × 3\"\nand left");

        assertThat(outlet().deliver(first("d1", body))).isEqualTo(new Outcome.Delivered());

        assertThat(arrived()).containsExactly(body);
    }

    @Test
    default void messagesArriveInOrder() throws IOException {
        outlet().deliver(first("d1", event("one")));
        outlet().deliver(first("d2", event("two")));

        assertThat(arrived()).containsExactly(event("one"), event("two"));
    }

    @Test
    default void whatCannotBeTakenNowIsToBeTriedAgain() throws IOException {
        breakDown();

        assertThat(outlet().deliver(first("d1", event("one")))).isInstanceOf(Outcome.Retry.class);

        mend();
        assertThat(outlet().deliver(again("d1", event("one")))).isEqualTo(new Outcome.Delivered());
        assertThat(arrived()).containsExactly(event("one"));
    }

    @Test
    default void aRepeatHasNoSecondEffect() throws IOException {
        loseTheNextAnswer();
        outlet().deliver(first("d1", event("one")));
        outlet().deliver(first("d2", event("two")));

        assertThat(outlet().deliver(again("d1", event("one")))).isEqualTo(new Outcome.Delivered());

        assertThat(arrived()).containsExactly(event("one"), event("two"));
    }

    @Test
    default void aTestDeliversNothing() throws IOException {
        assertThat(outlet().test()).isEqualTo(new Outcome.Delivered());

        assertThat(arrived()).isEmpty();
    }

    @Test
    default void aTestTellsThatTheOtherSideIsAway() throws IOException {
        breakDown();

        assertThat(outlet().test()).isInstanceOf(Outcome.Retry.class);
    }

    static Message first(String id, String body) {
        return new Message(id, EVENT_AT, body, null);
    }

    static Message again(String id, String body) {
        return new Message(id, EVENT_AT, body, EVENT_AT);
    }

    static String event(String summary) {
        return Json.write(Json.object()
                .put("specversion", "1.0")
                .put("id", "7-1")
                .put("type", "wrapup.completed")
                .set("data", Json.tree(Map.of("record", Map.of("summary", summary)))));
    }
}
