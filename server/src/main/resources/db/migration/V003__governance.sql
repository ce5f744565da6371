-- The audit trail: who did what to what, written in the transaction that did it, and never changed by the program.
-- What an entry tells beyond that lies beside it, so that it can be erased while the entry stays.

CREATE TABLE audit_entry (
    tenant_id   text        NOT NULL,
    recorded_at timestamptz NOT NULL,
    number      bigint      GENERATED ALWAYS AS IDENTITY,
    xid         xid8        NOT NULL DEFAULT pg_current_xact_id(),
    actor       text        NOT NULL,
    kind        text        NOT NULL,
    subject     text        NOT NULL,
    PRIMARY KEY (tenant_id, recorded_at, number)
) PARTITION BY RANGE (recorded_at);
CREATE INDEX audit_entry_subject ON audit_entry (tenant_id, subject, recorded_at);
COMMENT ON TABLE audit_entry IS 'Append-only. (xid, number) is a position as in domain_event, for whoever reads on from where it stopped';
COMMENT ON COLUMN audit_entry.actor IS 'user:ID, token:ID or system';
COMMENT ON COLUMN audit_entry.kind IS 'such as user.signed-in';
COMMENT ON COLUMN audit_entry.subject IS 'what it was done to: a kind of thing, a colon, its id';
CALL afterword_isolate('audit_entry');
INSERT INTO partitioned_table VALUES ('audit_entry');

CREATE TABLE audit_content (
    tenant_id   text        NOT NULL,
    recorded_at timestamptz NOT NULL,
    number      bigint      NOT NULL,
    content     jsonb       NOT NULL,
    PRIMARY KEY (tenant_id, recorded_at, number)
) PARTITION BY RANGE (recorded_at);
COMMENT ON TABLE audit_content IS 'The details of the audit_entry of the same key; no row = there are none, or they were erased';
CALL afterword_isolate('audit_content');
INSERT INTO partitioned_table VALUES ('audit_content');

REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry, audit_content FROM ${appRole};

SELECT afterword_ensure_partitions(2);
