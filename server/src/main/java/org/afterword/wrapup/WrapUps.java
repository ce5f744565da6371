package org.afterword.wrapup;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.NextState;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The front door of after-call work. Each call is one transaction of the caller's tenant, checks what the caller may do,
 * and answers the wrap-up as it is afterwards. The trail notes every {@link WrapUpView} as read by the caller. Refusals are {@link ProblemException}s.
 */
public interface WrapUps {

    /** @throws ProblemException NOT_FOUND, also for an agent that asks for somebody else's */
    WrapUpView get(Caller caller, WrapUpId id);

    /** A page by the opening of the windows, newest first; conditions that are null hold always. */
    Page list(
            Caller caller,
            @Nullable AgentId agent,
            @Nullable InteractionId interaction,
            @Nullable WrapUpStatus status,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String cursor,
            int limit);

    record Page(List<WrapUpView> items, @Nullable String next) {}

    /** What an agent has on its hands: legs that are on, windows, and what can still be reopened; oldest first. */
    List<WrapUpView> onHand(Caller caller, AgentId agent);

    /** The records that an agent owes, those of others' legs too, without what they say; the one that is due first first; at most {@code limit}. */
    List<Owed> owed(Caller caller, AgentId agent, int limit);

    /** @param dueAt null if it was paid meanwhile */
    record Owed(
            WrapUpId id,
            InteractionId interactionId,
            InteractionDetails.@Nullable Customer customer,
            @Nullable String queue,
            Instant startedAt,
            @Nullable Instant dueAt) {}

    /** What these agents have on their hands, in the running transaction and without content; for modules above. */
    List<WrapUp> live(Collection<AgentId> agents);

    /**
     * Agents waited for one of our own systems, from these times until now. The windows of these contacts that run get that back,
     * as far as their policies give it, once for each system. A transaction of its own; for modules above.
     */
    void waited(TenantId tenant, String system, Map<InteractionId, Instant> since);

    /** How many records are owed, in the running transaction; for modules above. */
    Debt debt();

    /** @param pastDue those of the {@code records} whose due time is over */
    record Debt(long records, long pastDue) {}

    /** The wrap-ups of all legs of the interactions, in the running transaction; for modules above. */
    List<WrapUp> ofInteractions(Collection<InteractionId> interactions);

    /**
     * Merges {@code patch} into the record; what it touches is {@code typed}.
     *
     * @param version of the record that the caller has seen
     * @throws ProblemException STALE with the current record, if somebody else was faster; INVALID
     */
    WrapUpView patch(Caller caller, WrapUpId id, long version, ObjectNode patch);

    /**
     * Confirms the record and releases the agent. A repeat that would change nothing answers as the first did.
     *
     * @throws ProblemException RECORD_INCOMPLETE naming everything that is missing or wrong; STALE; CONFLICT; FORBIDDEN for
     *     a token that is no agent's, since a program answers for nothing
     */
    WrapUpView complete(Caller caller, WrapUpId id, long version, Completion completion);

    /**
     * @param record      merged first, as by {@link #patch}; null for none
     * @param unconfirmed JSON pointers to parts that the person did not look at
     * @param draftId     the draft that the caller has seen; STALE if another one stands. Null = whichever stands
     * @param noContact   why there is nothing to record: then no part is required. Null = there was a contact
     * @param next        what the agent wants to be from its release on; at once where it was released before and is still
     *                    signed in. Null leaves it
     */
    record Completion(
            @Nullable ObjectNode record,
            List<String> unconfirmed,
            @Nullable String draftId,
            WrapUp.@Nullable NoContact noContact,
            @Nullable NextState next) {
        public Completion {
            unconfirmed = List.copyOf(unconfirmed);
        }

        /** Of a contact that there was. */
        public Completion(
                @Nullable ObjectNode record,
                List<String> unconfirmed,
                @Nullable String draftId,
                @Nullable NextState next) {
            this(record, unconfirmed, draftId, null, next);
        }
    }

    /** Takes a completion back while the reopening time runs. */
    WrapUpView reopen(Caller caller, WrapUpId id);

    /** More time, as far as the policy gives it. */
    WrapUpView extend(Caller caller, WrapUpId id, @Nullable String reason);

    /** Releases the agent; what is put off is owed. */
    WrapUpView defer(Caller caller, WrapUpId id, Deferral deferral);

    /**
     * @param dueAt null = as the policy says
     * @param parts JSON pointers to the required parts that are put off; empty = whatever is missing. All others must be there
     */
    record Deferral(WrapUpState.Owner owner, @Nullable Instant dueAt, String reason, List<String> parts) {
        public Deferral {
            parts = List.copyOf(parts);
        }

        /** Of whatever is missing. */
        public Deferral(WrapUpState.Owner owner, @Nullable Instant dueAt, String reason) {
            this(owner, dueAt, reason, List.of());
        }
    }

    /**
     * Says what the contact is about, during the call or after it. What that asks for applies, and its window if it is longer.
     *
     * @param callType  of the catalog; null = as the event or the queue says
     * @param escalated it is of high complexity, whatever its call type
     */
    WrapUpView choose(Caller caller, WrapUpId id, @Nullable String callType, boolean escalated);

    /** The agent presses keys, so a deadline waits a little. */
    void input(Caller caller, WrapUpId id);

    /** The agent asks for a window, where its policy gives one on request. */
    void request(Caller caller, AgentId agent);

    /** What a supervisor does, whatever the policy allows. */
    WrapUpView override(Caller caller, WrapUpId id, Intervention intervention);

    /**
     * @param seconds goes with {@code EXTEND}
     * @param agent   goes with {@code REASSIGN}: who gets the record
     */
    record Intervention(
            OverrideAction action,
            String reason,
            @Nullable Integer seconds,
            @Nullable AgentId agent) {
        /** One that needs nothing but its reason. */
        public static Intervention of(OverrideAction action, String reason) {
            return new Intervention(action, reason, null, null);
        }
    }

    enum OverrideAction {
        EXTEND,
        /** Close it with what there is. */
        END,
        /** Release the agent, who owes the record. */
        DEFER,
        /** Somebody else owes the record; the agent is released. */
        REASSIGN,
        /** End a leg that is still on, because its end was lost; its agent is free and owes the record. */
        RELEASE
    }

    /** Amends a record whose reopening time is over; what was before is kept with who and why. Only a person may, as above. */
    WrapUpView revise(Caller caller, WrapUpId id, ObjectNode patch, String reason);

    /** The agent's wish: from now on, or from its next release. */
    void want(Caller caller, AgentId agent, NextState next, boolean afterWrapUp);
}
