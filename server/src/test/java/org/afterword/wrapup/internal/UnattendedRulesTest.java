package org.afterword.wrapup.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.afterword.catalog.APolicy;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Disposition;
import org.afterword.catalog.Form;
import org.afterword.catalog.FormField;
import org.afterword.conversation.Channel;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.desk.LegKey;
import org.afterword.desk.LegSpan;
import org.afterword.identity.AgentId;
import org.afterword.platform.Json;
import org.afterword.wrapup.DraftSource.Proposal;
import org.afterword.wrapup.DraftTrust.Trust;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpPolicy;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.internal.UnattendedRules.Reason;
import org.afterword.wrapup.internal.UnattendedRules.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

class UnattendedRulesTest {
    private static final Instant ENDED = Instant.parse("2026-03-02T09:00:00Z");
    private static final String ASKED = "{'callTypes': ['BALANCE'], 'confidence': 0.95}";

    /** A contact that a policy approves, and how to spoil it. */
    private static final class Spoiled {
        String unattended = ASKED;

        @Nullable
        String callType = "BALANCE";

        WrapUp wrapUp = WrapUp.preparing(
                new WrapUpId("w"),
                new LegSpan(
                        new LegKey(new InteractionId("call"), "l"),
                        new AgentId("ann"),
                        LegRole.PRIMARY,
                        ENDED.minusSeconds(60),
                        ENDED,
                        Duration.ZERO,
                        false,
                        false),
                Channel.VOICE,
                1);
        boolean isOver;
        int wrapUps = 1;
        StoredRecord stored = StoredRecord.empty(new WrapUpId("w"));
        boolean isSettled = true;
        boolean isDrawn;
        boolean isSensitive;
        boolean isWithheld;
        final Set<String> earned = new HashSet<>(Set.of("disposition", "summary", "followUps"));
        final Set<String> unearned = new HashSet<>();
        final ObjectNode record = WrapUpFixture.record("{'disposition': 'TOLD', 'summary': 'Told the balance.'}");
        final ObjectNode draft = WrapUpFixture.record("""
                {'status': 'ready', 'turns': 4, 'learned': {'dispositions': 3},
                 'disposition': {'value': 'TOLD', 'confidence': 0.97, 'check': 'supported', 'evidence': [{'turn': 0}], 'alternatives': []},
                 'summary': {'statements': [{'value': 'Told the balance.', 'check': 'supported', 'confidence': 0.8}]},
                 'followUps': [], 'fields': {}, 'customerChanges': {}, 'sentiment': {'value': null, 'check': 'notHeard'}}
                """);

        UnattendedRules.Contact contact() {
            var settings = APolicy.of("p", "{'unattended': %s, 'requiredParts': ['/summary']}".formatted(unattended))
                    .settings();
            WrapUp open = wrapUp.under(new WrapUpPolicy(List.of("p"), List.of(), 3, false, settings))
                    .openUntil(null);
            return new UnattendedRules.Contact(
                    isOver ? open.withState(new WrapUpState.Expired(ENDED, "ended")) : open,
                    wrapUps,
                    stored,
                    new InteractionDetails(null, null, "q", null, null, callType, null, Map.of()),
                    isWithheld
                            ? Proposal.withheld("call#1", ENDED, draft)
                            : new Proposal("call#1", ENDED, "builtIn", record, draft),
                    new Trust(isSettled, earned, unearned, isDrawn),
                    catalog());
        }

        private Catalog catalog() {
            var field = new FormField("pin", "Pin", null, FormField.Type.TEXT, List.of(), false, isSensitive);
            return new Catalog(
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(
                            new CallType("BALANCE", "Balance", null, null, "F", null),
                            new CallType("LOAN", "Loan", null, null, null, null)),
                    List.of(),
                    List.of(),
                    List.of(
                            new Disposition("TOLD", "Told", null, null, List.of("BALANCE")),
                            new Disposition("LENT", "Lent", null, null, List.of("LOAN"))),
                    List.of(),
                    List.of(new Form("F", "F", List.of(field))),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());
        }

        private ObjectNode disposition() {
            return (ObjectNode) draft.get("disposition");
        }

        private void marked(String check) {
            draft.putObject("fields").putObject("check").put("value", "x").put("check", check);
        }
    }

