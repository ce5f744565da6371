package org.afterword.conversation.internal;

import org.afterword.conversation.ContactEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What became of one incoming event when it was read. All of it is redacted. */
public sealed interface Reading {
    /** Position in the request, from 0. */
    int index();

    /**
     * A typed event.
     *
     * @param contentHash tells whether a repeated event has the same content
     * @param stored      the event as {@code inbound_event} keeps it: structured form, without the words of a turn
     */
    record Readable(int index, EventKey key, long contentHash, ContactEvent event, ObjectNode stored)
            implements Reading {
        /** The same at another position. */
        public Readable at(int other) {
            return new Readable(other, key, contentHash, event, stored);
        }

        public Readable with(ContactEvent other) {
            return new Readable(index, key, contentHash, other, stored);
        }

        /** As it is set aside if it cannot be applied, with the words of a turn as they would have been stored. */
        Unreadable setAside(String reason) {
            ObjectNode event = stored.deepCopy();
            if (this.event instanceof ContactEvent.Said said) {
                event.withObjectProperty("data").put("text", said.text());
            }
            return new Unreadable(index, key, reason, event);
        }
    }

    /** An event that is set aside. {@code event} is the redacted structured form as far as there is one. */
    record Unreadable(int index, EventKey key, String reason, ObjectNode event) implements Reading {
        /** The same at another position. */
        public Unreadable at(int other) {
            return new Unreadable(other, key, reason, event);
        }

        public @Nullable String attribute(String name) {
            return event.path(name).isString() ? event.path(name).asString() : null;
        }
    }
}
