-- What reports keep apart: contacts that were none, wrap-ups that nobody began, waits for applications, leaks by group.

ALTER TABLE wrap_up_fact ADD COLUMN no_contact text;
ALTER TABLE wrap_up_fact ADD COLUMN not_started boolean NOT NULL DEFAULT false;
ALTER TABLE wrap_up_fact ADD COLUMN system_wait_seconds double precision;
COMMENT ON COLUMN wrap_up_fact.no_contact IS 'Why there was nothing to record; such a leg is in no time and no rate. Null = there was a contact';
COMMENT ON COLUMN wrap_up_fact.not_started IS 'Its policy left it to the agent, who did not begin it: no after-call work, so in no time and no rate';
COMMENT ON COLUMN wrap_up_fact.system_wait_seconds IS 'How long applications let the agent wait, given back to its window; null = not known';

ALTER TABLE gate_leak
    ADD COLUMN team text,
    ADD COLUMN queue text,
    ADD COLUMN campaign text,
    ADD COLUMN channel text,
    ADD COLUMN call_type text;

-- What leaks are held against, so that a screen that looks every second counts no facts.
CREATE TABLE contact_count (
    tenant_id text        NOT NULL,
    quarter   timestamptz NOT NULL,
    contacts  bigint      NOT NULL,
    PRIMARY KEY (tenant_id, quarter)
);
COMMENT ON TABLE contact_count IS 'How many legs of wrap_up_fact ended in the quarter of an hour from this time on; written together with it';
ALTER TABLE wrap_up_fact NO FORCE ROW LEVEL SECURITY;
INSERT INTO contact_count
SELECT tenant_id, date_bin('15 minutes', leg_ended_at, timestamptz '1970-01-01 00:00:00Z'), count(*)
  FROM wrap_up_fact
 WHERE first_part
 GROUP BY 1, 2;
ALTER TABLE wrap_up_fact FORCE ROW LEVEL SECURITY;
CALL afterword_isolate('contact_count');
