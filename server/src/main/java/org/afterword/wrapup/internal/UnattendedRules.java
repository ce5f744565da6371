package org.afterword.wrapup.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Disposition;
import org.afterword.catalog.FormField;
import org.afterword.catalog.PolicySettings;
import org.afterword.catalog.RecordPart;
import org.afterword.conversation.InteractionDetails;
import org.afterword.wrapup.DraftSource.Proposal;
import org.afterword.wrapup.DraftTrust.Trust;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpState;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a policy approves a drafted record in the place of a person: only if nothing at all speaks against it (decision 0037). The lot
 * is looked at last, so that who is drawn is like who is approved.
 */
final class UnattendedRules {
    /** What the check says of claims that do not stand as they are. */
    private static final Set<String> MARKED = Set.of("unsupported", "opinion", "struck");

    private UnattendedRules() {}

    /** What a policy decides by. All of it as it is under the lock of the agent. */
    record Contact(
            WrapUp wrapUp,
            int wrapUps,
            StoredRecord stored,
            InteractionDetails details,
            @Nullable Proposal draft,
            Trust trust,
            Catalog catalog) {
        /** As an event or a person said; a queue's default is a guess about one contact. */
        @Nullable
        String callType() {
            String chosen = wrapUp.choice().callType();
            return chosen == null ? details.callType() : chosen;
        }
    }

    /** What speaks against it, in the order in which it is looked at. */
    enum Reason {
        /** The window does not run, or no policy asks for it. */
        NOT_ASKED,
        CALL_TYPE_NOT_NAMED,
        /** Other records tell of the same words. */
        NOT_ALONE,
        /** A person has begun, or wants to. */
        TOUCHED,
        /** Words or prose may still come; to be looked at again. */
        NOT_SETTLED,
        NOT_DRAFTED,
        MARKED,
        /** Something that only a person decides is proposed, or asked for. */
        LEFT_TO_PERSONS,
        NOT_SURE,
        NOT_EARNED,
        INCOMPLETE,
        DRAWN
    }

    sealed interface Verdict {
        /**
         * @param draft with those parts alone that may be let out
         */
        record Approved(Proposal draft, String disposition, double confidence) implements Verdict {}

        record Refused(Reason reason) implements Verdict {}
    }

    /** Whether it is worth looking. */
    static boolean isAsked(WrapUp wrapUp) {
        return wrapUp.state() instanceof WrapUpState.Open
                && !wrapUp.isPart()
                && wrapUp.fixedPolicy().unattended().allowsAnything();
    }

    static Verdict decide(Contact contact) {
        if (!isAsked(contact.wrapUp())) {
            return new Verdict.Refused(Reason.NOT_ASKED);
        }
        Proposal draft = contact.draft() == null
                ? null
                : letOut(contact.draft(), contact.trust().earned());
        Optional<Reason> against = againstContact(contact)
                .or(() -> draft == null ? Optional.of(Reason.NOT_DRAFTED) : againstDraft(contact, draft));
        if (against.isPresent() || draft == null) {
            return new Verdict.Refused(against.orElse(Reason.NOT_DRAFTED));
        }
        return new Verdict.Approved(draft, draft.record().path("disposition").asString(), confidence(draft.draft()));
    }

    /** What only people may approve, or what none looks at, stays out. */
    private static Proposal letOut(Proposal draft, Set<String> earned) {
        ObjectNode record = draft.record().deepCopy();
        record.retain(earned);
        return new Proposal(draft.draftId(), draft.createdAt(), draft.source(), record, draft.draft(), draft.sources());
    }

    private static Optional<Reason> againstContact(Contact contact) {
        String callType = contact.callType();
        if (callType == null || !asked(contact).callTypes().contains(callType)) {
            return Optional.of(Reason.CALL_TYPE_NOT_NAMED);
        }
        if (contact.wrapUps() != 1) {
            return Optional.of(Reason.NOT_ALONE);
        }
        if (isTouched(contact)) {
            return Optional.of(Reason.TOUCHED);
        }
        return contact.trust().isSettled() ? Optional.empty() : Optional.of(Reason.NOT_SETTLED);
    }

