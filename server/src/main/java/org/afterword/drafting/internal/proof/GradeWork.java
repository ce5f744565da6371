package org.afterword.drafting.internal.proof;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.afterword.drafting.Grade;
import org.afterword.drafting.internal.proof.ProofRepository.Evidence;
import org.afterword.drafting.internal.proof.ProofRepository.GradeRow;
import org.afterword.governance.Trail;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.Proportion;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.springframework.stereotype.Component;

/** Lets the grades of parts follow what was measured, after records were confirmed. */
@Component
class GradeWork implements DueWorkHandler {
    static final String KIND = "drafting.grades";
    static final String ALL = "all";

    /** What was longer ago says little of drafts as they are now. */
    private static final Period LOOKS_BACK = Period.ofDays(60);

    private final ProofRepository proof;
    private final Tenancy tenancy;
    private final DueWork dueWork;
    private final Trail trail;
    private final InstantSource clock;

    GradeWork(ProofRepository proof, Tenancy tenancy, DueWork dueWork, Trail trail, InstantSource clock) {
        this.proof = proof;
        this.tenancy = tenancy;
        this.dueWork = dueWork;
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int batchSize() {
        return 1;
    }

    @Override
    public void handle(TenantId tenant, List<DueWork.Item> items) {
        tenancy.run(tenant, () -> {
            tenancy.lock("draft-grades", List.of(ALL));
            regrade(tenant);
            dueWork.done(items);
        });
    }

    private record Part(String queue, String name) {}

    private void regrade(TenantId tenant) {
        Instant now = clock.instant();
        LocalDate since = now.atOffset(ZoneOffset.UTC).toLocalDate().minus(LOOKS_BACK);
        var seen = new HashMap<Part, Proportion>();
        var blind = new HashMap<Part, Proportion>();
        for (Evidence one : proof.evidence(tenant, since)) {
            (one.blind() ? blind : seen).put(new Part(one.queue(), one.part()), one.agreed());
        }
        Map<String, Map<String, Grade>> earned = proof.earned(tenant);
        var all = new HashMap<>(seen);
        blind.forEach((part, agreed) -> all.merge(part, agreed, GradeWork::byWhichever));
        all.forEach((part, measured) -> {
            Grade before = earned.getOrDefault(part.queue(), Map.of()).getOrDefault(part.name(), Grade.PREFILL);
            Grade least = GradeRules.least(part.name());
            Grade next = GradeRules.next(before, measured);
            Grade after = next.compareTo(least) < 0 ? least : next;
            if (after != before) {
                proof.put(tenant, new GradeRow(part.queue(), part.name(), now, after, measured));
                trail.record(
                        Trail.SYSTEM,
                        "draft-grade.changed",
                        "draft-grade:" + (part.queue().isEmpty() ? "" : part.queue() + "/") + part.name(),
                        Map.of(
                                "from", before.name(),
                                "to", after.name(),
                                "agreed", measured.part(),
                                "judged", measured.whole()));
            }
        });
    }

    /** Who sees a draft tends to agree with it: where there is enough of people who did not see one, that alone counts. */
    private static Proportion byWhichever(Proportion seen, Proportion blind) {
        return blind.whole() >= GradeRules.LEAST
                ? blind
                : Proportion.of(seen.part() + blind.part(), seen.whole() + blind.whole());
    }
}
