package org.afterword.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.EventPosition;
import org.afterword.platform.Json;
import org.afterword.platform.TenantId;
import org.junit.jupiter.api.Test;

class OutgoingEventTest {
    @Test
    void whatOurOwnReportsKnowACustomerByDoesNotLeave() {
        var event = new DomainEvent(
                TenantId.DEFAULT,
                new EventPosition(1, 1),
                Instant.EPOCH,
                "wrapup.opened",
                "w1",
                "c1",
                Json.read("{\"wrapUpId\": \"w1\", \"figures\": {\"queue\": \"billing\", \"customerKey\": \"f00d\"}}"));

        String body = OutgoingEvent.of(event).orElseThrow().body();

        assertThat(body).contains("billing").doesNotContain("customerKey", "f00d");
    }
}
