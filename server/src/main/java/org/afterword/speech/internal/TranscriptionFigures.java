package org.afterword.speech.internal;

import org.afterword.platform.Meters.Rows;
import org.afterword.platform.SampledFigures;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;
import org.afterword.speech.internal.TranscriptionRepository.Counts;

/** Recordings that wait, and those that failed. Counts go up to {@value #MOST_COUNTED} of a tenant. */
final class TranscriptionFigures implements SampledFigures {
    private static final int MOST_COUNTED = 10_000;

    private final Rows waiting = Rows.sums(
            "afterword.transcriptions.waiting", "Recordings that wait or are worked at, up to " + MOST_COUNTED);
    private final Rows failed = Rows.sums(
            "afterword.transcriptions.failed",
            "Recordings that were given up and wait for a person, up to " + MOST_COUNTED);

    private final TranscriptionRepository repository;
    private final Tenancy tenancy;
    private final Tenants tenants;

    TranscriptionFigures(TranscriptionRepository repository, Tenancy tenancy, Tenants tenants) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.tenants = tenants;
    }

    @Override
    public void sample() {
        for (TenantId tenant : tenants.list()) {
            Counts counts = tenancy.in(tenant, () -> repository.counts(MOST_COUNTED));
            waiting.take(tenant, counts.waiting());
            failed.take(tenant, counts.failed());
        }
        waiting.show();
        failed.show();
    }

    @Override
    public void forget() {
        waiting.hide();
        failed.hide();
    }
}
