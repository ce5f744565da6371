package org.afterword.drafting;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.afterword.catalog.Catalogs;
import org.afterword.drafting.internal.proof.ProofRepository;
import org.afterword.drafting.internal.proof.ProofRepository.OutcomeRow;
import org.afterword.drafting.internal.proof.QualityReport;
import org.afterword.governance.Trail;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemException.Fault;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Brings drafts to people, and tells what they are worth. For administrators. */
@Service
public class DraftProof {
    private static final int SALT_BYTES = 16;
    private static final int CHANGES_SHOWN = 50;
    private static final int MOST_DAYS = 400;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ProofRepository proof;
    private final Catalogs catalogs;
    private final Tenancy tenancy;
    private final Trail trail;
    private final InstantSource clock;

    DraftProof(ProofRepository proof, Catalogs catalogs, Tenancy tenancy, Trail trail, InstantSource clock) {
        this.proof = proof;
        this.catalogs = catalogs;
        this.tenancy = tenancy;
        this.trail = trail;
        this.clock = clock;
    }

    /** @param changedAt null = never */
    public record Current(Rollout rollout, @Nullable Instant changedAt) {}

    /** @throws ProblemException FORBIDDEN if the caller is no administrator */
    public Current rollout(Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return tenancy.in(
                caller.tenant(),
                () -> proof.settings(caller.tenant())
                        .map(settings -> new Current(settings.rollout(), settings.changedAt()))
                        .orElse(new Current(Rollout.NONE, null)));
    }

    /** @throws ProblemException FORBIDDEN if the caller is no administrator, INVALID naming everything that cannot be taken */
    public Current change(Caller caller, Rollout wanted) {
        caller.require(Role.ADMINISTRATOR);
        return tenancy.in(caller.tenant(), () -> {
            Instant now = clock.instant();
            List<Fault> faults = wanted.faults(catalogs.get(), now);
            if (!faults.isEmpty()) {
                String count = faults.size() == 1 ? "One value" : faults.size() + " values";
                throw new ProblemException(ProblemType.INVALID, count + " cannot be taken.", faults);
            }
            byte[] salt = new byte[SALT_BYTES];
            RANDOM.nextBytes(salt);
            proof.put(caller.tenant(), wanted, HexFormat.of().formatHex(salt), now);
            trail.record(caller, "draft-rollout.changed", "draft-rollout:settings", Map.of("settings", wanted));
            return new Current(wanted, now);
        });
    }

    /**
     * @param to    a day that is not in any more
     * @param queue null = all
     * @throws ProblemException FORBIDDEN if the caller is no administrator, INVALID for days in the wrong order
     */
    public DraftQuality quality(Caller caller, LocalDate from, LocalDate to, @Nullable String queue) {
        caller.require(Role.ADMINISTRATOR);
        requireOrder(from.isBefore(to));
        if (from.plusDays(MOST_DAYS).isBefore(to)) {
            throw ProblemException.invalid("#/to", "is more than %d days after from".formatted(MOST_DAYS));
        }
        return tenancy.in(caller.tenant(), () -> {
            Rollout rollout = proof.settings(caller.tenant())
                    .map(ProofRepository.Settings::rollout)
                    .orElse(Rollout.NONE);
            return new QualityReport(
                            proof.weeks(caller.tenant(), from, to, queue),
                            proof.confusion(caller.tenant(), from, to, queue),
                            proof.latestGrades(caller.tenant()),
                            proof.gradeChanges(caller.tenant(), CHANGES_SHOWN),
                            rollout,
                            proof.unattended(caller.tenant(), from, to, queue))
                    .of(from, to, queue);
        });
    }

    private static void requireOrder(boolean ordered) {
        if (!ordered) {
            throw ProblemException.invalid("#/to", "must be after from");
        }
    }

    /**
     * What became of drafts, contact by contact, the latest first.
     *
     * @param at     those before this time, and of that time those whose wrap-up is before {@code wrapUp}
     * @throws ProblemException FORBIDDEN if the caller is no administrator, INVALID for times in the wrong order
     */
    public List<OutcomeRow> outcomes(
            Caller caller, Instant from, Instant to, @Nullable String queue, Instant at, String wrapUp, int limit) {
        caller.require(Role.ADMINISTRATOR);
        requireOrder(from.isBefore(to));
        return tenancy.in(caller.tenant(), () -> proof.outcomes(caller.tenant(), from, to, queue, at, wrapUp, limit));
    }
}
