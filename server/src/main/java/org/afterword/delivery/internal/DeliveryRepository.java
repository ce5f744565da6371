package org.afterword.delivery.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.afterword.delivery.Approval;
import org.afterword.delivery.Delivery;
import org.afterword.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code delivery} and {@code delivery_attempt}, for the tenant of the running transaction. */
public final class DeliveryRepository {
    /**
     * The kind of due work that brings queued events to a connector; its id is the connector's. One item for each connector,
     * however much waits for it, is why those that wait for a dead one are in nobody's way.
     */
    public static final String DUE_WORK = "delivery";

    /** How long a delivery is tried before it is left to a person. */
    private static final Duration TRIED_FOR = Duration.ofDays(3);

    private static final String QUEUE = """
            INSERT INTO delivery (tenant_id, event_at, connector_id, event_id, delivery_id, event_type, wrap_up_id,
                                  interaction_id, body, approved_by_kind, approved_by_id, created_at, give_up_at, next_attempt_at)
            VALUES (:tenant, :eventAt::timestamptz, :connector, :event, :delivery, :type, :wrapUp,
                    :interaction, :body::json, :approverKind, :approverId, :now::timestamptz, :giveUpAt::timestamptz, :now::timestamptz)
                ON CONFLICT DO NOTHING
            """;

    /**
     * Counts attempts before they are made, so that the next ones know of them whatever happens. Until they are judged or
     * count as lost, nobody else gets them.
     */
    private static final String BEGIN_ATTEMPTS = """
            UPDATE delivery AS d
               SET attempts = d.attempts + 1, first_attempt_at = coalesce(d.first_attempt_at, :now::timestamptz),
                   next_attempt_at = :lostAt::timestamptz
              FROM (SELECT event_at, event_id
                      FROM delivery
                     WHERE tenant_id = :tenant AND connector_id = :connector AND state = 'pending'
                       AND next_attempt_at <= :now::timestamptz
                     ORDER BY next_attempt_at
                     LIMIT :limit
                       FOR UPDATE SKIP LOCKED) AS due
             WHERE d.tenant_id = :tenant AND d.connector_id = :connector
               AND d.event_at = due.event_at AND d.event_id = due.event_id
         RETURNING d.delivery_id, d.event_at, d.body, d.attempts, d.give_up_at,
                   nullif(d.first_attempt_at, :now::timestamptz) AS tried_since,
                   (SELECT outcome FROM delivery_attempt AS a
                     WHERE a.tenant_id = d.tenant_id AND a.delivery_id = d.delivery_id
                     ORDER BY attempt DESC LIMIT 1) AS last_outcome
            """;

    private static final String RECORD_ATTEMPTS = """
            INSERT INTO delivery_attempt (tenant_id, started_at, delivery_id, attempt, connector_id)
            SELECT :tenant, :now::timestamptz, delivery_id, attempt::int, :connector
              FROM unnest(:deliveries::text[], :attempts::text[]) AS begun (delivery_id, attempt)
            """;
    private static final String NEXT_ATTEMPT = """
            SELECT min(next_attempt_at) FROM delivery
             WHERE tenant_id = :tenant AND connector_id = :connector AND state = 'pending'
            """;
    private static final String END_ATTEMPT = """
            UPDATE delivery_attempt SET ended_at = :now::timestamptz, outcome = :outcome, reason = :reason
             WHERE tenant_id = :tenant AND delivery_id = :delivery AND attempt = :attempt
            """;
    private static final String MOVE = """
            UPDATE delivery
               SET state = :state, next_attempt_at = :next::timestamptz, last_error = :error,
                   delivered_at = CASE WHEN :state = 'delivered' THEN :now::timestamptz END
             WHERE tenant_id = :tenant AND delivery_id = :delivery AND state = 'pending'
            """;
    private static final String TRY_AGAIN = """
            UPDATE delivery SET state = 'pending', next_attempt_at = :now::timestamptz, give_up_at = :giveUpAt::timestamptz
             WHERE tenant_id = :tenant AND delivery_id = :delivery AND state <> 'delivered'
         RETURNING connector_id
            """;
    private static final String PAUSE = """
            UPDATE delivery SET next_attempt_at = NULL
             WHERE tenant_id = :tenant AND connector_id = :connector AND state = 'pending' AND next_attempt_at IS NOT NULL
            """;

