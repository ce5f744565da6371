-- Wrap-ups, their records and revisions.

CREATE TABLE wrap_up (
    tenant_id      text        NOT NULL,
    started_at     timestamptz NOT NULL,
    wrap_up_id     text        NOT NULL,
    interaction_id text        NOT NULL,
    leg_id         text        NOT NULL,
    agent_id       text        NOT NULL,
    role           text        NOT NULL,
    channel        text        NOT NULL,
    ended_at       timestamptz,
    held_millis    bigint      NOT NULL,
    late_start     boolean     NOT NULL,
    late_end       boolean     NOT NULL,
    leg_units      int         NOT NULL,
    held_units     int         NOT NULL,
    policy         jsonb,
    status         text        NOT NULL CHECK (status IN ('PREPARING', 'OPEN', 'OVERDUE', 'DEFERRED', 'COMPLETED', 'EXPIRED')),
    deadline       timestamptz,
    released_at    timestamptz,
    due_at         timestamptz,
    owner          text,
    cause          text,
    reason         text,
    cut            boolean     NOT NULL,
    confirmed_at   timestamptz,
    confirmed_by   text,
    final_at       timestamptz,
    is_final       boolean     NOT NULL,
    was_deferred   boolean     NOT NULL,
    started        boolean     NOT NULL,
    extensions     int         NOT NULL,
    credits        jsonb       NOT NULL,
    result         jsonb,
    sequence       bigint      NOT NULL,
    PRIMARY KEY (tenant_id, started_at, wrap_up_id)
) PARTITION BY RANGE (started_at);
CREATE INDEX wrap_up_id ON wrap_up (tenant_id, wrap_up_id);
CREATE INDEX wrap_up_interaction ON wrap_up (tenant_id, interaction_id);
CREATE INDEX wrap_up_live ON wrap_up (tenant_id, agent_id)
    WHERE status IN ('PREPARING', 'OPEN', 'OVERDUE') OR (status = 'COMPLETED' AND NOT is_final)
       OR (status = 'DEFERRED' AND cause = 'SIGNED_OUT');
CREATE INDEX wrap_up_owed ON wrap_up (tenant_id, due_at) WHERE status = 'DEFERRED';
CREATE INDEX wrap_up_owed_by ON wrap_up (tenant_id, agent_id, due_at) WHERE status = 'DEFERRED';
CREATE INDEX wrap_up_opened ON wrap_up (tenant_id, coalesce(ended_at, started_at), wrap_up_id);
CREATE INDEX wrap_up_opened_by ON wrap_up (tenant_id, agent_id, coalesce(ended_at, started_at), wrap_up_id);
COMMENT ON COLUMN wrap_up.started_at IS 'beginning of the leg; ended_at is its end, and so the opening of the window';
COMMENT ON COLUMN wrap_up.deadline IS 'of its window, with extensions and credits; stays known once the window is over';
COMMENT ON COLUMN wrap_up.cause IS 'what made it owed; reason is in the words of who did, or why it expired';
COMMENT ON COLUMN wrap_up.confirmed_by IS 'who confirmed the record last, as the trail names it';
COMMENT ON COLUMN wrap_up.was_deferred IS 'it is or was owed';
COMMENT ON COLUMN wrap_up.cut IS 'the deadline released the agent, not a person';
COMMENT ON COLUMN wrap_up.started IS 'a person put something into the record';
COMMENT ON COLUMN wrap_up.sequence IS 'grows with every announced change';
CALL afterword_isolate('wrap_up');
INSERT INTO partitioned_table VALUES ('wrap_up');

CREATE TABLE wrap_up_record (
    tenant_id  text        NOT NULL,
    wrap_up_id text        NOT NULL,
    record     jsonb       NOT NULL,
    provenance jsonb       NOT NULL,
    version    bigint      NOT NULL,
    revision   int         NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, wrap_up_id)
);
COMMENT ON COLUMN wrap_up_record.provenance IS 'JSON pointer into record to where the value is from; what is only drafted is not in record before it is confirmed';
CALL afterword_isolate('wrap_up_record');

CREATE TABLE wrap_up_revision (
    tenant_id  text        NOT NULL,
    wrap_up_id text        NOT NULL,
    revision   int         NOT NULL,
    record     jsonb       NOT NULL,
    provenance jsonb       NOT NULL,
    reason     text        NOT NULL,
    actor      text        NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, wrap_up_id, revision)
);
COMMENT ON TABLE wrap_up_revision IS 'The record as it was before each revision, and who amended it why';
CALL afterword_isolate('wrap_up_revision');

CREATE TABLE uptime (
    tenant_id text        PRIMARY KEY,
    beat_at   timestamptz NOT NULL
);
COMMENT ON TABLE uptime IS 'When some node was last up for a tenant: what came after it is our own downtime, and is credited to windows in the transaction that moves it. Holds no customer data and therefore has no row-level security: one beat is for all tenants';

SELECT afterword_ensure_partitions(2);
