package org.afterword.analytics.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.afterword.analytics.AcwQuery;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads every fact: exact, and as slow as there are facts. */
final class ExactQuantiles implements AcwQuantiles {
    private static final String QUANTILES = """
            SELECT key, percentile_cont(ARRAY[0.25, 0.5, 0.75, 0.9, 0.99]) WITHIN GROUP (ORDER BY acw_seconds) AS quantiles
              FROM (SELECT %s AS key, acw_seconds
                      FROM wrap_up_fact
                     WHERE tenant_id = afterword_tenant()
                       AND leg_ended_at >= :from::timestamptz AND leg_ended_at < :to::timestamptz
                       AND (:agent::text IS NULL OR agent_id = :agent)
                       AND first_part AND acw_seconds IS NOT NULL AND no_contact IS NULL AND NOT not_started) AS leg
             GROUP BY key
            """;

    private final JdbcClient jdbc;

    ExactQuantiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<GroupKey, Quantiles> of(AcwQuery query, Grouping grouping, @Nullable AgentId only) {
        var quantiles = new HashMap<GroupKey, Quantiles>();
        jdbc.sql(QUANTILES.formatted(grouping.legKey()))
                .param("starts", grouping.starts())
                .param("from", query.from().toString())
                .param("to", query.to().toString())
                .param("agent", only == null ? null : only.value())
                .query(rs -> {
                    quantiles.put(new GroupKey(rs.getString("key")), quantiles(rs));
                });
        return quantiles;
    }

    private static Quantiles quantiles(ResultSet rs) throws SQLException {
        var values = (Double[]) rs.getArray("quantiles").getArray();
        return new Quantiles(values[0], values[1], values[2], values[3], values[4]);
    }
}
