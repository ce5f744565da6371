-- Policies approve what parts of drafts have earned, and a sample goes on being checked.

ALTER TABLE draft_grade DROP CONSTRAINT draft_grade_grade_check;
ALTER TABLE draft_grade ADD CHECK (grade IN ('OFF', 'SUGGEST', 'PREFILL', 'FILL_AUDITED', 'FILL'));

ALTER TABLE draft ADD COLUMN audited boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN draft.audited IS 'a policy would have approved what it says, and a person got it by lot';
COMMENT ON COLUMN draft.grades IS 'part -> grade, of the parts that do anything but fill a record for a person to confirm';

ALTER TABLE draft_outcome ADD COLUMN audited boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN draft_outcome.audited IS 'as of the draft';

ALTER TABLE draft_agreement ADD COLUMN audited boolean NOT NULL DEFAULT false;
ALTER TABLE draft_agreement DROP CONSTRAINT draft_agreement_pkey;
ALTER TABLE draft_agreement ADD PRIMARY KEY (tenant_id, day, queue, part, model, blind, audited);
COMMENT ON COLUMN draft_agreement.audited IS 'a policy would have approved it: by this alone parts keep what they may do with nobody looking';

CREATE TABLE draft_unattended (
    tenant_id text   NOT NULL,
    day       date   NOT NULL,
    queue     text   NOT NULL,
    approved  bigint NOT NULL,
    amended   bigint NOT NULL,
    PRIMARY KEY (tenant_id, day, queue)
);
COMMENT ON TABLE draft_unattended IS 'How many records a policy approved, with nobody looking; they are in no agreement';
COMMENT ON COLUMN draft_unattended.day IS 'of the approval, or of the first amendment, in UTC';
COMMENT ON COLUMN draft_unattended.amended IS 'approved records that a person amended for the first time that day';
CALL afterword_isolate('draft_unattended');
