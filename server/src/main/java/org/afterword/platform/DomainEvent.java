package org.afterword.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something that happened, as it stands in the log.
 *
 * @param type          such as {@code wrapup.opened}
 * @param subject       id of the thing it happened to
 * @param interactionId the interaction it belongs to; null where there is none
 */
public record DomainEvent(
        TenantId tenant,
        EventPosition position,
        Instant at,
        String type,
        String subject,
        @Nullable String interactionId,
        JsonNode data) {}
