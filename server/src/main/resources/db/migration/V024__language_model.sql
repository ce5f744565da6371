-- A language model that writes the prose of drafts, where a tenant has set one up.

CREATE TABLE language_model (
    tenant_id  text        NOT NULL,
    settings   jsonb       NOT NULL,
    key        text,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE language_model IS 'No row = none';
COMMENT ON COLUMN language_model.settings IS 'as the API shows them';
COMMENT ON COLUMN language_model.key IS 'Sent with each call, so it is kept as it is; never shown. Null = the endpoint asks for none';
CALL afterword_isolate('language_model');

CREATE TABLE language_model_use (
    tenant_id     text          NOT NULL,
    day           date          NOT NULL,
    calls         bigint        NOT NULL,
    input_tokens  bigint        NOT NULL,
    output_tokens bigint        NOT NULL,
    millis        bigint        NOT NULL,
    money         numeric(18,6) NOT NULL,
    PRIMARY KEY (tenant_id, day)
);
COMMENT ON COLUMN language_model_use.day IS 'in the zone of the tenant';
COMMENT ON COLUMN language_model_use.millis IS 'how long the calls took';
COMMENT ON COLUMN language_model_use.money IS 'by the prices of then, in the currency of then. A call that runs has booked the most that it can take';
CALL afterword_isolate('language_model_use');

CREATE TABLE model_draft (
    tenant_id      text        NOT NULL,
    interaction_id text        NOT NULL,
    number         bigint      NOT NULL,
    made_at        timestamptz NOT NULL,
    base_at        timestamptz NOT NULL,
    base           jsonb       NOT NULL,
    outcome        text        NOT NULL,
    told           jsonb       NOT NULL,
    written        jsonb,
    shown          jsonb,
    proposal       jsonb,
    PRIMARY KEY (tenant_id, interaction_id),
    CHECK ((shown IS NULL) = (proposal IS NULL))
);
COMMENT ON TABLE model_draft IS 'What the language model made of the latest draft that it was given of each interaction';
COMMENT ON COLUMN model_draft.number IS 'grows with every row that takes the place of another';
COMMENT ON COLUMN model_draft.base_at IS 'draft.created_at of what it was given; counts for that draft alone';
COMMENT ON COLUMN model_draft.base IS 'that draft, as it was';
COMMENT ON COLUMN model_draft.told IS 'what became of it and what it took, as the API shows it';
COMMENT ON COLUMN model_draft.written IS 'what the model wrote, each statement with its check; null where it wrote nothing that could be read';
COMMENT ON COLUMN model_draft.shown IS 'the draft with the prose that passed in it; null where the draft stands as it was';
CALL afterword_isolate('model_draft');
