-- Drafts, and the confirmed contacts that new ones are ranked by.

CREATE TABLE draft (
    tenant_id      text        NOT NULL,
    interaction_id text        NOT NULL,
    number         bigint      NOT NULL,
    created_at     timestamptz NOT NULL,
    source         text        NOT NULL,
    draft          jsonb       NOT NULL,
    proposal       jsonb       NOT NULL,
    PRIMARY KEY (tenant_id, interaction_id)
);
COMMENT ON TABLE draft IS 'The latest draft of each interaction';
COMMENT ON COLUMN draft.number IS 'grows with every draft of the interaction that says something new';
COMMENT ON COLUMN draft.draft IS 'as the API shows it, with evidence, confidence and check';
COMMENT ON COLUMN draft.proposal IS 'what of it stands, in the shape of a record';
CALL afterword_isolate('draft');

CREATE TABLE confirmed_example (
    tenant_id    text        NOT NULL,
    wrap_up_id   text        NOT NULL,
    confirmed_at timestamptz NOT NULL,
    model        text        NOT NULL,
    fingerprint  bytea       NOT NULL,
    disposition  text,
    reasons      text[]      NOT NULL,
    PRIMARY KEY (tenant_id, wrap_up_id)
);
CREATE INDEX confirmed_example_latest ON confirmed_example (tenant_id, model, confirmed_at DESC);
COMMENT ON COLUMN confirmed_example.model IS 'the embedder that made the fingerprint; those of others cannot be compared';
COMMENT ON COLUMN confirmed_example.fingerprint IS 'big-endian 32-bit floats';
CALL afterword_isolate('confirmed_example');
