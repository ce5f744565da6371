package org.afterword.wrapup.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.afterword.wrapup.internal.PureDesk.timeboxed;
import static org.afterword.wrapup.internal.WrapUpFixture.ADA;
import static org.afterword.wrapup.internal.WrapUpFixture.ANN;
import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.afterword.wrapup.internal.WrapUpFixture.TENANT;
import static org.afterword.wrapup.internal.WrapUpFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Disposition;
import org.afterword.catalog.Form;
import org.afterword.catalog.FormField;
import org.afterword.catalog.PolicySettings.AtDeadline;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.wrapup.WrapUpView;
import org.afterword.wrapup.WrapUps;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Values of sensitive fields: encrypted, masked, revealed with a reason that the trail keeps. */
class SensitiveFieldsTest {
    private static final String IBAN = "DE89370400440532013000";
    private static final String OTHER_IBAN = "GB82WEST12345698765432";
    private static final String MASK = "\\[sealed [a-z]{10}]";
    private static final String TABLES = """
            SELECT c.oid::regclass::text
              FROM pg_class AS c
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            """;

    private static final String REVEALED = """
            SELECT actor || ' ' || (content ->> 'field') || ': ' || (content ->> 'reason')
              FROM audit_entry JOIN audit_content USING (tenant_id, recorded_at, number)
             WHERE kind = 'sensitive.revealed'
            """;

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    final WrapUpFixture floor = new WrapUpFixture(database);

    @BeforeEach
    void aCallHasEnded() {
        var form = new Form(
                "PAYOUT",
                "Payout",
                List.of(
                        field("iban", "Account", FormField.Type.TEXT, true),
                        field("born", "Born on", FormField.Type.DATE, true),
                        field("digits", "Card security code", FormField.Type.TEXT, true),
                        field("note", "Note", FormField.Type.TEXT, false)));
        var catalog = new Catalog(
                List.of(),
                List.of(),
                List.of(),
                List.of(new CallType("PAYOUT", "Payout", null, null, "PAYOUT", null)),
                List.of(timeboxed(60, AtDeadline.DEFER)),
                List.of(),
                List.of(new Disposition("DONE", "Done", null, null, List.of())),
                List.of(),
                List.of(form),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        floor.tenancy.run(TENANT, () -> floor.catalogs.put(catalog, ADA));
        floor.take(floor.event("agent.signed-in", "ann", "{}"), floor.event("agent.ready", "ann", "{}"));
        floor.take(floor.event("interaction.started", "call", "{'callType':'PAYOUT'}"));
        floor.connect("call", "ann");
        floor.clock.advance(Duration.ofSeconds(100));
        floor.hangUp("call");
    }

    private static FormField field(String name, String label, FormField.Type type, boolean sensitive) {
        return new FormField(name, label, null, type, List.of(), false, sensitive);
    }

    @Test
    void aRecordShowsAMaskAndTheValueIsRevealedWithAReason() {
        WrapUpView patched = patch(0, "{'fields':{'iban':'%s','note':'asap'}}".formatted(IBAN));

        assertThat(text(patched, "iban")).matches(MASK);
        assertThat(text(patched, "note")).isEqualTo("asap");
        assertThat(floor.reveal.value(SAM, patched.id(), "iban", "The bank called, 4111111111111111."))
                .isEqualTo(IBAN);
        assertThat(floor.owner.queryForList(REVEALED, String.class))
                .containsExactly("user:sam iban: The bank called, [card number].");
    }

    @Test
    void nothingOfItStandsInAnyTable() {
        patch(0, "{'fields':{'iban':'%s','born':'1980-04-12'}}".formatted(IBAN));
        complete(1, "{'disposition':'DONE'}");
        floor.clock.advance(Duration.ofSeconds(20));
        floor.work();
        floor.wrapUps.revise(
                SAM, floor.idOf("call"), record("{'fields':{'iban':'%s'}}".formatted(OTHER_IBAN)), "Misheard.");
        floor.reveal.value(SAM, floor.idOf("call"), "iban", "Asked for.");

        assertThat(floor.announced()).contains("wrapup.completed", "wrapup.revised");
        for (String value : List.of(IBAN, OTHER_IBAN, "1980-04-12")) {
            assertStoredNowhere(value);
        }
    }

    @Test
    void whoTypedItReplacesItWithoutSeeingIt() {
        String first = text(patch(0, "{'fields':{'iban':'%s'}}".formatted(IBAN)), "iban");
        String again = text(patch(1, "{'fields':{'iban':'%s'},'summary':'Typed.'}".formatted(IBAN)), "iban");
        String masked = text(patch(2, "{'fields':{'iban':'%s'},'summary':'More.'}".formatted(first)), "iban");
        String other = text(patch(3, "{'fields':{'iban':'%s'}}".formatted(OTHER_IBAN)), "iban");

        assertThat(List.of(again, masked)).containsOnly(first);
        assertThat(other).matches(MASK).isNotEqualTo(first);
        assertThat(floor.reveal.value(SAM, floor.idOf("call"), "iban", "Asked for."))
                .isEqualTo(OTHER_IBAN);
        assertThat(floor.count("sealed_field")).isOne();
        refused(ProblemType.FORBIDDEN, () -> floor.reveal.value(ANN, floor.idOf("call"), "iban", "Mine."));
        refused(ProblemType.FORBIDDEN, () -> floor.reveal.value(ADA, floor.idOf("call"), "iban", "Curious."));
    }

    @Test
    void aMaskOfAnotherValueIsNoValue() {
        String mask = text(patch(0, "{'fields':{'iban':'%s'}}".formatted(IBAN)), "iban");

        refused(ProblemType.INVALID, () -> patch(1, "{'fields':{'born':'%s'}}".formatted(mask)));
        refused(ProblemType.INVALID, () -> patch(1, "{'fields':{'iban':'[sealed bcdfghjklm]'}}"));
    }

    @Test
    void aValueThatDoesNotFitIsRefusedWithoutBeingRepeated() {
        patch(0, "{'fields':{'born':'12 April'}}");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> complete(1, "{'disposition':'DONE'}"))
                .satisfies(refusal -> assertThat(refusal.faults())
                        .containsExactly(new ProblemException.Fault(
                                "#/record/fields/born", "Born on must be a date, as in 2026-03-31")));
    }

