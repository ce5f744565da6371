package org.afterword.drafting.internal.proof;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.afterword.drafting.Grade;
import org.afterword.drafting.Rollout;
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
        var audited = new HashMap<Part, Proportion>();
        var all = new HashSet<Part>();
        for (Evidence one : proof.evidence(tenant, since)) {
            var part = new Part(one.queue(), one.part());
            (one.blind() ? blind : one.audited() ? audited : seen).put(part, one.agreed());
            all.add(part);
        }
        Map<String, Map<String, Grade>> earned = proof.earned(tenant);
        Rollout rollout =
                proof.settings(tenant).map(ProofRepository.Settings::rollout).orElse(Rollout.NONE);
        all.forEach(part -> {
            Grade before = earned.getOrDefault(part.queue(), Map.of()).getOrDefault(part.name(), Grade.PREFILL);
            GradeRules.Step step = GradeRules.next(
                    part.name(),
                    before,
                    new GradeRules.Agreed(
                            seen.getOrDefault(part, GradeRules.Agreed.NONE),
                            blind.getOrDefault(part, GradeRules.Agreed.NONE),
                            audited.getOrDefault(part, GradeRules.Agreed.NONE)),
                    rollout.most(part.queue(), part.name()).isUnattended());
            Grade after = step.grade();
            Proportion measured = step.measured();
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
}
