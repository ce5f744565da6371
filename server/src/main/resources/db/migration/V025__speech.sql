-- What becomes of recordings: one row for each event that told of one.

CREATE TABLE transcription (
    tenant_id        text        NOT NULL,
    created_at       timestamptz NOT NULL,
    transcription_id text        NOT NULL,
    interaction_id   text        NOT NULL,
    file             text,
    url              text,
    channels         jsonb       NOT NULL,
    recorded_at      timestamptz NOT NULL,
    state            text        NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'skipped', 'unconfigured')),
    reason           text,
    recognizer       text,
    first_turn       int,
    done_frames      bigint      NOT NULL DEFAULT 0,
    total_seconds    float8,
    utterances       int         NOT NULL DEFAULT 0,
    turns            int         NOT NULL DEFAULT 0,
    unreliable       int         NOT NULL DEFAULT 0,
    spoken_frames    bigint      NOT NULL DEFAULT 0,
    silence_frames   bigint      NOT NULL DEFAULT 0,
    hold_frames      bigint      NOT NULL DEFAULT 0,
    spoken_until     bigint      NOT NULL DEFAULT 0,
    failures         int         NOT NULL DEFAULT 0,
    next_attempt_at  timestamptz,
    ended_at         timestamptz,
    PRIMARY KEY (tenant_id, created_at, transcription_id),
    CHECK (num_nonnulls(file, url) = 1)
) PARTITION BY RANGE (created_at);
CREATE INDEX transcription_by_id ON transcription (tenant_id, transcription_id);
CREATE INDEX transcription_of_interaction ON transcription (tenant_id, interaction_id);
CREATE INDEX transcription_unfinished ON transcription (tenant_id, state, transcription_id) WHERE state NOT IN ('done', 'skipped');
COMMENT ON COLUMN transcription.transcription_id IS 'Sorts by created_at';
COMMENT ON COLUMN transcription.file IS 'relative to the tenant''s folder of recordings';
COMMENT ON COLUMN transcription.channels IS 'audio channel number to who is heard on it, as the event said';
COMMENT ON COLUMN transcription.reason IS 'why it is in this state, or what went wrong the last time; holds no words of the recording';
COMMENT ON COLUMN transcription.first_turn IS 'number of the first turn that it may tell of; null until it is begun';
COMMENT ON COLUMN transcription.done_frames IS 'how many frames of 32 ms are worked through: the next attempt goes on from there. So are spoken_, silence_ and hold_frames counted, and spoken_until, the frame after the last in which somebody spoke';
COMMENT ON COLUMN transcription.utterances IS 'worked through; the next has the number first_turn + utterances, whether there are words in it or not';
COMMENT ON COLUMN transcription.failures IS 'in a row';
CALL afterword_isolate('transcription');
INSERT INTO partitioned_table VALUES ('transcription', 'conversations');

SELECT afterword_ensure_partitions(2);
