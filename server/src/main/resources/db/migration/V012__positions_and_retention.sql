-- Positions in the event log and in the trail that keep growing when the rows move to another cluster; and partitions that are not
-- kept for ever. Decisions 0018 and 0017.

CREATE TABLE position_offset (
    only_row     boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    transactions bigint  NOT NULL CHECK (transactions >= 0)
);
COMMENT ON TABLE position_offset IS 'What is added to this cluster''s transaction ids to make positions: a cluster counts from its own beginning, a log goes on';
COMMENT ON COLUMN position_offset.transactions IS 'grows only, by afterword_settle_positions';
-- above everything that an earlier schema could have given, wherever it ran
INSERT INTO position_offset (transactions) VALUES (1099511627776);
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON position_offset FROM ${appRole};

CREATE FUNCTION afterword_transaction() RETURNS xid8
    LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    added bigint;
BEGIN
    SELECT transactions INTO STRICT added FROM public.position_offset;
    RETURN (pg_current_xact_id()::text::bigint + added)::text::xid8;
END $$;
COMMENT ON FUNCTION afterword_transaction() IS 'The first half of a position: what this transaction writes lies there';

CREATE FUNCTION afterword_horizon() RETURNS xid8
    LANGUAGE plpgsql STABLE AS $$
DECLARE
    added bigint;
BEGIN
    SELECT transactions INTO STRICT added FROM public.position_offset;
    RETURN (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + added)::text::xid8;
END $$;
COMMENT ON FUNCTION afterword_horizon() IS 'Readers stay below: what lies there is written by transactions that have all ended';

ALTER TABLE domain_event ALTER COLUMN xid SET DEFAULT afterword_transaction();
ALTER TABLE audit_entry ALTER COLUMN xid SET DEFAULT afterword_transaction();

-- These alone know in which order entries are linked, and how far: by (xid, number), below the oldest running transaction, so
-- that an entry which commits late is never behind one that is linked. They go by the right indexes, whatever the
-- planner knows of tables that were empty when it first looked: nothing may be sorted, so only an index in that order is left.
CREATE FUNCTION afterword_last_linked(tenant text, OUT xid xid8, OUT number bigint)
    LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
    link record;
BEGIN
    -- the newest link whose entry nobody removed
    FOR link IN SELECT l.recorded_at, l.number FROM audit_link AS l WHERE l.tenant_id = tenant ORDER BY l.sequence DESC LOOP
        SELECT e.xid, e.number INTO xid, number
          FROM audit_entry AS e
         WHERE e.tenant_id = tenant AND e.recorded_at = link.recorded_at AND e.number = link.number;
        EXIT WHEN FOUND;
    END LOOP;
    xid := coalesce(xid, '0');
    number := coalesce(number, 0);
END $$;
COMMENT ON FUNCTION afterword_last_linked(text) IS 'The position of the last linked entry; (0, 0) = none is';

CREATE FUNCTION afterword_linkable(tenant text, most int) RETURNS SETOF audit_entry
    LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
    SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    last record;
    horizon xid8 := afterword_horizon();
BEGIN
    SELECT * INTO last FROM afterword_last_linked(tenant);
    RETURN QUERY
    SELECT e.*
      FROM audit_entry AS e
      LEFT JOIN LATERAL (SELECT n.recorded_at, n.number
                           FROM audit_link AS n
                          WHERE n.tenant_id = tenant AND (n.recorded_at, n.number) >= (e.recorded_at, e.number)
                          ORDER BY n.recorded_at, n.number
                          LIMIT 1) AS l ON (l.recorded_at, l.number) = (e.recorded_at, e.number)
     WHERE e.tenant_id = tenant
       AND (e.xid, e.number) > (last.xid, last.number)
       AND e.xid < horizon
       AND l.number IS NULL
     ORDER BY e.xid, e.number
     LIMIT most;
END $$;
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

CREATE FUNCTION afterword_links(tenant text, after_xid xid8, after_number bigint, most int)
    RETURNS TABLE (xid xid8, recorded_at timestamptz, number bigint, linked boolean, before bigint)
    LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
    SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    last record;
