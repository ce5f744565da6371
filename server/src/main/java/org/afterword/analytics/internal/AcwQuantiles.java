package org.afterword.analytics.internal;

import java.util.Map;
import org.afterword.analytics.AcwQuery;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;

/** Quantiles of ACW time. Apart from all other figures, because they cannot be added up from parts. */
interface AcwQuantiles {
    /** Seconds; linear between the two nearest values. */
    record Quantiles(double quartile1, double median, double quartile3, double p90, double p99) {}

    /** By the database's key of each group that has a handled leg. */
    Map<GroupKey, Quantiles> of(AcwQuery query, Grouping grouping, @Nullable AgentId only);
}
