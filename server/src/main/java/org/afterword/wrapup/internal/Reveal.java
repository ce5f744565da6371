package org.afterword.wrapup.internal;

import java.util.Map;
import org.afterword.governance.Redactor;
import org.afterword.governance.Trail;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Storable;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.SealedMask;
import org.afterword.wrapup.WrapUpId;
import org.springframework.stereotype.Service;

/** Shows the value of a sensitive field to those who may see it, and puts into the trail who did and why. */
@Service
class Reveal {
    private final Tenancy tenancy;
    private final WrapUpService wrapUps;
    private final RecordRepository records;
    private final SensitiveFields sensitive;
    private final Trail trail;
    private final Redactor redactor = new Redactor();

    Reveal(Tenancy tenancy, WrapUpService wrapUps, RecordRepository records, SensitiveFields sensitive, Trail trail) {
        this.tenancy = tenancy;
        this.wrapUps = wrapUps;
        this.records = records;
        this.sensitive = sensitive;
        this.trail = trail;
    }

    /**
     * What the field holds.
     *
     * @throws ProblemException FORBIDDEN to agents too, also to who typed it; NOT_FOUND if the field holds nothing that is sealed
     */
    String value(Caller caller, WrapUpId id, String field, String reason) {
        caller.requireThat(SealedMask.mayBeRevealedTo(caller.role()));
        return tenancy.in(caller.tenant(), () -> {
            wrapUps.readable(caller, id);
            String value = sensitive
                    .find(id, records.get(tenancy.current(), id).record(), field)
                    .orElseThrow(() -> ProblemException.notFound("sensitive field", field));
            trail.record(
                    caller,
                    "sensitive.revealed",
                    "wrap-up:" + id,
                    Map.of("field", field, "reason", redactor.redact(Storable.text(reason))));
            return value;
        });
    }
}
