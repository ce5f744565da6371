-- What leaves: connectors, and the outbox of what goes to each of them.

CREATE TABLE connector (
    tenant_id    text        NOT NULL,
    connector_id text        NOT NULL,
    kind         text        NOT NULL CHECK (kind IN ('webhook', 'jsonLines')),
    enabled      boolean     NOT NULL,
    event_types  text[]      NOT NULL CHECK (cardinality(event_types) > 0),
    url          text,
    secret       text,
    created_at   timestamptz NOT NULL,
    removed_at   timestamptz,
    PRIMARY KEY (tenant_id, connector_id),
    CHECK ((kind = 'webhook') = (url IS NOT NULL AND secret IS NOT NULL))
);
COMMENT ON TABLE connector IS 'Where deliveries go. The JSON Lines file is there for every tenant; it has a row once somebody changed it';
COMMENT ON COLUMN connector.secret IS 'Signs webhooks, so it is kept as it is; shown once, when it is made';
COMMENT ON COLUMN connector.removed_at IS 'Removed connectors stay, because their deliveries name them';
CALL afterword_isolate('connector');

CREATE TABLE delivery (
    tenant_id        text        NOT NULL,
    event_at         timestamptz NOT NULL,
    connector_id     text        NOT NULL,
    event_id         text        NOT NULL,
    delivery_id      text        NOT NULL,
    event_type       text        NOT NULL,
    wrap_up_id       text,
    interaction_id   text,
    body             json        NOT NULL,
    approved_by_kind text        CHECK (approved_by_kind IN ('person', 'token', 'policy')),
    approved_by_id   text,
    state            text        NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
    created_at       timestamptz NOT NULL,
    give_up_at       timestamptz NOT NULL,
    next_attempt_at  timestamptz,
    attempts         int         NOT NULL DEFAULT 0,
    first_attempt_at timestamptz,
    delivered_at     timestamptz,
    last_error       text,
    PRIMARY KEY (tenant_id, event_at, connector_id, event_id),
    CONSTRAINT delivery_record_is_approved
        CHECK (approved_by_kind IS NOT NULL AND approved_by_id IS NOT NULL OR body -> 'data' -> 'record' IS NULL)
) PARTITION BY RANGE (event_at);
CREATE INDEX delivery_by_id ON delivery (tenant_id, delivery_id);
CREATE INDEX delivery_by_wrap_up ON delivery (tenant_id, wrap_up_id, delivery_id);
CREATE INDEX delivery_unfinished ON delivery (tenant_id, state, connector_id, delivery_id) WHERE state <> 'delivered';
CREATE INDEX delivery_due ON delivery (tenant_id, connector_id, next_attempt_at) WHERE state = 'pending';
COMMENT ON TABLE delivery IS 'The outbox: one row for each connector and event, so that nothing is queued twice';
COMMENT ON COLUMN delivery.event_id IS 'Position of the event in domain_event';
COMMENT ON COLUMN delivery.delivery_id IS 'Sorts by created_at; the same over all attempts, the other side knows repeats by it';
COMMENT ON COLUMN delivery.body IS 'The CloudEvent, byte for byte as it is sent and signed';
COMMENT ON COLUMN delivery.give_up_at IS 'An attempt that would come later makes the delivery failed';
COMMENT ON COLUMN delivery.next_attempt_at IS 'While an attempt runs: when it counts as lost. null once nothing is planned, and while the connector is switched off';
COMMENT ON COLUMN delivery.first_attempt_at IS 'From then on the other side may have it, whatever the attempts said';
CALL afterword_isolate('delivery');
INSERT INTO partitioned_table VALUES ('delivery');

CREATE TABLE delivery_attempt (
    tenant_id    text        NOT NULL,
    started_at   timestamptz NOT NULL,
    delivery_id  text        NOT NULL,
    attempt      int         NOT NULL,
    connector_id text        NOT NULL,
    ended_at     timestamptz,
    outcome      text        CHECK (outcome IN ('delivered', 'retry', 'reauthenticate', 'permanent')),
    reason       text,
    PRIMARY KEY (tenant_id, started_at, delivery_id, attempt)
) PARTITION BY RANGE (started_at);
CREATE INDEX delivery_attempt_of ON delivery_attempt (tenant_id, delivery_id, attempt);
CREATE INDEX delivery_attempt_latest ON delivery_attempt (tenant_id, connector_id, started_at);
COMMENT ON COLUMN delivery_attempt.outcome IS 'null while the attempt runs, and for good if the process died with it: then nobody knows';
CALL afterword_isolate('delivery_attempt');
INSERT INTO partitioned_table VALUES ('delivery_attempt');

SELECT afterword_ensure_partitions(2);