    /** What was paused is tried for as long as a new one: it could not be until now. */
    private static final String RESUME = """
            UPDATE delivery
               SET next_attempt_at = :now::timestamptz,
                   give_up_at = CASE WHEN next_attempt_at IS NULL THEN :giveUpAt::timestamptz ELSE give_up_at END
             WHERE tenant_id = :tenant AND connector_id = :connector AND state = 'pending'
            """;

    private static final String FAIL_ALL = """
            UPDATE delivery SET state = 'failed', next_attempt_at = NULL, last_error = :error
             WHERE tenant_id = :tenant AND connector_id = :connector AND state = 'pending'
            """;
    private static final String LIST = """
            SELECT delivery_id, connector_id, event_type, wrap_up_id, interaction_id, state, approved_by_kind, approved_by_id,
                   created_at, next_attempt_at, delivered_at, last_error
              FROM delivery
             WHERE tenant_id = :tenant AND (:before::text IS NULL OR delivery_id < :before)
               AND (:state::text IS NULL OR state = :state) AND (:wrapUp::text IS NULL OR wrap_up_id = :wrapUp)
             ORDER BY delivery_id DESC
             LIMIT :limit
            """;
    private static final String FIND = """
            SELECT delivery_id, connector_id, event_type, wrap_up_id, interaction_id, state, approved_by_kind, approved_by_id,
                   created_at, next_attempt_at, delivered_at, last_error
              FROM delivery
             WHERE tenant_id = :tenant AND delivery_id = :delivery
            """;
    private static final String ATTEMPTS = """
            SELECT delivery_id, attempt, started_at, ended_at, outcome, reason
              FROM delivery_attempt
             WHERE tenant_id = :tenant AND delivery_id = ANY (:deliveries)
             ORDER BY delivery_id, attempt
            """;
    private static final String HEALTH = """
            SELECT (SELECT count(*) FROM delivery
                     WHERE tenant_id = :tenant AND connector_id = :connector AND state = 'pending') AS pending,
                   (SELECT count(*) FROM delivery
                     WHERE tenant_id = :tenant AND connector_id = :connector AND state = 'failed') AS failed,
                   last.outcome, last.reason, last.ended_at
              FROM (VALUES (1)) AS one
              LEFT JOIN LATERAL (SELECT outcome, reason, ended_at FROM delivery_attempt
                                  WHERE tenant_id = :tenant AND connector_id = :connector AND outcome IS NOT NULL
                                  ORDER BY started_at DESC LIMIT 1) AS last ON true
            """;

    /** Up to a bound; what waits for a connector that is switched off is meant to wait, and what failed with a removed one to stay. */
    private static final String UNFINISHED = """
            SELECT (SELECT count(*) FROM (SELECT 1 FROM delivery
                     WHERE tenant_id = :tenant AND state = 'failed'
                       AND connector_id NOT IN (SELECT connector_id FROM connector
                                                 WHERE tenant_id = :tenant AND removed_at IS NOT NULL)
                     LIMIT :most) AS f) AS failed,
                   count(*) AS waiting, min(created_at) AS oldest
              FROM (SELECT created_at FROM delivery
                     WHERE tenant_id = :tenant AND state = 'pending' AND next_attempt_at IS NOT NULL
                     ORDER BY connector_id, delivery_id LIMIT :most) AS waiting
            """;

    /**
     * What is not delivered yet.
     *
     * @param failed given up, and left to a person; without those to removed webhooks, for which nobody can do anything
     * @param oldest when the oldest that waits was queued; null if none waits
     */
    record Unfinished(int waiting, int failed, @Nullable Instant oldest) {}