    private static PolicySettings.Unattended asked(Contact contact) {
        return contact.wrapUp().fixedPolicy().unattended();
    }

    /** A record that was taken back is stored, so it is touched for good. */
    private static boolean isTouched(Contact contact) {
        WrapUp wrapUp = contact.wrapUp();
        return contact.stored().version() > 0
                || wrapUp.started()
                || wrapUp.inputAt() != null
                || wrapUp.requested()
                || wrapUp.extensions() > 0
                || wrapUp.assignee() != null
                || wrapUp.choice().escalated()
                || wrapUp.credits().stream().anyMatch(credit -> credit.kind().equals("override"));
    }

    private static Optional<Reason> againstDraft(Contact contact, Proposal letOut) {
        JsonNode draft = letOut.draft();
        // what could not be understood may have said something else, and where nobody was heard yet, words may come
        boolean isOfAllWords = draft.path("status").asString("").equals("ready")
                && draft.path("reason").asString("").isEmpty()
                && draft.path("turns").asInt(0) > 0;
        if (letOut.isWithheld() || !isOfAllWords) {
            return Optional.of(Reason.NOT_DRAFTED);
        }
        if (hasMarked(draft)) {
            return Optional.of(Reason.MARKED);
        }
        if (!draft.path("customerChanges").isEmpty() || asksForSealed(contact, letOut.record())) {
            return Optional.of(Reason.LEFT_TO_PERSONS);
        }
        if (!isSure(contact, letOut)) {
            return Optional.of(Reason.NOT_SURE);
        }
        if (!contact.trust().unearned().isEmpty()) {
            return Optional.of(Reason.NOT_EARNED);
        }
        if (!RecordCheck.faults(
                        letOut.record(), contact.catalog(), contact.wrapUp().fixedPolicy(), contact.callType())
                .isEmpty()) {
            return Optional.of(Reason.INCOMPLETE);
        }
        return contact.trust().isDrawn() ? Optional.of(Reason.DRAWN) : Optional.empty();
    }

    private static boolean hasMarked(JsonNode draft) {
        return Arrays.stream(RecordPart.values()).anyMatch(part -> isMarked(draft.path(part.member())));
    }

    /** The claim, or one in it. */
    private static boolean isMarked(JsonNode claims) {
        return MARKED.contains(claims.path("check").asString(""))
                || claims.valueStream().anyMatch(UnattendedRules::isMarked);
    }

    private static boolean asksForSealed(Contact contact, ObjectNode record) {
        List<String> reasons = record.path("reasons")
                .valueStream()
                .map(code -> code.asString(""))
                .toList();
        return contact
                .catalog()
                .fieldsFor(
                        contact.callType(), reasons, record.path("disposition").asString(null))
                .stream()
                .anyMatch(FormField::sensitive);
    }

    /** By a model that learned from confirmed records: before there is one, what a draft states is no measured probability. */
    private static boolean isSure(Contact contact, Proposal letOut) {
        JsonNode drafted = letOut.draft().path("disposition");
        String code = letOut.record().path("disposition").asString("");
        Double least = asked(contact).confidence();
        return least != null
                && confidence(letOut.draft()) >= least
                && letOut.draft().path("learned").path("dispositions").asLong(0) > 0
                && drafted.path("value").asString("").equals(code)
                && !drafted.path("evidence").isEmpty()
                && contact.catalog()
                        .findDisposition(code)
                        .filter(found -> belongsTo(found, contact.callType()))
                        .isPresent();
    }

    /** One of another call type says that the contact was about something else. */
    private static boolean belongsTo(Disposition disposition, @Nullable String callType) {
        return disposition.callTypes().isEmpty()
                || callType != null && disposition.callTypes().contains(callType);
    }

    private static double confidence(JsonNode draft) {
        return draft.path("disposition").path("confidence").asDouble(0);
    }
}
