package org.afterword.drafting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.afterword.drafting.Claim.Check;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.Sgd.Dialogue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole engine, with its real model, on real dialogues of which each run takes the same few. */
class SgdDraftsTest {
    private static final int EVERY = 250;
    private static final int SUMMARY_WORDS = 35;
    private static final DraftingEngine ENGINE = DraftingEngine.inProcess();

    private record Drafted(Dialogue dialogue, Draft draft) {
        String id() {
            return dialogue.id();
        }
    }

    private static List<Drafted> drafted = List.of();

    /** Before each test rather than once, so that each counts as skipped; the build's last step looks for the first words. */
    @BeforeEach
    void read() {
        Path folder = Sgd.folder()
                .orElseGet(() -> abort(
                        "For want of data: the schema-guided dialogues are not beside the checkout (../shared/data/sgd) and"
                                + " -Dafterword.data names no other folder."));
        if (drafted.isEmpty()) {
            drafted = Sgd.read(folder, "train", true, 3, EVERY).stream()
                    .map(dialogue -> new Drafted(dialogue, draft(dialogue.input())))
                    .toList();
        }
    }

    @Test
    void everyDialogueGetsASummaryADispositionAndReasonsThatStand() {
        for (Drafted d : drafted) {
            assertThat(d.draft().summary().statements()).as(d.id()).isNotEmpty();
            assertThat(d.draft().reasons()).as(d.id()).isNotEmpty();
            assertThat(d.draft().disposition()).as(d.id()).isNotNull();
            assertThat(claims(d.draft()).toList())
                    .as(d.id())
                    .allSatisfy(claim -> assertThat(claim.evidence()).isNotEmpty())
                    .extracting(Claim::check)
                    .doesNotContain(Check.UNSUPPORTED, Check.STRUCK, Check.NOT_HEARD);
        }
    }

    @Test
    void noSummaryIsLongerThan35Words() {
        for (Drafted d : drafted) {
            int words = d.draft().summary().statements().stream()
                    .mapToInt(claim -> String.valueOf(claim.value()).split("\\s+").length)
                    .sum();

            assertThat(words).as(d.id()).isLessThanOrEqualTo(SUMMARY_WORDS);
        }
    }

    @Test
    void aDraftThatGrewTurnByTurnEndsAsTheOneMadeAtOnce() {
        DraftInput whole = drafted.getFirst().dialogue().input();
        Draft grown = Draft.none();
        for (int turns = 1; turns <= whole.turns().size(); turns++) {
            grown = draft(upTo(whole, turns));
        }

        assertThat(grown).isEqualTo(drafted.getFirst().draft());
    }

    /** The contact as it was when its first turns had been said. */
    private static DraftInput upTo(DraftInput whole, int turns) {
        boolean all = turns == whole.turns().size();
        var said = whole.turns().subList(0, turns);
        var done = new ArrayList<DesktopAction>();
        for (DesktopAction action : whole.actions()) {
            boolean before = action.time() == null
                    || said.getLast().time() == null
                    || !action.time().isAfter(said.getLast().time());
            if (all || before) {
                done.add(action);
            }
        }
        return new DraftInput(whole.contact(), said, done, all, whole.zone(), whole.referenceDate(), whole.catalog());
    }

    private static Draft draft(DraftInput input) {
        return ENGINE.draft(input, ConfirmedExamples.NONE);
    }

    private static Stream<Claim<?>> claims(Draft draft) {
        return Stream.of(
                        draft.summary().statements(),
                        draft.issue().statements(),
                        draft.resolutionText().statements(),
                        draft.actions(),
                        draft.nextSteps(),
                        draft.reasons(),
                        draft.followUps(),
                        draft.fields().values())
                .<Claim<?>>flatMap(claims -> claims.stream());
    }
}
