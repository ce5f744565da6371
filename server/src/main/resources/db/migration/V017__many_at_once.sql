-- Wrap-ups that a person split off others of the same leg.

ALTER TABLE wrap_up ADD COLUMN part_of text;
COMMENT ON COLUMN wrap_up.part_of IS 'The wrap-up that it was split off, of the same leg; null for the one that holds the leg''s units';
COMMENT ON COLUMN wrap_up.released_at IS 'When its agent was let go; null while it is held, also for what was split off. Of a part: when it stopped';

-- Whatever its status, a wrap-up is live while it holds its agent.
DROP INDEX wrap_up_live;
CREATE INDEX wrap_up_live ON wrap_up (tenant_id, agent_id)
    WHERE released_at IS NULL OR (status = 'COMPLETED' AND NOT is_final)
       OR (status = 'DEFERRED' AND cause = 'UNASKED') OR (status = 'DEFERRED' AND cause IN ('SIGNED_OUT', 'BEGUN'));
