package org.afterword.analytics.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.afterword.analytics.DraftEffect;
import org.afterword.analytics.DraftEffect.Effect;
import org.afterword.analytics.DraftEffect.Measure;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.Proportion;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code draft_arm}, and what contacts took by it, for the tenant of the running transaction. */
public final class EffectRepository {
    private static final String PUT = """
            INSERT INTO draft_arm (tenant_id, interaction_id, arm, share, assigned_at)
            VALUES (afterword_tenant(), :interaction, :arm, :share, :at)
                ON CONFLICT DO NOTHING
            """;

    /** By contact: all its legs together, each counted once. By share, since only contacts of one share were drawn alike. */
    private static final String ARMS = """
            WITH contact AS (
                SELECT arm.arm, arm.share, leg.interaction_id,
                       sum(leg.acw_seconds) AS acw,
                       sum(coalesce(leg.talk_seconds, 0) + coalesce(leg.hold_seconds, 0) + leg.acw_seconds) AS effort,
                       bool_or(leg.deferred) AS deferred,
                       bool_or(leg.revision > 0) AS revised,
                       max(leg.leg_ended_at) AS ended_at,
                       max(leg.customer_key) AS customer_key,
                       max(coalesce(leg.contact_id, leg.interaction_id)) AS contact_id
                  FROM wrap_up_fact AS leg
                  JOIN draft_arm AS arm ON arm.tenant_id = leg.tenant_id AND arm.interaction_id = leg.interaction_id
                 WHERE leg.tenant_id = afterword_tenant()
                   AND leg.leg_ended_at >= :from AND leg.leg_ended_at < :to
                   AND leg.first_part AND leg.acw_seconds IS NOT NULL AND leg.no_contact IS NULL AND NOT leg.not_started
                   AND (:queue::text IS NULL OR leg.queue = :queue)
                 GROUP BY arm.arm, arm.share, leg.interaction_id
            ), known AS (
                SELECT *, customer_key IS NOT NULL AND ended_at < :ripe AS ripe,
                       customer_key IS NOT NULL AND ended_at < :ripe AND EXISTS (
                           SELECT FROM wrap_up_fact AS later
                            WHERE later.tenant_id = afterword_tenant() AND later.customer_key = contact.customer_key
                              AND later.leg_ended_at > contact.ended_at
                              AND later.leg_ended_at <= contact.ended_at + interval '7 days'
                              AND later.interaction_id <> contact.interaction_id
                              AND coalesce(later.contact_id, later.interaction_id) <> contact.contact_id) AS repeated
                  FROM contact
            )
            SELECT arm, share, count(*) AS contacts,
                   avg(acw) AS acw, var_samp(acw) AS acw_variance,
                   avg(effort) AS effort, var_samp(effort) AS effort_variance,
                   count(*) FILTER (WHERE deferred) AS deferred,
                   count(*) FILTER (WHERE revised) AS revised,
                   count(*) FILTER (WHERE ripe) AS ripe,
                   count(*) FILTER (WHERE repeated) AS repeated
              FROM known
             GROUP BY GROUPING SETS ((arm), (arm, share))
            """;

    /** In each of the two: with fewer, the mean of times is too far from normal for its interval. */
    private static final long LEAST = 30;

    private static final String SHOWN = "shown";
    private static final String HELD_OUT = "heldOut";
    private static final String SHADOW = "shadow";

    private static final Duration REPEATED_WITHIN = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final InstantSource clock;

    public EffectRepository(JdbcTemplate jdbc, InstantSource clock) {
        this.jdbc = JdbcClient.create(jdbc);
        this.clock = clock;
    }

    void put(DomainEvent drawn) {
        jdbc.sql(PUT)
                .param("interaction", drawn.subject())
                .param("arm", drawn.data().path("arm").asString(""))
                .param("share", drawn.data().path("share").asDouble(0))
                .param("at", Timestamp.from(drawn.at()))
                .update();
    }

    /** @param queue null = all */
    public DraftEffect of(Instant from, Instant to, @Nullable String queue) {
        Map<String, Taken> whole = new HashMap<>();
        Map<Double, Map<String, Taken>> byShare = new TreeMap<>();
        jdbc.sql(ARMS)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param("queue", queue)
                .param("ripe", Timestamp.from(clock.instant().minus(REPEATED_WITHIN)))
                .query(rs -> {
                    double share = rs.getDouble("share");
                    Map<String, Taken> arms =
                            rs.wasNull() ? whole : byShare.computeIfAbsent(share, _ -> new HashMap<>());
                    arms.put(rs.getString("arm"), Taken.of(rs));
                });
        return new DraftEffect(
                from,
                to,
                queue,
                arm(whole, SHOWN).figures(),
                arm(whole, HELD_OUT).figures(),
                arm(whole, SHADOW).figures(),
                byLot(byShare.values()),
                arm(whole, SHOWN).minus(arm(whole, SHADOW)));
    }

