package org.afterword.wrapup.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.afterword.catalog.APolicy;
import org.afterword.catalog.CatalogVersion;
import org.afterword.catalog.PolicyRule;
import org.afterword.catalog.PolicySettings;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.internal.PolicyReplay.Outcome;
import org.afterword.wrapup.internal.PolicyReplay.Verdict;
import org.afterword.wrapup.internal.PolicyReplay.Verdict.Judged;
import org.afterword.wrapup.internal.PolicyReplay.Verdict.NotJudged;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Replays of random histories by which the live core is held against its model: of 60, and of 150 with {@code -Pthorough}. */
@Tag("thorough")
class PolicyReplayPropertiesTest {
    private static final int HISTORIES = Boolean.getBoolean("tests.thorough") ? 150 : 60;

    /** Time jumps in these histories, and deadlines are looked at after each jump. */
    private static final Duration LONGEST_LAG = Duration.ofHours(1);

    /** Shows otherwise, and holds nobody otherwise. */
    private static final PolicySettings SHOWN =
            APolicy.of("shown", "{'warningSeconds': 1}").settings();

    @Test
    void thePoliciesThatTheyHadChangeNothing() {
        long same = 0;
        for (PureDesk desk : histories()) {
            for (WrapUp wrapUp : ended(desk)) {
                PastWrapUp past = desk.past(wrapUp);
                Verdict verdict = judged(desk, past.own(), past);
                if (verdict instanceof Verdict.Same(Duration held)) {
                    same++;
                    assertThat(held).isEqualTo(heldTime(wrapUp));
                } else {
                    assertThat(verdict).as(wrapUp.toString()).isInstanceOf(NotJudged.class);
                }
            }
        }
        assertThat(same).isPositive();
    }

    /** The same settings but for one that only shows: all is replayed, and must give what happened. */
    @Test
    void whatIsReplayedGivesWhatHappened() {
        var reasons = new EnumMap<NotJudged, Integer>(NotJudged.class);
        int judged = 0;
        for (PureDesk desk : histories()) {
            for (WrapUp wrapUp : ended(desk)) {
                PastWrapUp past = desk.past(wrapUp);
                switch (judged(desk, shownOtherwise(past.own()), past)) {
                    case Judged found -> {
                        judged++;
                        assertThat(found.differs()).as("%s: %s", wrapUp, found).isFalse();
                        assertThat(found.before().held()).isEqualTo(heldTime(wrapUp));
                    }
                    case NotJudged why -> reasons.merge(why, 1, Integer::sum);
                    case Verdict.Same s -> throw new AssertionError("a setting differs: " + wrapUp);
                }
            }
        }
        System.out.printf("Replayed %,d wrap-ups of %d histories; not judged: %s%n", judged, HISTORIES, reasons);
        int held = reasons.getOrDefault(NotJudged.STILL_HELD, 0);
        int others = reasons.values().stream().mapToInt(Integer::intValue).sum() - held;
        assertThat(others).isLessThan(judged / 50);
    }

    @Test
    void whatIsNotKnownLiesBetweenItsBounds() {
        int censored = 0;
        for (PureDesk desk : histories()) {
            List<WrapUp> wrapUps = ended(desk);
            CatalogVersion other = desk.past(wrapUps.getLast()).own();
            for (WrapUp wrapUp : wrapUps) {
                if (judged(desk, other, desk.past(wrapUp)) instanceof Judged judged) {
                    censored += judged.isCensored() ? 1 : 0;
                    assertThat(held(judged.least()))
                            .as("%s: %s", wrapUp, judged)
                            .isBetween(Duration.ZERO, held(judged.most()));
                }
            }
        }
        assertThat(censored).isPositive();
    }

    private static Duration held(Outcome outcome) {
        return outcome.held() == null ? Duration.ofDays(1) : outcome.held();
    }

    private static Duration heldTime(WrapUp wrapUp) {
        return wrapUp.heldUnits() == 0 ? Duration.ZERO : Objects.requireNonNull(wrapUp.acwTime());
    }

    private static Verdict judged(PureDesk desk, CatalogVersion proposed, PastWrapUp past) {
        var replay = new PolicyReplay(desk.rules, proposed, LONGEST_LAG);
        return replay.judge(replay.opened(past), null);
    }

    private static CatalogVersion shownOtherwise(CatalogVersion own) {
        List<PolicyRule> rules = own.catalog().policies().stream()
                .map(rule -> new PolicyRule(
                        rule.code(), rule.label(), rule.when(), SHOWN.over(rule.settings()), rule.surge()))
                .toList();
        var all = new ArrayList<>(rules);
        if (rules.stream().noneMatch(rule -> rule.when().equals(PolicyRule.When.ALWAYS))) {
            all.add(new PolicyRule("shown", "shown", PolicyRule.When.ALWAYS, SHOWN, null));
        }
        return PureDesk.catalog(own.number() + 1, all);
    }

    /** Without what was split: until when such a leg was held, its parts say. */
    private static List<WrapUp> ended(PureDesk desk) {
        var split = desk.wrapUps().stream().map(WrapUp::partOf).collect(Collectors.toSet());
        return desk.wrapUps().stream()
                .filter(wrapUp -> wrapUp.openedAt() != null)
                .filter(wrapUp -> !wrapUp.isPart() && !split.contains(wrapUp.id()))
                .toList();
    }

    private static List<PureDesk> histories() {
        return Histories.DESKS;
    }

    private static final class Histories {
        static final List<PureDesk> DESKS = walked();

        private static List<PureDesk> walked() {
            var desks = new ArrayList<PureDesk>();
            for (int number = 0; number < HISTORIES; number++) {
                var history = new ModelHistory(new Random(1_000_003L + number), null);
                history.walk();
                desks.add(history.desk());
            }
            return desks;
        }
    }
}
