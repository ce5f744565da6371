package org.afterword.wrapup.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.afterword.platform.Json;
import org.afterword.wrapup.DraftSource.Proposal;
import org.afterword.wrapup.WrapUpId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Invariant 5 of the design over random histories of drafts and typing; values are short, so that they often meet. */
class RecordPropertiesTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final List<String> POINTERS = List.of(
            "/summary",
            "/disposition",
            "/fields/amount",
            "/fields/a~1b",
            "/nextSteps/n1",
            "/customerChanges/phone",
            "/keywords");

    /** What no draft fills in. */
    private static final Set<String> BY_PEOPLE = Set.of("/customerChanges/phone", "/keywords");

    /** A new draft, or a person's touch of one part; a null value empties it. */
    private sealed interface Step {
        record Drafts(Map<String, String> values) implements Step {}

        record Types(String pointer, @Nullable String value) implements Step {}
    }

    @Property
    void whatAPersonTypedIsNeverCoveredByADraft(@ForAll("histories") List<Step> history) {
        var played = new Played();
        history.forEach(played::play);

        RecordView shown = played.shown();
        for (String pointer : POINTERS) {
            String drafted = BY_PEOPLE.contains(pointer) ? null : played.drafted.get(pointer);
            String expected = played.typed.containsKey(pointer) ? played.typed.get(pointer) : drafted;
            assertThat(text(shown, pointer)).as(pointer).isEqualTo(expected);
            if (expected != null) {
                assertThat(status(shown, pointer)).isEqualTo(played.typed.containsKey(pointer) ? "typed" : "drafted");
            }
        }
    }

    @Property
    void noChangeOfTheCustomersDataIsInACompletedRecordUnlessAPersonTickedIt(@ForAll("histories") List<Step> history) {
        var played = new Played();
        history.forEach(played::play);

        RecordView completed = played.shown().confirmed(Set.of(), "user:ann", NOW);

        String ticked = played.typed.get("/customerChanges/phone");
        assertThat(text(completed, "/customerChanges/phone")).isEqualTo(ticked);
        assertThat(text(completed.approved(), "/customerChanges/phone")).isEqualTo(ticked);
    }

    @Property
    void aTimeOutInventsNoAnswer(@ForAll("histories") List<Step> history) {
        var played = new Played();
        history.forEach(played::play);
        RecordView shown = played.shown();

        RecordView closed = shown.timedOut(NOW);

        assertThat(closed.record()).isEqualTo(shown.record());
        for (String pointer : Parts.of(closed.record()).keySet()) {
            assertThat(status(closed, pointer)).isEqualTo(played.typed.containsKey(pointer) ? "typed" : "timedOut");
        }
    }

    @Property
    void aConfirmationSaysOfEachPartWhetherItWasLookedAt(
            @ForAll("histories") List<Step> history, @ForAll("pointers") Set<String> unconfirmed) {
        var played = new Played();
        history.forEach(played::play);
        RecordView shown = played.shown();

        RecordView confirmed = shown.confirmed(unconfirmed, "user:ann", NOW);

        assertThat(confirmed.record()).isEqualTo(shown.record());
        for (String pointer : Parts.of(confirmed.record()).keySet()) {
            assertThat(status(confirmed, pointer))
                    .isEqualTo(unconfirmed.contains(pointer) ? status(shown, pointer) : "confirmed");
        }
        Proposal later = proposal(Map.of("/summary", "later", "/fields/amount", "later"));
        StoredRecord stored = StoredRecord.empty(new WrapUpId("w1")).next(confirmed.record(), confirmed.provenance());
        Parts.of(confirmed.record())
                .forEach((pointer, value) -> assertThat(
                                RecordView.of(stored, later).record().at(pointer))
                        .isEqualTo(value));
    }

    @Property
    void nothingLeavesThatWasNotConfirmed(
            @ForAll("histories") List<Step> history, @ForAll("pointers") Set<String> unconfirmed) {
        var played = new Played();
        history.forEach(played::play);
        RecordView confirmed = played.shown().confirmed(unconfirmed, "user:ann", NOW);

        RecordView leaving = confirmed.approved();

        for (String pointer : POINTERS) {
            assertThat(text(leaving, pointer))
                    .isEqualTo(
                            unconfirmed.contains(pointer) || pointer.equals("/keywords")
                                    ? null
                                    : text(confirmed, pointer));
        }
        assertThat(leaving.provenance().propertyNames())
                .containsExactlyInAnyOrderElementsOf(Parts.of(leaving.record()).keySet());
    }

    @Property
    void aRevisionAnswersForWhatItChangesAndForNothingElse(
            @ForAll("histories") List<Step> history, @ForAll("pointers") Set<String> changed) {
        var played = new Played();
        history.forEach(played::play);
        RecordView before = played.shown().confirmed(Set.of(), "user:ann", NOW);
        ObjectNode patch = Json.object();
        changed.forEach(pointer -> Parts.set(patch, pointer, Json.tree("revised")));

        RecordView amended = before.amended(patch, "user:sam", NOW.plusSeconds(60));

        for (String pointer : Parts.of(amended.record()).keySet()) {
            assertThat(status(amended, pointer)).isEqualTo("confirmed");
            assertThat(amended.provenance().path(pointer).path("by").asString())
                    .isEqualTo(changed.contains(pointer) ? "user:sam" : "user:ann");
        }
    }

    /** A record under drafts and typing, beside what has to come of it. */
    private static final class Played {
        final Map<String, @Nullable String> typed = new HashMap<>();
        Map<String, String> drafted = Map.of();
        private StoredRecord stored = StoredRecord.empty(new WrapUpId("w1"));

        void play(Step step) {
            switch (step) {
                case Step.Drafts(Map<String, String> values) -> drafted = values;
                case Step.Types(String pointer, String value) -> type(pointer, value);
            }
        }

        private void type(String pointer, @Nullable String value) {
            RecordView before = shown();
            RecordView after = before.typed(patch(pointer, value), "user:ann", NOW);
            if (!after.equals(before)) {
                RecordView touched = after.touched();
                stored = stored.next(touched.record(), touched.provenance());
            }
            // naming a part makes it that person's, also with the value that it has; emptying what is empty says
            // nothing
            if (value != null || text(before, pointer) != null) {
                typed.put(pointer, value);
            }
        }

        RecordView shown() {
            return RecordView.of(stored, proposal(drafted));
        }
    }

    private static ObjectNode patch(String pointer, @Nullable String value) {
        ObjectNode patch = Json.object();
        Parts.set(patch, pointer, Json.tree("x"));
        int slash = pointer.indexOf('/', 1);
        ObjectNode holder = slash < 0 ? patch : (ObjectNode) patch.at(pointer.substring(0, slash));
        holder.put(holder.propertyNames().iterator().next(), value);
        return patch;
    }

    private static Proposal proposal(Map<String, String> values) {
        ObjectNode record = Json.object();
        values.forEach((pointer, value) -> Parts.set(record, pointer, Json.tree(value)));
        return new Proposal("c1#1", NOW, "test", record, Json.object());
    }

    private static @Nullable String text(RecordView view, String pointer) {
        return view.record().at(pointer).isString() ? view.record().at(pointer).asString() : null;
    }

    private static String status(RecordView view, String pointer) {
        return view.provenance().path(pointer).path("status").asString("");
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<String> values = Arbitraries.of("a", "b", "c");
        Arbitrary<Step> drafts =
                Arbitraries.maps(Arbitraries.of(POINTERS), values).map(Step.Drafts::new);
        Arbitrary<Step> types = Combinators.combine(Arbitraries.of(POINTERS), values.injectNull(0.3))
                .as(Step.Types::new);
        return Arbitraries.oneOf(drafts, types).list().ofMaxSize(20);
    }

    @Provide
    Arbitrary<Set<String>> pointers() {
        return Arbitraries.of(POINTERS).set();
    }
}