    private static Taken arm(Map<String, Taken> arms, String code) {
        return arms.getOrDefault(code, Taken.NONE);
    }

    /** Each measure over the times of one share each, weighed by their contacts. */
    private static List<Effect> byLot(Collection<Map<String, Taken>> times) {
        return Arrays.stream(Measure.values())
                .map(measure -> {
                    var parts = new ArrayList<Weighed>();
                    for (Map<String, Taken> arms : times) {
                        Taken shown = arm(arms, SHOWN);
                        Taken heldOut = arm(arms, HELD_OUT);
                        Proportion.Difference found = shown.minus(heldOut, measure);
                        if (found != null) {
                            parts.add(new Weighed(shown.contacts + heldOut.contacts, found));
                        }
                    }
                    return new Effect(measure, Weighed.together(parts));
                })
                .toList();
    }

    /** A difference that so many contacts stand behind. */
    private record Weighed(long contacts, Proportion.Difference difference) {
        /**
         * The weighed mean, with the interval that those of its parts make (method of variance estimates recovery: Zou and Donner,
         * "Construction of confidence limits about effect measures", Statistics in Medicine 27, 2008); null of none.
         */
        static Proportion.@Nullable Difference together(List<Weighed> parts) {
            double all = parts.stream().mapToLong(Weighed::contacts).sum();
            if (parts.isEmpty()) {
                return null;
            }
            double value = 0;
            double below = 0;
            double above = 0;
            for (Weighed part : parts) {
                double weight = part.contacts / all;
                Proportion.Difference own = part.difference;
                value += weight * own.value();
                below = Math.hypot(below, weight * (own.value() - own.low()));
                above = Math.hypot(above, weight * (own.high() - own.value()));
            }
            return new Proportion.Difference(value, value - below, value + above);
        }
    }

    private record Mean(@Nullable Double value, double variance, long count) {
        /** Welch's interval; from {@link #LEAST} on both sides the normal distribution stands for Student's. */
        Proportion.@Nullable Difference minus(Mean other) {
            if (value == null || other.value == null || count < LEAST || other.count < LEAST) {
                return null;
            }
            double difference = value - other.value;
            double reach = Proportion.Z * Math.sqrt(variance / count + other.variance / other.count);
            return new Proportion.Difference(difference, difference - reach, difference + reach);
        }
    }

    private record Taken(
            long contacts, Mean acw, Mean effort, Proportion deferred, Proportion revised, Proportion repeated) {
        static final Taken NONE = new Taken(
                0,
                new Mean(null, 0, 0),
                new Mean(null, 0, 0),
                Proportion.of(0, 0),
                Proportion.of(0, 0),
                Proportion.of(0, 0));

        static Taken of(ResultSet rs) throws SQLException {
            long contacts = rs.getLong("contacts");
            return new Taken(
                    contacts,
                    new Mean(rs.getDouble("acw"), rs.getDouble("acw_variance"), contacts),
                    new Mean(rs.getDouble("effort"), rs.getDouble("effort_variance"), contacts),
                    Proportion.of(rs.getLong("deferred"), contacts),
                    Proportion.of(rs.getLong("revised"), contacts),
                    Proportion.of(rs.getLong("repeated"), rs.getLong("ripe")));
        }

        DraftEffect.Arm figures() {
            return new DraftEffect.Arm(contacts, acw.value(), effort.value(), deferred, revised, repeated);
        }

        List<Effect> minus(Taken other) {
            return Arrays.stream(Measure.values())
                    .map(measure -> new Effect(measure, minus(other, measure)))
                    .toList();
        }

        Proportion.@Nullable Difference minus(Taken other, Measure measure) {
            return switch (measure) {
                case ACW -> acw.minus(other.acw);
                case EFFORT -> effort.minus(other.effort);
                case DEFERRED -> minus(deferred, other.deferred);
                case REVISED -> minus(revised, other.revised);
                case REPEATED -> minus(repeated, other.repeated);
            };
        }

        private static Proportion.@Nullable Difference minus(Proportion one, Proportion other) {
            return one.whole() < LEAST || other.whole() < LEAST ? null : one.minus(other);
        }
    }
}
