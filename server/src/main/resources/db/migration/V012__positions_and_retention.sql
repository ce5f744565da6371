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

CREATE FUNCTION afterword_require_old(bound timestamptz) RETURNS void
    LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF bound > now() - interval '30 days' THEN
        RAISE EXCEPTION 'what is younger than 30 days is not dropped, but % was asked for', bound;
    END IF;
END $$;

CREATE FUNCTION afterword_read_by_all(consumers text[], OUT xid xid8, OUT number bigint)
    LANGUAGE plpgsql STABLE AS $$
BEGIN
    SELECT c.xid, c.number INTO xid, number
      FROM (SELECT e.xid, e.number, count(*) OVER () AS readers
              FROM event_cursor AS e
             WHERE e.tenant_id = afterword_tenant() AND e.consumer = ANY (consumers)) AS c
     WHERE c.readers = cardinality(consumers)
     ORDER BY c.xid, c.number
     LIMIT 1;
    xid := coalesce(xid, '0');
    number := coalesce(number, 0);
END $$;
COMMENT ON FUNCTION afterword_read_by_all(text[]) IS 'How far all these consumers have read the log of this transaction''s tenant; one without a cursor has read nothing';

CREATE FUNCTION afterword_months_before(kind text, bound timestamptz, consumers text[]) RETURNS TABLE (parent text, part text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('afterword.tenant', true);
    one text;
    done record;
    unread boolean;
BEGIN
    PERFORM afterword_require_old(bound);
    FOR parent, part IN
        SELECT p.table_name, c.relname
          FROM partitioned_table AS p
          JOIN pg_inherits AS i ON i.inhparent = p.table_name::regclass
          JOIN pg_class AS c ON c.oid = i.inhrelid
         WHERE p.kept_as = kind AND c.relname ~ ('^' || p.table_name || '_[0-9]{6}$')
         ORDER BY p.table_name, c.relname
    LOOP
        CONTINUE WHEN (to_date(right(part, 6), 'YYYYMM') + interval '1 month') AT TIME ZONE 'UTC' > bound;
        unread := false;
        IF parent = 'domain_event' THEN
            FOR one IN SELECT tenant_id FROM tenant LOOP
                PERFORM set_config('afterword.tenant', one, true);
                SELECT * INTO done FROM afterword_read_by_all(consumers);
                EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE tenant_id = $1 AND (xid, number) > ($2, $3))', part)
                   INTO unread USING one, done.xid, done.number;
                EXIT WHEN unread;
            END LOOP;
        END IF;
        CONTINUE WHEN unread;
        RETURN NEXT;
    END LOOP;
    PERFORM set_config('afterword.tenant', coalesce(before, ''), true);
END $$;
COMMENT ON FUNCTION afterword_months_before(text, timestamptz, text[]) IS 'The partitions of these tables that ended before the bound; of domain_event only those that all these consumers have read';

CREATE FUNCTION afterword_drop_month(kind text, bound timestamptz, consumers text[], month text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM afterword_months_before(kind, bound, consumers) AS m WHERE m.part = month) THEN
        RETURN false;
    END IF;
    EXECUTE format('DROP TABLE %I', month);
    RETURN true;
END $$;
COMMENT ON FUNCTION afterword_drop_month(text, timestamptz, text[], text) IS 'Drops this one of afterword_months_before, if it still is one. Nobody reads or writes the table from here to the end of the transaction: let it be the last thing in it';

CREATE FUNCTION afterword_delete_rest(kind text, bound timestamptz, consumers text[], most int) RETURNS TABLE (parent text, removed bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    time_column text;
    done record;
BEGIN
    PERFORM afterword_require_old(bound);
    SELECT * INTO done FROM afterword_read_by_all(consumers);
    FOR parent, time_column IN
        SELECT p.table_name, a.attname
          FROM partitioned_table AS p
          JOIN pg_partitioned_table AS t ON t.partrelid = p.table_name::regclass
          JOIN pg_attribute AS a ON a.attrelid = t.partrelid AND a.attnum = t.partattrs[0]
         WHERE p.kept_as = kind
         ORDER BY p.table_name
    LOOP
        EXECUTE format('DELETE FROM %1$I WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$I WHERE tenant_id = afterword_tenant() AND %2$I < $1 %3$s LIMIT $4))',
                       parent || '_rest', time_column,
                       CASE WHEN parent = 'domain_event' THEN 'AND (xid, number) <= ($2, $3)' ELSE '' END)
          USING bound, done.xid, done.number, most;
        GET DIAGNOSTICS removed = ROW_COUNT;
        CONTINUE WHEN removed = 0;
        RETURN NEXT;
    END LOOP;
END $$;
COMMENT ON FUNCTION afterword_delete_rest(text, timestamptz, text[], int) IS 'Deletes up to so many rows of this transaction''s tenant from each of these tables'' rest partitions, if they are from before the bound; of domain_event only what all these consumers have read';

REVOKE ALL ON FUNCTION afterword_require_old(timestamptz), afterword_read_by_all(text[]), afterword_months_before(text, timestamptz, text[]),
    afterword_drop_month(text, timestamptz, text[], text), afterword_delete_rest(text, timestamptz, text[], int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION afterword_months_before(text, timestamptz, text[]), afterword_drop_month(text, timestamptz, text[], text),
    afterword_delete_rest(text, timestamptz, text[], int) TO ${appRole};
