package org.afterword.delivery.internal;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.afterword.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code connector}, for the tenant of the running transaction. */
final class ConnectorRepository {
    private static final String LIST = """
            SELECT connector_id, kind, enabled, event_types, url, secret, created_at
              FROM connector
             WHERE tenant_id = ? AND removed_at IS NULL
             ORDER BY created_at, connector_id
            """;
    private static final String PUT = """
            INSERT INTO connector (tenant_id, connector_id, kind, enabled, event_types, url, secret, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?::timestamptz)
                ON CONFLICT (tenant_id, connector_id) DO UPDATE
               SET enabled = excluded.enabled, event_types = excluded.event_types, url = excluded.url
            """;
    private static final String REMOVE = """
            UPDATE connector SET removed_at = ?::timestamptz
             WHERE tenant_id = ? AND connector_id = ? AND kind = ? AND removed_at IS NULL
            """;

    private final Tenancy tenancy;
    private final JdbcTemplate jdbc;

    ConnectorRepository(Tenancy tenancy, JdbcTemplate jdbc) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /** All connectors, the JSON Lines file first. */
    List<Connector> list() {
        List<Connector> stored = new ArrayList<>(
                jdbc.query(LIST, (rs, n) -> connector(rs), tenancy.current().value()));
        Connector file = stored.stream()
                .filter(Connector.JsonLines.class::isInstance)
                .findFirst()
                .orElseGet(() -> new Connector.JsonLines(true));
        stored.remove(file);
        stored.addFirst(file);
        return stored;
    }

    Optional<Connector> find(String connectorId) {
        return list().stream()
                .filter(connector -> connector.id().equals(connectorId))
                .findFirst();
    }

    /** Nobody else changes this connector, or what waits for it, until the transaction ends; to be called before anything is written. */
    void lock(String connectorId) {
        tenancy.lock("connector", List.of(connectorId));
    }

    /** Adds a connector or replaces its settings; a secret stays what it was. */
    void put(Connector connector, Instant now) {
        switch (connector) {
            case Connector.Webhook webhook ->
                put(webhook, webhook.url().toString(), webhook.secret().text(), webhook.createdAt());
            case Connector.JsonLines file -> put(file, null, null, now);
        }
    }

    private void put(Connector connector, @Nullable String url, @Nullable String secret, Instant createdAt) {
        jdbc.update(
                PUT,
                tenancy.current().value(),
                connector.id(),
                connector.kind(),
                connector.enabled(),
                connector.eventTypes().stream().sorted().toArray(String[]::new),
                url,
                secret,
                createdAt.toString());
    }

    /** False if there is no such webhook. */
    boolean removeWebhook(String connectorId, Instant now) {
        return jdbc.update(REMOVE, now.toString(), tenancy.current().value(), connectorId, Connector.Webhook.KIND) == 1;
    }

    private static Connector connector(ResultSet rs) throws SQLException {
        boolean enabled = rs.getBoolean("enabled");
        if (rs.getString("kind").equals(Connector.JsonLines.KIND)) {
            return new Connector.JsonLines(enabled);
        }
        return new Connector.Webhook(
                rs.getString("connector_id"),
                enabled,
                Set.of((String[]) rs.getArray("event_types").getArray()),
                URI.create(rs.getString("url")),
                new WebhookSecret(rs.getString("secret")),
                rs.getTimestamp("created_at").toInstant());
    }
}
