-- Policies say only what they mean to, and what they leave open other rules say; windows know what stopped their clocks.

ALTER TABLE agent NO FORCE ROW LEVEL SECURITY;
ALTER TABLE wrap_up NO FORCE ROW LEVEL SECURITY;
ALTER TABLE catalog_item NO FORCE ROW LEVEL SECURITY;

-- Until now a rule said everything, beside its code.
UPDATE catalog_item
   SET item = jsonb_build_object('code', item -> 'code', 'label', item -> 'label', 'when', coalesce(item -> 'when', '{}'),
                                 'settings', item - 'code' - 'label' - 'when')
 WHERE kind = 'policies';

CREATE FUNCTION afterword_seconds(duration jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE AS $$
    SELECT to_jsonb(round(extract(epoch FROM (duration #>> '{}')::interval))::int)
$$;
UPDATE wrap_up
   SET policy = jsonb_build_object(
           'rules', CASE WHEN policy ->> 'rule' = 'default' THEN '[]'::jsonb ELSE jsonb_build_array(policy -> 'rule') END,
           'version', policy -> 'version',
           'surge', false,
           'settings', jsonb_strip_nulls(
               (policy - 'rule' - 'version' - 'window' - 'target' - 'warning' - 'grace' - 'deferDue')
               || jsonb_build_object(
                   'windowSeconds', afterword_seconds(policy -> 'window'),
                   'targetSeconds', afterword_seconds(policy -> 'target'),
                   'warningSeconds', afterword_seconds(policy -> 'warning'),
                   'graceSeconds', afterword_seconds(policy -> 'grace'),
                   'deferDueSeconds', afterword_seconds(policy -> 'deferDue'),
                   -- what there was not before stays away from windows that opened without it
                   'typingGraceSeconds', 0,
                   'noResponseSeconds', 0,
                   'systemWaitSeconds', 0)))
 WHERE policy IS NOT NULL;
DROP FUNCTION afterword_seconds(jsonb);

ALTER TABLE wrap_up ADD COLUMN owed_parts jsonb;
ALTER TABLE wrap_up ADD COLUMN circumstances jsonb;
COMMENT ON COLUMN wrap_up.owed_parts IS 'JSON pointers to the required parts that were put off; null = whatever is missing';
COMMENT ON COLUMN wrap_up.circumstances IS 'What its rules go by beside leg and policy: parts filled in before the window, the last key, stops of the clock. Null = nothing';

DROP INDEX wrap_up_live;
CREATE INDEX wrap_up_live ON wrap_up (tenant_id, agent_id)
    WHERE status IN ('PREPARING', 'OPEN', 'OVERDUE') OR (status = 'COMPLETED' AND (NOT is_final OR released_at IS NULL))
       OR (status = 'DEFERRED' AND cause = 'UNASKED') OR (status = 'DEFERRED' AND cause IN ('SIGNED_OUT', 'BEGUN'));

ALTER TABLE leg ADD COLUMN outbound boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN leg.outbound IS 'The agent began the contact';

ALTER TABLE agent_fact ADD COLUMN waited_millis bigint;
COMMENT ON COLUMN agent_fact.waited_millis IS 'How long the agent had waited for an application by then';

ALTER TABLE agent ADD COLUMN owed int NOT NULL DEFAULT 0;
COMMENT ON COLUMN agent.owed IS 'How many records of its own legs the agent owes';
UPDATE agent AS a
   SET owed = w.owed
  FROM (SELECT tenant_id, agent_id, count(*) AS owed
          FROM wrap_up
         WHERE status = 'DEFERRED' AND owner = 'AGENT'
         GROUP BY tenant_id, agent_id) AS w
 WHERE a.tenant_id = w.tenant_id AND a.agent_id = w.agent_id;

ALTER TABLE agent FORCE ROW LEVEL SECURITY;
ALTER TABLE wrap_up FORCE ROW LEVEL SECURITY;
ALTER TABLE catalog_item FORCE ROW LEVEL SECURITY;

-- What is known of queues' surges: counted statuses, and the surge itself while there is one.
CREATE TABLE queue_surge (
    tenant_id   text        NOT NULL,
    queue       text        NOT NULL,
    above       int         NOT NULL,
    below       int         NOT NULL,
    status_at   timestamptz,
    since       timestamptz,
    until       timestamptz,
    reason      text,
    declared_by text,
    PRIMARY KEY (tenant_id, queue),
    CHECK ((since IS NULL) = (until IS NULL))
);
COMMENT ON COLUMN queue_surge.above IS 'How many statuses in a row passed the threshold, counted to two; below: how many did not';
COMMENT ON COLUMN queue_surge.until IS 'When the surge ends by itself; null = it does not surge';
COMMENT ON COLUMN queue_surge.declared_by IS 'The person who switched it on, as the trail names them; null = its threshold did';
CALL afterword_isolate('queue_surge');
