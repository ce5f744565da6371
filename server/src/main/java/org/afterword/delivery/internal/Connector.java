package org.afterword.delivery.internal;

import java.net.URI;
import java.time.Instant;
import java.util.Set;

/** Where deliveries go, as somebody set it up. */
sealed interface Connector {
    String id();

    boolean enabled();

    /** The types of event it gets. */
    Set<String> eventTypes();

    /** As the API names it. */
    String kind();

    /** @param secret signs what is sent; see {@link WebhookSecret} */
    record Webhook(String id, boolean enabled, Set<String> eventTypes, URI url, WebhookSecret secret, Instant createdAt)
            implements Connector {
        static final String KIND = "webhook";

        public Webhook {
            eventTypes = Set.copyOf(eventTypes);
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** A file for each month in the delivery folder; every tenant has this one. */
    record JsonLines(boolean enabled) implements Connector {
        static final String KIND = "jsonLines";
        static final String ID = "json-lines";

        @Override
        public String id() {
            return ID;
        }

        @Override
        public Set<String> eventTypes() {
            return OutgoingEvent.WITH_RECORD;
        }

        @Override
        public String kind() {
            return KIND;
        }
    }
}
