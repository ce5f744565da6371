-- What happened, as reports count it: one fact for each wrap-up, one interval for each state an agent was shown in.

CREATE TABLE wrap_up_fact (
    tenant_id             text             NOT NULL,
    leg_ended_at          timestamptz      NOT NULL,
    wrap_up_id            text             NOT NULL,
    sequence              bigint           NOT NULL,
    interaction_id        text             NOT NULL,
    leg_id                text             NOT NULL,
    agent_id              text             NOT NULL,
    team                  text,
    queue                 text,
    campaign              text,
    channel               text,
    direction             text,
    call_type             text,
    complexity            text,
    disposition           text,
    status                text             NOT NULL,
    mode                  text,
    leg_started_at        timestamptz      NOT NULL,
    talk_seconds          double precision,
    hold_seconds          double precision,
    opened_at             timestamptz,
    released_at           timestamptz,
    closed_at             timestamptz,
    deadline              timestamptz,
    acw_seconds           double precision CHECK (acw_seconds >= 0),
    overrun_seconds       double precision,
    extension_count       int              NOT NULL,
    deferred              boolean          NOT NULL,
    cut                   boolean          NOT NULL,
    documentation_seconds double precision,
    checking_seconds      double precision,
    kept_parts            int              NOT NULL,
    edited_parts          int              NOT NULL,
    draft_source          text,
    compliance            double precision CHECK (compliance BETWEEN 0 AND 1),
    first_part            boolean          NOT NULL,
    PRIMARY KEY (tenant_id, leg_ended_at, wrap_up_id)
) PARTITION BY RANGE (leg_ended_at);
CREATE INDEX wrap_up_fact_of ON wrap_up_fact (tenant_id, wrap_up_id);
COMMENT ON COLUMN wrap_up_fact.sequence IS 'Of the event that the row is made from, within its interaction; a higher one replaces the row';
COMMENT ON COLUMN wrap_up_fact.acw_seconds IS 'null while the wrap-up holds its agent';
COMMENT ON COLUMN wrap_up_fact.cut IS 'Ended by its deadline, so that nobody knows how long it would have taken';
COMMENT ON COLUMN wrap_up_fact.compliance IS '0 to 1; null where it cannot be checked';
COMMENT ON COLUMN wrap_up_fact.first_part IS 'The wrap-up that holds the leg''s units: a leg that was split counts by this one alone';
CALL afterword_isolate('wrap_up_fact');
INSERT INTO partitioned_table VALUES ('wrap_up_fact');

CREATE TABLE agent_state_interval (
    tenant_id  text        NOT NULL,
    started_at timestamptz NOT NULL,
    agent_id   text        NOT NULL,
    ended_at   timestamptz NOT NULL DEFAULT 'infinity',
    team       text,
    state      text        NOT NULL,
    reason     text,
    PRIMARY KEY (tenant_id, started_at, agent_id),
    CHECK (started_at < ended_at)
) PARTITION BY RANGE (started_at);
CREATE INDEX agent_state_interval_of ON agent_state_interval (tenant_id, agent_id, started_at);
CREATE INDEX agent_state_interval_end ON agent_state_interval (tenant_id, ended_at);
COMMENT ON TABLE agent_state_interval IS 'Does not overlap for one agent; while signed out there is none';
COMMENT ON COLUMN agent_state_interval.ended_at IS 'infinity while the state lasts';
CALL afterword_isolate('agent_state_interval');
INSERT INTO partitioned_table VALUES ('agent_state_interval');

CREATE TABLE gate_leak (
    tenant_id      text        NOT NULL,
    leaked_at      timestamptz NOT NULL,
    event_key      text        NOT NULL,
    agent_id       text        NOT NULL,
    interaction_id text,
    PRIMARY KEY (tenant_id, leaked_at, event_key)
);
COMMENT ON TABLE gate_leak IS 'An agent was offered or connected to work while held wrap-ups left too few units; should stay empty';
COMMENT ON COLUMN gate_leak.leaked_at IS 'when the work was offered or connected';
COMMENT ON COLUMN gate_leak.event_key IS 'Kind, source and id of the event that asked: told twice, it counts once';
CALL afterword_isolate('gate_leak');

CREATE FUNCTION afterword_seconds(spans tstzmultirange) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT coalesce(sum(extract(epoch FROM upper(span) - lower(span))), 0) FROM unnest(spans) AS span);
COMMENT ON FUNCTION afterword_seconds(tstzmultirange) IS 'Length of a union of bounded intervals';

SELECT afterword_ensure_partitions(2);
