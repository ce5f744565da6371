package org.afterword.drafting.internal.prose;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.afterword.platform.Json;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.Tenancy;
import org.springframework.stereotype.Repository;

/** A tenant's language model and what it took, in the running tenant's transaction. */
@Repository
class LanguageModelRepository {
    private static final String FIND = "SELECT settings, key, changed_at FROM language_model WHERE tenant_id = ?";
    private static final String PUT = """
            INSERT INTO language_model (tenant_id, settings, key, changed_at) VALUES (?, ?::jsonb, ?, ?)
                ON CONFLICT (tenant_id) DO UPDATE
               SET settings = excluded.settings, key = excluded.key, changed_at = excluded.changed_at
            """;

    private static final String USE = """
            SELECT coalesce(sum(calls), 0) AS calls, coalesce(sum(input_tokens), 0) AS input_tokens,
                   coalesce(sum(output_tokens), 0) AS output_tokens, coalesce(sum(millis), 0) AS millis, coalesce(sum(money), 0) AS money
              FROM language_model_use
             WHERE tenant_id = ? AND day BETWEEN ?::date AND ?::date
            """;
    private static final String ADD = """
            INSERT INTO language_model_use AS u (tenant_id, day, calls, input_tokens, output_tokens, millis, money)
            VALUES (?, ?::date, ?, ?, ?, ?, ?)
                ON CONFLICT (tenant_id, day) DO UPDATE
               SET calls = u.calls + excluded.calls, input_tokens = u.input_tokens + excluded.input_tokens,
                   output_tokens = u.output_tokens + excluded.output_tokens, millis = u.millis + excluded.millis,
                   money = u.money + excluded.money
            """;

    private final Tenancy tenancy;
    private final PipelinedJdbc jdbc;

    LanguageModelRepository(Tenancy tenancy, PipelinedJdbc jdbc) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    Optional<LanguageModel> find() {
        return jdbc.query(FIND, (rs, _) -> model(rs), tenancy.current().value()).stream()
                .findFirst();
    }

    private static LanguageModel model(ResultSet rs) throws SQLException {
        String key = rs.getString("key");
        return new LanguageModel(
                Json.read(rs.getString("settings"), ModelSettings.class),
                key == null ? null : new ApiKey(key),
                rs.getTimestamp("changed_at").toInstant());
    }

    /** Nobody else changes the settings, or books what a call can take, until the transaction ends; before anything is written. */
    void lock() {
        tenancy.lock("language-model", List.of("settings"));
    }

    void put(LanguageModel model) {
        jdbc.update(
                PUT,
                tenancy.current().value(),
                Json.write(model.settings()),
                model.key() == null ? null : model.key().text(),
                Timestamp.from(model.changedAt()));
    }

    /** @param money in the currency of the settings */
    record Use(long calls, Spent spent, BigDecimal money) {}

    /** Of all these days, the last one too. */
    Use use(LocalDate from, LocalDate to) {
        return Objects.requireNonNull(jdbc.queryForObject(
                USE,
                (rs, _) -> new Use(
                        rs.getLong("calls"),
                        new Spent(
                                rs.getLong("input_tokens"),
                                rs.getLong("output_tokens"),
                                Duration.ofMillis(rs.getLong("millis"))),
                        rs.getBigDecimal("money")),
                tenancy.current().value(),
                from.toString(),
                to.toString()));
    }

    void add(LocalDate day, Use more) {
        jdbc.later(
                ADD,
                tenancy.current().value(),
                day.toString(),
                more.calls(),
                more.spent().inputTokens(),
                more.spent().outputTokens(),
                more.spent().time().toMillis(),
                more.money());
    }
}
