-- Interactions with their words, desktop actions and recordings, and the events from outside that told of them.
-- Everything here has passed the redaction rules.

CREATE TABLE event_key (
    tenant_id    text        NOT NULL,
    event_key    uuid        NOT NULL,
    content_hash bigint      NOT NULL,
    received_at  timestamptz NOT NULL,
    altered      int         NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, event_key)
);
CREATE INDEX event_key_age ON event_key (tenant_id, received_at);
COMMENT ON TABLE event_key IS 'Which events were taken in the last 30 days. Apart from inbound_event, because no unique index spans partitions';
COMMENT ON COLUMN event_key.event_key IS 'first 128 bits of SHA-256 over source, line feed, id';
COMMENT ON COLUMN event_key.content_hash IS 'over type, subject, time and redacted data; the digits of what was said are left out, so that none can be guessed from it';
COMMENT ON COLUMN event_key.altered IS 'how often the event came again with other content, which was not taken';
CALL afterword_isolate('event_key');

CREATE TABLE inbound_event (
    tenant_id   text        NOT NULL,
    received_at timestamptz NOT NULL,
    event_key   uuid        NOT NULL,
    source      text        NOT NULL,
    event_id    text        NOT NULL,
    type        text        NOT NULL,
    subject     text        NOT NULL,
    occurred_at timestamptz NOT NULL,
    data        jsonb       NOT NULL,
    extensions  jsonb       NOT NULL,
    PRIMARY KEY (tenant_id, received_at, event_key)
) PARTITION BY RANGE (received_at);
CREATE INDEX inbound_event_subject ON inbound_event (tenant_id, subject, received_at) WHERE type <> 'interaction.said';
COMMENT ON TABLE inbound_event IS 'Every accepted event as it came, redacted. The words of interaction.said are in turn alone, where a later decision can still mask them';
COMMENT ON COLUMN inbound_event.occurred_at IS 'the event''s time as its sender says';
CALL afterword_isolate('inbound_event');
INSERT INTO partitioned_table VALUES ('inbound_event');

CREATE TABLE rejected_event (
    tenant_id   text        NOT NULL,
    event_key   uuid        NOT NULL,
    received_at timestamptz NOT NULL,
    source      text,
    event_id    text,
    type        text,
    subject     text,
    reason      text        NOT NULL,
    attempts    int         NOT NULL DEFAULT 1,
    event       jsonb       NOT NULL,
    PRIMARY KEY (tenant_id, event_key)
);
CREATE INDEX rejected_event_latest ON rejected_event (tenant_id, received_at DESC, event_key);
COMMENT ON TABLE rejected_event IS 'Events that were set aside because they could not be read or made the core fail, redacted';
COMMENT ON COLUMN rejected_event.event_key IS 'as in event_key; where source or id is missing, over the redacted content';
COMMENT ON COLUMN rejected_event.event IS 'a CloudEvent in structured form; what was said holds no digits at all';
CALL afterword_isolate('rejected_event');

CREATE TABLE interaction (
    tenant_id      text        NOT NULL,
    interaction_id text        NOT NULL,
    opened_at      timestamptz NOT NULL,
    started_at     timestamptz,
    ended_at       timestamptz,
    details        jsonb       NOT NULL DEFAULT '{}',
    known          jsonb       NOT NULL DEFAULT '{}',
    PRIMARY KEY (tenant_id, interaction_id)
);
COMMENT ON COLUMN interaction.opened_at IS 'when its first event came in; never changes, and names the partition of its turns, actions and recordings';
COMMENT ON COLUMN interaction.started_at IS 'effective time of the earliest event that begins, offers or ends something';
COMMENT ON COLUMN interaction.ended_at IS 'effective time of the latest event that ended it; words may still come';
COMMENT ON COLUMN interaction.known IS 'each detail with the event that told it last, by effective time, time, key: so that any order of arrival gives the same details';
CALL afterword_isolate('interaction');

CREATE TABLE turn (
    tenant_id      text        NOT NULL,
    opened_at      timestamptz NOT NULL,
    interaction_id text        NOT NULL,
    turn_number    int         NOT NULL CHECK (turn_number >= 0),
    speaker        text        NOT NULL,
    text           text        NOT NULL,
    agent_id       text,
    said_at        timestamptz NOT NULL,
    start_seconds  float8,
    end_seconds    float8,
    is_final       boolean     NOT NULL,
    language       text,
    event_key      uuid        NOT NULL,
    PRIMARY KEY (tenant_id, opened_at, interaction_id, turn_number)
) PARTITION BY RANGE (opened_at);
COMMENT ON COLUMN turn.said_at IS 'the event''s time as its sender says; a turn with a later one (of equal ones: with the greater key) replaces it';
COMMENT ON COLUMN turn.start_seconds IS 'from the start of the interaction or its recording';
CALL afterword_isolate('turn');
INSERT INTO partitioned_table VALUES ('turn');

CREATE TABLE desktop_action (
    tenant_id      text        NOT NULL,
    opened_at      timestamptz NOT NULL,
    interaction_id text        NOT NULL,
    event_key      uuid        NOT NULL,
    action_id      text        NOT NULL,
    name           text        NOT NULL,
    parameters     jsonb       NOT NULL,
    result         jsonb,
    agent_id       text,
    done_at        timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, opened_at, interaction_id, event_key)
) PARTITION BY RANGE (opened_at);
COMMENT ON COLUMN desktop_action.action_id IS 'the id of the event that told of it';
CALL afterword_isolate('desktop_action');
INSERT INTO partitioned_table VALUES ('desktop_action');

CREATE TABLE recording (
    tenant_id      text        NOT NULL,
    opened_at      timestamptz NOT NULL,
    interaction_id text        NOT NULL,
    event_key      uuid        NOT NULL,
    file           text,
    url            text,
    channels       jsonb       NOT NULL,
    recorded_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, opened_at, interaction_id, event_key),
    CHECK (num_nonnulls(file, url) = 1)
) PARTITION BY RANGE (opened_at);
COMMENT ON COLUMN recording.file IS 'relative to the folder of recordings';
COMMENT ON COLUMN recording.channels IS 'audio channel number to who is heard on it';
CALL afterword_isolate('recording');
INSERT INTO partitioned_table VALUES ('recording');

SELECT afterword_ensure_partitions(2);