    @Test
    void aSecurityCodeIsNotEvenEncrypted() {
        assertThat(text(patch(0, "{'fields':{'digits':'739'}}"), "digits")).isEqualTo("[security code]");
        assertThat(floor.count("sealed_field")).isZero();
        refused(ProblemType.NOT_FOUND, () -> floor.reveal.value(SAM, floor.idOf("call"), "digits", "Asked for."));
    }

    @Test
    void anEmptiedFieldIsForgottenAndARevisedOneStaysWithItsRevision() {
        patch(0, "{'fields':{'iban':'%s','born':'1980-04-12'}}".formatted(IBAN));
        patch(1, "{'fields':{'born':null}}");
        assertThat(floor.count("sealed_field")).isOne();

        complete(2, "{'disposition':'DONE'}");
        floor.clock.advance(Duration.ofSeconds(20));
        floor.work();
        floor.wrapUps.revise(
                SAM, floor.idOf("call"), record("{'fields':{'iban':'%s'}}".formatted(OTHER_IBAN)), "Misheard.");

        assertThat(floor.count("sealed_field")).isEqualTo(2);
    }

    private WrapUpView patch(long version, String json) {
        return floor.wrapUps.patch(ANN, floor.idOf("call"), version, record(json));
    }

    private void complete(long version, String json) {
        floor.wrapUps.complete(
                ANN, floor.idOf("call"), version, new WrapUps.Completion(record(json), List.of(), null, null));
    }

    private static String text(WrapUpView shown, String field) {
        return shown.record().path("fields").path(field).asString("");
    }

    private static void refused(ProblemType type, ThrowingCallable call) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.type()).isEqualTo(type));
    }

    /** Not as text, nor as bytes or in base 64. */
    private void assertStoredNowhere(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        for (String table : floor.owner.queryForList(TABLES, String.class)) {
            floor.owner
                    .queryForList("SELECT t::text FROM " + table + " AS t", String.class)
                    .forEach(row -> assertThat(row)
                            .as(table)
                            .doesNotContain(
                                    value,
                                    HexFormat.of().formatHex(bytes),
                                    Base64.getEncoder().encodeToString(bytes)));
        }
    }
}
