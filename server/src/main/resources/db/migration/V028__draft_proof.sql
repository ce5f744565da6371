-- Who sees drafts, what became of each of their parts, and how much a part may do by itself.

CREATE TABLE draft_rollout (
    tenant_id  text        NOT NULL,
    settings   jsonb       NOT NULL,
    salt       text        NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE draft_rollout IS 'No row = drafts are shown of every contact';
COMMENT ON COLUMN draft_rollout.settings IS 'as the API shows them';
COMMENT ON COLUMN draft_rollout.salt IS 'makes chance of contacts'' ids that nobody can foresee; never changes, so that every node draws alike';
CALL afterword_isolate('draft_rollout');

ALTER TABLE draft ADD COLUMN arm text NOT NULL DEFAULT 'SHOWN' CHECK (arm IN ('SHOWN', 'HELD_OUT', 'SHADOW'));
ALTER TABLE draft ADD COLUMN grades jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN draft.arm IS 'Who sees it; set with the first draft of a contact and never changed';
COMMENT ON COLUMN draft.grades IS 'part -> grade, of the parts that do less than fill the record';

CREATE TABLE draft_grade (
    tenant_id text        NOT NULL,
    queue     text        NOT NULL,
    part      text        NOT NULL,
    since     timestamptz NOT NULL,
    grade     text        NOT NULL CHECK (grade IN ('OFF', 'SUGGEST', 'PREFILL')),
    judged    bigint      NOT NULL,
    agreed    bigint      NOT NULL,
    PRIMARY KEY (tenant_id, queue, part, since)
);
COMMENT ON TABLE draft_grade IS 'What parts earned, change by change; the newest row counts, and none = PREFILL';
COMMENT ON COLUMN draft_grade.queue IS 'empty = contacts without one';
COMMENT ON COLUMN draft_grade.agreed IS 'of those judged, by which the grade changed';
CALL afterword_isolate('draft_grade');

CREATE TABLE draft_outcome (
    tenant_id      text        NOT NULL,
    confirmed_at   timestamptz NOT NULL,
    wrap_up_id     text        NOT NULL,
    interaction_id text        NOT NULL,
    draft_id       text        NOT NULL,
    queue          text        NOT NULL,
    call_type      text,
    arm            text        NOT NULL,
    source         text        NOT NULL,
    model          text        NOT NULL,
    was_read       boolean     NOT NULL,
    parts          jsonb       NOT NULL,
    PRIMARY KEY (tenant_id, confirmed_at, wrap_up_id)
) PARTITION BY RANGE (confirmed_at);
CREATE INDEX draft_outcome_of ON draft_outcome (tenant_id, wrap_up_id);
COMMENT ON TABLE draft_outcome IS 'What became of every candidate of a draft once a person confirmed the record; codes and numbers alone, no words of customers';
COMMENT ON COLUMN draft_outcome.was_read IS 'false = confirmed faster than it could be read: no agreement';
COMMENT ON COLUMN draft_outcome.parts IS 'list of parts, each with its candidates and what became of it';
CALL afterword_isolate('draft_outcome');
INSERT INTO partitioned_table VALUES ('draft_outcome');

CREATE TABLE draft_agreement (
    tenant_id text   NOT NULL,
    day       date   NOT NULL,
    queue     text   NOT NULL,
    part      text   NOT NULL,
    model     text   NOT NULL,
    blind     boolean NOT NULL,
    accepted  bigint NOT NULL,
    edited    bigint NOT NULL,
    rejected  bigint NOT NULL,
    missed    bigint NOT NULL,
    PRIMARY KEY (tenant_id, day, queue, part, model, blind)
);
COMMENT ON TABLE draft_agreement IS 'How often people came to what the draft says; sums of draft_outcome, without what was confirmed unread';
COMMENT ON COLUMN draft_agreement.day IS 'in UTC';
COMMENT ON COLUMN draft_agreement.blind IS 'the person did not see what the draft says';
CALL afterword_isolate('draft_agreement');

CREATE TABLE disposition_confusion (
    tenant_id text    NOT NULL,
    day       date    NOT NULL,
    queue     text    NOT NULL,
    drafted   text    NOT NULL,
    confirmed text    NOT NULL,
    blind     boolean NOT NULL,
    contacts  bigint  NOT NULL,
    PRIMARY KEY (tenant_id, day, queue, drafted, confirmed, blind)
);
COMMENT ON TABLE disposition_confusion IS 'What was drafted first and what was confirmed, where both are there; equal ones too';
CALL afterword_isolate('disposition_confusion');

CREATE TABLE draft_arm (
    tenant_id      text        NOT NULL,
    interaction_id text        NOT NULL,
    arm            text        NOT NULL,
    share          double precision NOT NULL,
    assigned_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, interaction_id)
);
COMMENT ON TABLE draft_arm IS 'Which contacts can be compared: those drawn since an administrator first said who sees drafts';
COMMENT ON COLUMN draft_arm.share IS 'of contacts that went without by lot when it was drawn; 0 = none did';
CALL afterword_isolate('draft_arm');

ALTER TABLE wrap_up_fact ADD COLUMN customer_key text;
ALTER TABLE wrap_up_fact ADD COLUMN revision int NOT NULL DEFAULT 0;
COMMENT ON COLUMN wrap_up_fact.customer_key IS 'a fingerprint by which the same customer is known again; personal data like the record';
COMMENT ON COLUMN wrap_up_fact.revision IS 'how often the confirmed record was amended';
CREATE INDEX wrap_up_fact_customer ON wrap_up_fact (tenant_id, customer_key, leg_ended_at) WHERE customer_key IS NOT NULL;

SELECT afterword_ensure_partitions(2);
