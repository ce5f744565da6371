package org.afterword.identity.internal;

import java.util.ArrayList;
import java.util.List;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemException.Fault;
import org.afterword.platform.ProblemType;
import org.jspecify.annotations.Nullable;

/** Collects which values a request lacks, to name them all at once. */
final class MissingValues {
    private final List<Fault> faults = new ArrayList<>();

    MissingValues note(String pointer, @Nullable Object value) {
        if (value == null) {
            faults.add(new Fault(pointer, "is required"));
        }
        return this;
    }

    ProblemException refusal() {
        return new ProblemException(ProblemType.INVALID, "Some values are missing.", faults);
    }
}