    /** An attempt that is about to be made. {@code lastOutcome} is the one before; null at the first, or if it is unknown. */
    record Begun(
            Message message,
            int number,
            Instant giveUpAt,
            @Nullable String lastOutcome) {
        String deliveryId() {
            return message.id();
        }
    }

    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    public DeliveryRepository(Tenancy tenancy, JdbcTemplate jdbc) {
        this.tenancy = tenancy;
        this.jdbc = JdbcClient.create(jdbc);
    }

    /** False if this connector has been given this event before. */
    boolean queue(String deliveryId, String connectorId, OutgoingEvent event, Instant now) {
        Approval approval = event.approvedBy();
        return sql(QUEUE)
                        .param("eventAt", event.at().toString())
                        .param("connector", connectorId)
                        .param("event", event.id())
                        .param("delivery", deliveryId)
                        .param("type", event.type())
                        .param("wrapUp", event.wrapUpId())
                        .param("interaction", event.interactionId())
                        .param("body", event.body())
                        .param(
                                "approverKind",
                                approval == null ? null : approval.kind().code())
                        .param("approverId", approval == null ? null : approval.id())
                        .param("now", now.toString())
                        .param("giveUpAt", now.plus(TRIED_FOR).toString())
                        .update()
                == 1;
    }

    /** Up to {@code limit} deliveries to this connector that are due; who has not judged an attempt at {@code lostAt} lost it. */
    List<Begun> beginAttempts(String connectorId, int limit, Instant now, Instant lostAt) {
        List<Begun> begun = sql(BEGIN_ATTEMPTS)
                .param("connector", connectorId)
                .param("limit", limit)
                .param("now", now.toString())
                .param("lostAt", lostAt.toString())
                .query((rs, n) -> begun(rs))
                .list();
        sql(RECORD_ATTEMPTS)
                .param("connector", connectorId)
                .param("now", now.toString())
                .param("deliveries", begun.stream().map(Begun::deliveryId).toArray(String[]::new))
                .param(
                        "attempts",
                        begun.stream()
                                .map(attempt -> String.valueOf(attempt.number()))
                                .toArray(String[]::new))
                .update();
        return begun;
    }

    /** When something is to be done for this connector; empty if nothing is planned. */
    Optional<Instant> nextAttempt(String connectorId) {
        return sql(NEXT_ATTEMPT)
                .param("connector", connectorId)
                .query((rs, n) -> Optional.ofNullable(instant(rs, "min")))
                .single();
    }

    void endAttempt(String deliveryId, int attempt, Outcome outcome, Instant now) {
        sql(END_ATTEMPT)
                .param("now", now.toString())
                .param("outcome", outcome.code())
                .param("reason", outcome.problem())
                .param("delivery", deliveryId)
                .param("attempt", attempt)
                .update();
    }

    void delivered(String deliveryId, Instant now) {
        move(deliveryId, Delivery.State.DELIVERED, null, null, now);
    }

    void failed(String deliveryId, String reason, Instant now) {
        move(deliveryId, Delivery.State.FAILED, null, reason, now);
    }

    void retryAt(String deliveryId, Instant next, String reason, Instant now) {
        move(deliveryId, Delivery.State.PENDING, next, reason, now);
    }

    private void move(
            String deliveryId, Delivery.State state, @Nullable Instant next, @Nullable String error, Instant now) {
        sql(MOVE)
                .param("state", state.code())
                .param("next", next == null ? null : next.toString())
                .param("error", error)
                .param("now", now.toString())
                .param("delivery", deliveryId)
                .update();
    }

    /** Answers the connector it goes to; empty if it has been delivered, or if there is none. */
    public Optional<String> tryAgain(String deliveryId, Instant now) {
        return sql(TRY_AGAIN)
                .param("now", now.toString())
                .param("giveUpAt", now.plus(TRIED_FOR).toString())
                .param("delivery", deliveryId)
                .query(String.class)
                .optional();
    }

    /** The connector is switched off: nothing is planned until it is on again. */
    void pause(String connectorId) {
        sql(PAUSE).param("connector", connectorId).update();
    }

