-- The audit trail becomes provable: each entry says by a digest what its content was, and links chain the entries. Decision 0015
-- says how the hashes are made, and what they prove.

-- What was stored before is carried forward. The owner has to see all tenants' rows for that, also where it is no superuser.
ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_content NO FORCE ROW LEVEL SECURITY;

-- json keeps the text that was digested as it is, where jsonb would write it anew
ALTER TABLE audit_content ALTER COLUMN content TYPE json USING content::text::json;
ALTER TABLE audit_content ADD COLUMN salt bytea;
UPDATE audit_content SET salt = uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
ALTER TABLE audit_content ALTER COLUMN salt SET NOT NULL;
ALTER TABLE audit_content ADD CHECK (octet_length(salt) >= 16);
COMMENT ON COLUMN audit_content.salt IS 'Random; keeps a short content from being guessed by its digest once it is erased';

ALTER TABLE audit_entry ADD COLUMN digest bytea NOT NULL DEFAULT '\x';
-- each field is preceded by its length in bytes, as four bytes
UPDATE audit_entry AS e
   SET digest = sha256(int4send(24) || convert_to('afterword audit content', 'UTF8') || '\x01'
                       || int4send(octet_length(c.salt)) || c.salt
                       || int4send(octet_length(convert_to(c.content::text, 'UTF8'))) || convert_to(c.content::text, 'UTF8'))
  FROM audit_content AS c
 WHERE (c.tenant_id, c.recorded_at, c.number) = (e.tenant_id, e.recorded_at, e.number);
ALTER TABLE audit_entry ALTER COLUMN digest DROP DEFAULT;
ALTER TABLE audit_entry ADD CHECK (octet_length(digest) IN (0, 32));
COMMENT ON COLUMN audit_entry.digest IS 'SHA-256 of salt and content, which may be erased; empty = there never was any content';

ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_content FORCE ROW LEVEL SECURITY;

CREATE INDEX audit_entry_position ON audit_entry (tenant_id, xid, number);

CREATE TABLE audit_link (
    tenant_id   text        NOT NULL,
    sequence    bigint      NOT NULL CHECK (sequence > 0),
    recorded_at timestamptz NOT NULL,
    number      bigint      NOT NULL,
    linked_at   timestamptz NOT NULL,
    hash        bytea       NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (tenant_id, sequence),
    UNIQUE (tenant_id, recorded_at, number)
);
COMMENT ON TABLE audit_link IS 'Append-only. The chain over the audit_entry of the same (recorded_at, number): 1, 2, 3 … without a gap';
COMMENT ON COLUMN audit_link.hash IS 'SHA-256 of the hash before it and all that its entry says';
CALL afterword_isolate('audit_link');
REVOKE UPDATE, DELETE, TRUNCATE ON audit_link FROM ${appRole};
