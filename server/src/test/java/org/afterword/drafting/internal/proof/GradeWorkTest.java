package org.afterword.drafting.internal.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.afterword.conversation.ConversationFixture;
import org.afterword.drafting.Grade;
import org.afterword.drafting.Rollout;
import org.afterword.drafting.internal.proof.ProofRepository.Measured;
import org.afterword.drafting.internal.proof.ProofRepository.Sums;
import org.afterword.governance.Trail;
import org.afterword.governance.internal.TrailRepository;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GradeWorkTest {
    private static final TenantId TENANT = ConversationFixture.TENANT;

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final ConversationFixture center = new ConversationFixture(db);
    final ProofRepository proof = new ProofRepository(center.jdbc);
    final GradeWork work = new GradeWork(
            proof,
            center.tenancy,
            center.dueWork,
            new Trail(new TrailRepository(center.jdbc), center.tenancy, center.clock),
            center.clock);

    @Test
    void aPartThatPeopleDisagreeWithFallsAndRisesByWhatComesAfter() {
        measured("claims", "summary", false, new Sums(20, 30, 0, 5));
        measured("claims", "disposition", false, new Sums(49, 1, 0, 0));
        regrade();
        assertThat(earned()).isEqualTo(Map.of("claims", Map.of("summary", Grade.SUGGEST)));

        regrade();
        assertThat(earned())
                .as("the same is not held against it twice")
                .isEqualTo(Map.of("claims", Map.of("summary", Grade.SUGGEST)));

        center.clock.advance(Duration.ofDays(1));
        measured("claims", "summary", false, new Sums(60, 0, 0, 0));
        regrade();
        assertThat(earned()).isEqualTo(Map.of("claims", Map.of("summary", Grade.PREFILL)));
        assertThat(center.count("draft_grade")).isEqualTo(2);
    }

    /** Who sees a value tends to leave it. */
    @Test
    void whereThereIsEnoughOfPeopleWhoDidNotSeeTheDraftThatAloneCounts() {
        measured("claims", "disposition", false, new Sums(1000, 0, 0, 0));
        measured("claims", "disposition", true, new Sums(20, 29, 0, 0));
        regrade();
        assertThat(earned()).isEmpty();

        measured("claims", "disposition", true, new Sums(0, 1, 0, 0));
        regrade();
        assertThat(earned()).isEqualTo(Map.of("claims", Map.of("disposition", Grade.SUGGEST)));
    }

    @Test
    void aPartRisesToWhatNobodyLooksAtAndFallsByWhatThoseWhoAreAuditedSay() {
        measured("claims", "disposition", true, new Sums(200, 0, 0, 0));
        regrade();
        assertThat(earned()).as("nobody allows it").isEmpty();

        var fill = Map.of("disposition", Grade.FILL);
        var allowed = new Rollout(null, 0.05, Map.of(), Map.of("claims", fill));
        center.tenancy.run(TENANT, () -> proof.put(TENANT, allowed, "salt", center.clock.instant()));
        regrade();
        assertThat(earned()).isEqualTo(Map.of("claims", Map.of("disposition", Grade.FILL_AUDITED)));

        center.clock.advance(Duration.ofDays(1));
        audited("claims", "disposition", new Sums(20, 0, 0, 0));
        measured("claims", "disposition", true, new Sums(0, 0, 300, 0));
        measured("claims", "disposition", false, new Sums(0, 0, 300, 0));
        regrade();
        assertThat(earned())
                .as("unsure ones go to people anyway")
                .isEqualTo(Map.of("claims", Map.of("disposition", Grade.FILL_AUDITED)));

        audited("claims", "disposition", new Sums(0, 20, 0, 0));
        regrade();
        assertThat(earned()).isEqualTo(Map.of("claims", Map.of("disposition", Grade.PREFILL)));
    }

    @Test
    void whatIsLongAgoCountsNoMore() {
        measured("", "tags", false, new Sums(0, 0, 100, 0));
        center.clock.advance(Duration.ofDays(61));

        regrade();

        assertThat(earned()).isEmpty();
    }

    @Test
    void aChangeIsToldInTheTrail() {
        measured("claims", "tags", false, new Sums(0, 0, 100, 0));

        regrade();

        assertThat(center.owner.queryForList("SELECT kind FROM audit_entry", String.class))
                .contains("draft-grade.changed");
    }

    private void measured(String queue, String part, boolean blind, Sums sums) {
        LocalDate day = center.clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        center.tenancy.run(
                TENANT, () -> proof.add(TENANT, Map.of(new Measured(day, queue, part, "m", blind, false), sums)));
    }

    private void audited(String queue, String part, Sums sums) {
        LocalDate day = center.clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        center.tenancy.run(
                TENANT, () -> proof.add(TENANT, Map.of(new Measured(day, queue, part, "m", false, true), sums)));
    }

    private void regrade() {
        work.handle(TENANT, List.of());
    }

    private Map<String, Map<String, Grade>> earned() {
        return center.tenancy.in(TENANT, () -> proof.earned(TENANT));
    }
}