BEGIN
    SELECT * INTO last FROM afterword_last_linked(tenant);
    RETURN QUERY
    WITH entry AS (
        SELECT e.xid, e.recorded_at, e.number, l.number IS NOT NULL AS linked
          FROM audit_entry AS e
          LEFT JOIN LATERAL (SELECT n.recorded_at, n.number
                               FROM audit_link AS n
                              WHERE n.tenant_id = tenant AND (n.recorded_at, n.number) >= (e.recorded_at, e.number)
                              ORDER BY n.recorded_at, n.number
                              LIMIT 1) AS l ON (l.recorded_at, l.number) = (e.recorded_at, e.number)
         WHERE e.tenant_id = tenant AND (e.xid, e.number) > (after_xid, after_number)
         ORDER BY e.xid, e.number
         LIMIT most)
    SELECT entry.xid, entry.recorded_at, entry.number, entry.linked,
           CASE WHEN NOT entry.linked AND (entry.xid, entry.number) < (last.xid, last.number) THEN
               (SELECT l.sequence
                  FROM audit_entry AS n
                  JOIN audit_link AS l ON l.tenant_id = tenant AND l.recorded_at = n.recorded_at AND l.number = n.number
                 WHERE n.tenant_id = tenant AND (n.xid, n.number) > (entry.xid, entry.number)
                 ORDER BY n.xid, n.number
                 LIMIT 1)
           END
      FROM entry
     ORDER BY entry.xid, entry.number;
END $$;
COMMENT ON FUNCTION afterword_links(text, xid8, bigint, int) IS 'The next entries in the order of linking, and whether each is linked. before = the first linked entry behind one that is not, which it should have come before; null for those that wait to be linked';

COMMENT ON TABLE domain_event IS 'Append-only log of what happened, read by cursor. A position is (xid, number), where xid is afterword_transaction(): readers stay below afterword_horizon(), so none is skipped';
COMMENT ON TABLE audit_entry IS 'Append-only. (xid, number) is a position as in domain_event, for whoever reads on from where it stopped';

CREATE FUNCTION afterword_greatest_position() RETURNS bigint
    LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    before text := current_setting('afterword.tenant', true);
    one text;
    greatest_one bigint;
    greatest_all bigint := 0;
BEGIN
    FOR one IN SELECT tenant_id FROM tenant LOOP
        PERFORM set_config('afterword.tenant', one, true);
        SELECT max(xid::text::bigint) INTO greatest_one
          FROM ((SELECT xid FROM domain_event WHERE tenant_id = one ORDER BY xid DESC LIMIT 1)
                UNION ALL
                (SELECT xid FROM audit_entry WHERE tenant_id = one ORDER BY xid DESC LIMIT 1)
                UNION ALL
                (SELECT xid FROM event_cursor WHERE tenant_id = one)) AS stored;
        greatest_all := greatest(greatest_all, greatest_one);
    END LOOP;
    PERFORM set_config('afterword.tenant', coalesce(before, ''), true);
    RETURN greatest_all;
END $$;

CREATE FUNCTION afterword_positions_moved() RETURNS boolean
    LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    stored bigint := afterword_greatest_position();
BEGIN
    -- asked for after the rows were read: what a running node committed meanwhile lies below it
    RETURN stored >= (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint + transactions FROM position_offset);
END $$;
COMMENT ON FUNCTION afterword_positions_moved() IS 'Whether a stored position lies above all that this cluster has given: then the rows were moved here from another one. Run by the owner';

CREATE FUNCTION afterword_settle_positions(moved boolean) RETURNS boolean
    LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    epoch CONSTANT bigint := 1099511627776;
BEGIN
    -- waits for every transaction that took a position, and lets none take one before the offset is right
    LOCK TABLE position_offset IN ACCESS EXCLUSIVE MODE;
    IF NOT moved AND NOT afterword_positions_moved() THEN
        RETURN false;
    END IF;
    -- not only above what is stored, but above what may have been given after these rows were copied
    UPDATE position_offset
       SET transactions = (greatest(afterword_greatest_position(), transactions) / epoch + 1) * epoch;
    RETURN true;
END $$;
COMMENT ON FUNCTION afterword_settle_positions(boolean) IS 'Raises the offset to the next multiple of 2^40 if the rows were moved here from another cluster, or look so. Run by the owner, before anything else uses the database';
REVOKE ALL ON FUNCTION afterword_settle_positions(boolean), afterword_positions_moved(), afterword_greatest_position() FROM PUBLIC;

-- Retention: which tables are dropped by the month, and by which setting.