    private enum Flaw {
        NO_POLICY(Reason.NOT_ASKED, c -> c.unattended = "null"),
        WINDOW_IS_OVER(Reason.NOT_ASKED, c -> c.isOver = true),
        NOBODY_SAID_WHAT_IT_IS_ABOUT(Reason.CALL_TYPE_NOT_NAMED, c -> c.callType = null),
        ANOTHER_CALL_TYPE(Reason.CALL_TYPE_NOT_NAMED, c -> c.callType = "LOAN"),
        THE_AGENT_SAID_ANOTHER_ONE(
                Reason.CALL_TYPE_NOT_NAMED, c -> c.wrapUp = c.wrapUp.withChoice(new WrapUp.Choice("LOAN", false))),
        A_SECOND_LEG(Reason.NOT_ALONE, c -> c.wrapUps = 2),
        TYPED(Reason.TOUCHED, c -> c.wrapUp = c.wrapUp.written(Set.of("/tags"), ENDED)),
        A_KEY_PRESSED(Reason.TOUCHED, c -> c.wrapUp = c.wrapUp.withInput(ENDED)),
        A_WINDOW_ASKED_FOR(Reason.TOUCHED, c -> c.wrapUp = c.wrapUp.markRequested()),
        TAKEN_BACK(Reason.TOUCHED, c -> c.stored = c.stored.next(Json.object(), Json.object())),
        ESCALATED(Reason.TOUCHED, c -> c.wrapUp = c.wrapUp.withChoice(new WrapUp.Choice("BALANCE", true))),
        EXTENDED(Reason.TOUCHED, c -> c.wrapUp = c.wrapUp.credited(credit("extension"))),
        EXTENDED_BY_A_SUPERVISOR(Reason.TOUCHED, c -> c.wrapUp = c.wrapUp.credited(credit("override"))),
        GIVEN_AWAY(Reason.TOUCHED, c -> c.wrapUp = c.wrapUp.assignedTo(new AgentId("ben"))),
        STILL_DRAFTED(Reason.NOT_SETTLED, c -> c.isSettled = false),
        WITHHELD_BY_LOT(Reason.NOT_DRAFTED, c -> c.isWithheld = true),
        GROWING(Reason.NOT_DRAFTED, c -> c.draft.put("status", "growing")),
        NOBODY_HEARD_YET(Reason.NOT_DRAFTED, c -> c.draft.put("turns", 0)),
        NOT_ALL_UNDERSTOOD(Reason.NOT_DRAFTED, c -> c.draft.put("reason", "Some turns are in French.")),
        STRUCK(Reason.MARKED, c -> c.marked("struck")),
        UNSUPPORTED(Reason.MARKED, c -> c.marked("unsupported")),
        OPINION(Reason.MARKED, c -> c.marked("opinion")),
        CUSTOMER_MOVED(
                Reason.LEFT_TO_PERSONS,
                c -> c.draft.putObject("customerChanges").putObject("address")),
        SENSITIVE_FIELD(Reason.LEFT_TO_PERSONS, c -> c.isSensitive = true),
        UNSURE(Reason.NOT_SURE, c -> c.disposition().put("confidence", 0.9499)),
        NEVER_MEASURED(Reason.NOT_SURE, c -> c.draft.remove("learned")),
        RESTS_ON_NOTHING(Reason.NOT_SURE, c -> c.disposition().putArray("evidence")),
        NO_DISPOSITION(Reason.NOT_SURE, c -> c.record.remove("disposition")),
        DISPOSITION_NOT_EARNED(Reason.NOT_SURE, c -> c.earned.remove("disposition")),
        DISPOSITION_OF_ANOTHER_CALL_TYPE(Reason.NOT_SURE, c -> {
            c.disposition().put("value", "LENT");
            c.record.put("disposition", "LENT");
        }),
        A_PART_NOT_EARNED(Reason.NOT_EARNED, c -> c.unearned.add("tags")),
        REQUIRED_PART_MISSING(Reason.INCOMPLETE, c -> c.record.remove("summary")),
        REQUIRED_PART_NOT_EARNED(Reason.INCOMPLETE, c -> c.earned.remove("summary")),
        DRAWN(Reason.DRAWN, c -> c.isDrawn = true);

        private final Reason reason;
        private final Consumer<Spoiled> spoil;

        Flaw(Reason reason, Consumer<Spoiled> spoil) {
            this.reason = reason;
            this.spoil = spoil;
        }

        private static WrapUp.Credit credit(String kind) {
            return new WrapUp.Credit(kind, Duration.ofSeconds(30), ENDED, null);
        }
    }

    /** One that speaks against it is enough, whatever else does. */
    @Property
    void nothingIsApprovedThatAnythingSpeaksAgainst(@ForAll Set<Flaw> flaws) {
        var contact = new Spoiled();
        flaws.forEach(flaw -> flaw.spoil.accept(contact));

        Verdict verdict = UnattendedRules.decide(contact.contact());

        assertThat(verdict instanceof Verdict.Approved).isEqualTo(flaws.isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void whatSpeaksAgainstItIsKnown(Flaw flaw) {
        var contact = new Spoiled();
        flaw.spoil.accept(contact);

        assertThat(UnattendedRules.decide(contact.contact())).isEqualTo(new Verdict.Refused(flaw.reason));
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"DRAWN"},
            mode = EnumSource.Mode.EXCLUDE)
    void whoIsDrawnIsLikeWhoIsApproved(Reason reason) {
        for (Flaw flaw : Flaw.values()) {
            if (flaw.reason == reason) {
                var contact = new Spoiled();
                contact.isDrawn = true;
                flaw.spoil.accept(contact);
                assertThat(UnattendedRules.decide(contact.contact())).isEqualTo(new Verdict.Refused(reason));
            }
        }
    }

    /** Nobody judges what the panel does not show: it stays in the draft. */
    @Test
    void onlyWhatHasEarnedItIsLetOut() {
        var contact = new Spoiled();
        contact.record.put("issue", "Asked for the balance.");

        var approved = (Verdict.Approved) UnattendedRules.decide(contact.contact());

        assertThat(approved.draft().record().propertyNames()).containsExactlyInAnyOrder("disposition", "summary");
        assertThat(approved.disposition()).isEqualTo("TOLD");
        assertThat(approved.confidence()).isEqualTo(0.97);
    }
}
