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

-- The only place that knows in which order entries are linked, and how far: by (xid, number), below the oldest running
-- transaction, so that an entry which commits late is never behind one that is linked.
CREATE FUNCTION afterword_linkable(tenant text, most int) RETURNS SETOF audit_entry
    LANGUAGE sql STABLE AS $$
    WITH last AS (
        SELECT e.xid, e.number
          FROM audit_link AS l
          JOIN audit_entry AS e USING (tenant_id, recorded_at, number)
         WHERE l.tenant_id = tenant
         ORDER BY l.sequence DESC
         LIMIT 1)
    SELECT e.*
      FROM audit_entry AS e
     WHERE e.tenant_id = tenant
       AND (e.xid, e.number) > (coalesce((SELECT xid FROM last), '0'), coalesce((SELECT number FROM last), 0))
       AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
       AND NOT EXISTS (SELECT FROM audit_link AS l
                        WHERE (l.tenant_id, l.recorded_at, l.number) = (e.tenant_id, e.recorded_at, e.number))
     ORDER BY e.xid, e.number
     LIMIT most
$$;
COMMENT ON FUNCTION afterword_linkable(text, int) IS 'The entries to link next, in the transaction of this tenant';

CREATE FUNCTION afterword_tenants_to_link(tenants text[]) RETURNS SETOF text
    LANGUAGE plpgsql AS $$
DECLARE
    tenant text;
BEGIN
    FOREACH tenant IN ARRAY tenants LOOP
        PERFORM set_config('afterword.tenant', tenant, true);
        IF EXISTS (SELECT FROM afterword_linkable(tenant, 1)) THEN
            RETURN NEXT tenant;
        END IF;
    END LOOP;
    PERFORM set_config('afterword.tenant', '', true);
END $$;
COMMENT ON FUNCTION afterword_tenants_to_link(text[]) IS 'Which of these have something to link: one look for all of them, each seen as its own';

CREATE FUNCTION afterword_unlinked(tenant text, after_xid xid8, after_number bigint, most int)
    RETURNS TABLE (xid xid8, recorded_at timestamptz, number bigint, before bigint)
    LANGUAGE sql STABLE AS $$
    WITH last AS (
        SELECT e.xid, e.number
          FROM audit_link AS l
          JOIN audit_entry AS e USING (tenant_id, recorded_at, number)
         WHERE l.tenant_id = tenant
         ORDER BY l.sequence DESC
         LIMIT 1)
    SELECT e.xid, e.recorded_at, e.number,
           CASE WHEN (e.xid, e.number) < ((SELECT xid FROM last), (SELECT number FROM last)) THEN
               (SELECT min(l.sequence)
                  FROM audit_link AS l
                  JOIN audit_entry AS n USING (tenant_id, recorded_at, number)
                 WHERE l.tenant_id = tenant AND (n.xid, n.number) > (e.xid, e.number))
           END
      FROM audit_entry AS e
     WHERE e.tenant_id = tenant AND (e.xid, e.number) > (after_xid, after_number)
       AND NOT EXISTS (SELECT FROM audit_link AS l
                        WHERE (l.tenant_id, l.recorded_at, l.number) = (e.tenant_id, e.recorded_at, e.number))
     ORDER BY e.xid, e.number
     LIMIT most
$$;
COMMENT ON FUNCTION afterword_unlinked(text, xid8, bigint, int) IS 'Entries without a link, in the order of linking. before = the first linked entry behind them, which they should have come before; null for those that wait to be linked';
