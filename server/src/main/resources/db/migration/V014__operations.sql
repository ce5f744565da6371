-- Since when due work waits. What is wanted first is planned for a time that is over already, which says nothing about that.

ALTER TABLE due_work ADD COLUMN planned_at timestamptz NOT NULL DEFAULT now();
COMMENT ON COLUMN due_work.planned_at IS 'When it was planned last. Work planned for a time before that is not late by the difference';