ALTER TABLE partitioned_table ADD COLUMN kept_as text CHECK (kept_as IN ('events', 'conversations'));
COMMENT ON COLUMN partitioned_table.kept_as IS 'the setting retention.… that bounds how long its rows are kept; null = they are always kept';
UPDATE partitioned_table SET kept_as = 'events' WHERE table_name IN ('inbound_event', 'domain_event');
UPDATE partitioned_table SET kept_as = 'conversations' WHERE table_name IN ('turn', 'desktop_action', 'recording');

-- A lock that cannot be had at once (a long backup) must not make everybody else wait behind us: the next look tries again.
ALTER FUNCTION afterword_ensure_partitions(int) SET lock_timeout = '2s';

CREATE FUNCTION afterword_drop_before(kind text, bound timestamptz, consumers text[])
    RETURNS TABLE (parent text, part text, removed bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    before text := current_setting('afterword.tenant', true);
    is_rest boolean;
    time_column text;
    one text;
    done record;
    found_rows bigint;
    unread boolean;
BEGIN
    IF bound > now() - interval '30 days' THEN
        RAISE EXCEPTION 'what is younger than 30 days is not dropped, but % was asked for', bound;
    END IF;
    FOR parent, part, time_column IN
        SELECT p.table_name, c.relname, a.attname
          FROM partitioned_table AS p
          JOIN pg_partitioned_table AS t ON t.partrelid = p.table_name::regclass
          JOIN pg_attribute AS a ON a.attrelid = t.partrelid AND a.attnum = t.partattrs[0]
          JOIN pg_inherits AS i ON i.inhparent = t.partrelid
          JOIN pg_class AS c ON c.oid = i.inhrelid
         WHERE p.kept_as = kind
         ORDER BY p.table_name, c.relname
    LOOP
        is_rest := part = parent || '_rest';
        IF NOT is_rest THEN
            CONTINUE WHEN part !~ ('^' || parent || '_[0-9]{6}$');
            CONTINUE WHEN (to_date(right(part, 6), 'YYYYMM') + interval '1 month') AT TIME ZONE 'UTC' > bound;
        END IF;
        removed := 0;
        unread := false;
        FOR one IN SELECT tenant_id FROM tenant LOOP
            PERFORM set_config('afterword.tenant', one, true);
            -- how far all of them have read; a consumer without a cursor has read nothing
            SELECT c.xid, c.number, count(*) OVER () AS readers INTO done
              FROM event_cursor AS c
             WHERE c.tenant_id = one AND c.consumer = ANY (consumers)
             ORDER BY c.xid, c.number
             LIMIT 1;
            IF NOT FOUND OR done.readers < cardinality(consumers) THEN
                SELECT '0'::xid8 AS xid, 0::bigint AS number, 0::bigint AS readers INTO done;
            END IF;
            IF is_rest THEN
                EXECUTE format('DELETE FROM %I WHERE tenant_id = $1 AND %I < $2', part, time_column)
                        || CASE WHEN parent = 'domain_event' THEN ' AND (xid, number) <= ($3, $4)' ELSE '' END
                  USING one, bound, done.xid, done.number;
                GET DIAGNOSTICS found_rows = ROW_COUNT;
            ELSE
                IF parent = 'domain_event' THEN
                    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE tenant_id = $1 AND (xid, number) > ($2, $3))', part)
                       INTO unread USING one, done.xid, done.number;
                    EXIT WHEN unread;
                END IF;
                EXECUTE format('SELECT count(*) FROM %I WHERE tenant_id = $1', part) INTO found_rows USING one;
            END IF;
            removed := removed + found_rows;
        END LOOP;
        CONTINUE WHEN unread OR is_rest AND removed = 0;
        IF NOT is_rest THEN
            EXECUTE format('DROP TABLE %I', part);
        END IF;
        RETURN NEXT;
    END LOOP;
    PERFORM set_config('afterword.tenant', coalesce(before, ''), true);
END $$;
COMMENT ON FUNCTION afterword_drop_before(text, timestamptz, text[]) IS 'Drops the months of these tables that ended before the bound, and rows of their rest partitions; of domain_event only what all these consumers have read';
REVOKE ALL ON FUNCTION afterword_drop_before(text, timestamptz, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION afterword_drop_before(text, timestamptz, text[]) TO ${appRole};
