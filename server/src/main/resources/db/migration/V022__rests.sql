-- Times in which agents are offered nothing though they carry nothing, and how long they were; debts that become overdue.

ALTER TABLE agent ADD COLUMN rests jsonb;
ALTER TABLE agent ADD COLUMN rests_until timestamptz;
ALTER TABLE agent ADD COLUMN look_back_seconds int NOT NULL DEFAULT 0;
COMMENT ON COLUMN agent.rests IS 'Rests given lately; those that are over stay for a day, since caps count them. Null = none';
COMMENT ON COLUMN agent.rests_until IS 'Until when rests keep work away, as derived when the agent was stored; infinity = it waits for one';
COMMENT ON COLUMN agent.look_back_seconds IS 'For how long legs and facts stay apart where that is longer than the lateness bound, since an occupancy guard looks at them';
COMMENT ON COLUMN agent.state IS 'as derived when the agent was stored, and as everybody may see it; so are reason, since and wanted. Derived like it: wants_work, carried and idle_since';

ALTER TABLE queue_surge ADD COLUMN quiet int NOT NULL DEFAULT 0;
COMMENT ON COLUMN queue_surge.quiet IS 'How many statuses in a row were calm while the queue did not surge, counted to two';

CREATE TABLE rest_fact (
    tenant_id  text        NOT NULL,
    agent_id   text        NOT NULL,
    rest_id    text        NOT NULL,
    kind       text        NOT NULL,
    team       text,
    queue      text,
    started_at timestamptz NOT NULL,
    ended_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, agent_id, rest_id),
    CHECK (started_at <= ended_at)
);
CREATE INDEX rest_fact_ended ON rest_fact (tenant_id, ended_at);
COMMENT ON TABLE rest_fact IS 'Rests that have ended, one row each. Who rested is needed to know how many did; no interface shows it';
COMMENT ON COLUMN rest_fact.rest_id IS 'Tells it from other rests of the agent: told again, it replaces the row';
COMMENT ON COLUMN rest_fact.queue IS 'of the contact that it followed';
CALL afterword_isolate('rest_fact');

-- Records that are owed already alert like those to come.
ALTER TABLE wrap_up NO FORCE ROW LEVEL SECURITY;
INSERT INTO due_work (tenant_id, kind, id, due_at)
SELECT tenant_id, 'wrapup.debt', wrap_up_id, due_at
  FROM wrap_up
 WHERE status = 'DEFERRED' AND cause <> 'UNASKED';
ALTER TABLE wrap_up FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN wrap_up.circumstances IS 'What its rules go by beside leg and policy: parts filled in before the window, the last key, stops of the clock, the due time that was announced as passed. Null = nothing';
