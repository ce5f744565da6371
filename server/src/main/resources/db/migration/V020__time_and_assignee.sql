-- A record can be given to a colleague of the agent whose leg it was; and time goes on evenly when the database's clock is set.

CREATE INDEX wrap_up_assigned ON wrap_up (tenant_id, (circumstances->>'assignee'), due_at)
 WHERE status = 'DEFERRED' AND circumstances->>'assignee' IS NOT NULL;

CREATE TABLE time_line (
    one           boolean     PRIMARY KEY DEFAULT true CHECK (one),
    ahead_millis  bigint      NOT NULL DEFAULT 0,
    leads         boolean     NOT NULL DEFAULT false,
    turns         bigint      NOT NULL DEFAULT 0,
    approached_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE time_line IS 'The time that all nodes keep, as the distance from this database''s clock: what that was set by is left out, and caught up with slowly';
COMMENT ON COLUMN time_line.leads IS 'Whether it was so far ahead of the clock that events have to be brought up to it, and has not come back since';
COMMENT ON COLUMN time_line.turns IS 'How often it was set; a node that finds another number follows the line, one that finds the same leaves the step out';
INSERT INTO time_line DEFAULT VALUES;
