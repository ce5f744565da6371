-- What confirmed records teach of how contacts are disposed of and where values are said, and the models that learned it.

ALTER TABLE confirmed_example ADD COLUMN features bytea;
ALTER TABLE confirmed_example ADD COLUMN prior jsonb;
ALTER TABLE confirmed_example ADD COLUMN interaction_id text;
ALTER TABLE confirmed_example ADD COLUMN fields jsonb;
COMMENT ON COLUMN confirmed_example.features IS 'hashed words and meaning that a model looks at; null = confirmed before there were models, or too long ago';
COMMENT ON COLUMN confirmed_example.prior IS 'what the words of the catalog alone made of the contact, code -> share';
COMMENT ON COLUMN confirmed_example.interaction_id IS 'where its words are, as long as they are kept';
COMMENT ON COLUMN confirmed_example.fields IS 'field -> value, without sensitive ones';

CREATE TABLE learned_model (
    tenant_id     text        NOT NULL,
    number        bigint      NOT NULL,
    subject       text        NOT NULL,
    reads         text        NOT NULL,
    made_at       timestamptz NOT NULL,
    learned_until timestamptz NOT NULL,
    contacts      int         NOT NULL CHECK (contacts > 0),
    state         text        NOT NULL CHECK (state IN ('IN_USE', 'REPLACED', 'REFUSED', 'ROLLED_BACK')),
    judged        jsonb       NOT NULL,
    weights       bytea,
    PRIMARY KEY (tenant_id, number)
);
CREATE UNIQUE INDEX learned_model_in_use ON learned_model (tenant_id, subject, reads) WHERE state = 'IN_USE';
COMMENT ON TABLE learned_model IS 'Versions of what was learned, one of a subject in use at a time; a version never changes but for its state';
COMMENT ON COLUMN learned_model.subject IS 'dispositions, or fields/ and the code of a form';
COMMENT ON COLUMN learned_model.reads IS 'what it was taught to look at: the embedder for dispositions, else the version of what is seen of words';
COMMENT ON COLUMN learned_model.learned_until IS 'when the last record it learned from was confirmed; later ones correct it';
COMMENT ON COLUMN learned_model.contacts IS 'how many it learned from';
COMMENT ON COLUMN learned_model.judged IS 'by which records it was compared with what was in use, and how both did';
COMMENT ON COLUMN learned_model.weights IS 'null = of a version that is not needed any more';
CALL afterword_isolate('learned_model');