    /** Plans everything that waits for this connector for now. */
    void resume(String connectorId, Instant now) {
        sql(RESUME)
                .param("connector", connectorId)
                .param("now", now.toString())
                .param("giveUpAt", now.plus(TRIED_FOR).toString())
                .update();
    }

    void failAll(String connectorId, String reason) {
        sql(FAIL_ALL).param("connector", connectorId).param("error", reason).update();
    }

    public List<Delivery> list(Delivery.Filter filter) {
        Delivery.State state = filter.state();
        return withAttempts(sql(LIST)
                .param("before", filter.before())
                .param("state", state == null ? null : state.code())
                .param("wrapUp", filter.wrapUpId())
                .param("limit", filter.limit())
                .query((rs, n) -> delivery(rs))
                .list());
    }

    public Optional<Delivery> find(String deliveryId) {
        return withAttempts(sql(FIND)
                        .param("delivery", deliveryId)
                        .query((rs, n) -> delivery(rs))
                        .list())
                .stream()
                .findFirst();
    }

    private List<Delivery> withAttempts(List<Delivery> deliveries) {
        record AttemptOf(String deliveryId, Delivery.Attempt attempt) {}
        Map<String, List<Delivery.Attempt>> attempts = sql(ATTEMPTS)
                .param("deliveries", deliveries.stream().map(Delivery::id).toArray(String[]::new))
                .query((rs, n) -> new AttemptOf(rs.getString("delivery_id"), attempt(rs)))
                .stream()
                .collect(Collectors.groupingBy(
                        AttemptOf::deliveryId, Collectors.mapping(AttemptOf::attempt, Collectors.toList())));
        return deliveries.stream()
                .map(delivery -> delivery.with(attempts.getOrDefault(delivery.id(), List.of())))
                .toList();
    }

    ConnectorHealth health(String connectorId) {
        return sql(HEALTH)
                .param("connector", connectorId)
                .query((rs, n) -> ConnectorHealth.of(
                        rs.getInt("pending"),
                        rs.getInt("failed"),
                        rs.getString("outcome"),
                        rs.getString("reason"),
                        instant(rs, "ended_at")))
                .single();
    }

    /** Counts up to {@code most} of each. */
    Unfinished unfinished(int most) {
        return sql(UNFINISHED)
                .param("most", most)
                .query((rs, n) -> new Unfinished(rs.getInt("waiting"), rs.getInt("failed"), instant(rs, "oldest")))
                .single();
    }

    private JdbcClient.StatementSpec sql(String sql) {
        return jdbc.sql(sql).param("tenant", tenancy.current().value());
    }

    private static Begun begun(ResultSet rs) throws SQLException {
        return new Begun(
                new Message(
                        rs.getString("delivery_id"),
                        rs.getTimestamp("event_at").toInstant(),
                        rs.getString("body"),
                        instant(rs, "tried_since")),
                rs.getInt("attempts"),
                rs.getTimestamp("give_up_at").toInstant(),
                rs.getString("last_outcome"));
    }

    private static Delivery delivery(ResultSet rs) throws SQLException {
        return new Delivery(
                rs.getString("delivery_id"),
                rs.getString("connector_id"),
                rs.getString("event_type"),
                rs.getString("wrap_up_id"),
                rs.getString("interaction_id"),
                Delivery.State.parse(rs.getString("state")),
                Approval.find(rs.getString("approved_by_kind"), rs.getString("approved_by_id"))
                        .orElse(null),
                rs.getTimestamp("created_at").toInstant(),
                instant(rs, "next_attempt_at"),
                instant(rs, "delivered_at"),
                rs.getString("last_error"),
                List.of());
    }

    private static Delivery.Attempt attempt(ResultSet rs) throws SQLException {
        return new Delivery.Attempt(
                rs.getInt("attempt"),
                rs.getTimestamp("started_at").toInstant(),
                instant(rs, "ended_at"),
                rs.getString("outcome"),
                rs.getString("reason"));
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        Timestamp timestamp = rs.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
