-- The ground that every module stands on: tenant isolation, time partitions, the event log with its cursors, due work.
-- Runs as the owner role. ${appRole} is the role that the program works with: no superuser, no BYPASSRLS, owns nothing.

ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${appRole};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ${appRole};
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ${appRole};

CREATE FUNCTION afterword_tenant() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('afterword.tenant', true), '');
COMMENT ON FUNCTION afterword_tenant() IS 'The tenant that this transaction has set for itself; null = none, and then no row is visible';

CREATE PROCEDURE afterword_isolate(target regclass)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY tenant_only ON %s USING (tenant_id = afterword_tenant()) WITH CHECK (tenant_id = afterword_tenant())', target);
END $$;
COMMENT ON PROCEDURE afterword_isolate(regclass) IS 'Every table with a tenant_id is isolated by this, partitions too: a policy on a parent does not guard a partition that is read by its own name';

CREATE PROCEDURE afterword_seal_partition(target regclass)
    LANGUAGE plpgsql AS $$
BEGIN
    CALL afterword_isolate(target);
    EXECUTE format('REVOKE ALL ON %s FROM ${appRole}', target);
END $$;
COMMENT ON PROCEDURE afterword_seal_partition(regclass) IS 'A partition is reached through its parent alone, whose privileges then hold: what is append-only there cannot be changed here';

CREATE TABLE partitioned_table (
    table_name text PRIMARY KEY
);
COMMENT ON TABLE partitioned_table IS 'Tables partitioned by month, for which afterword_ensure_partitions keeps partitions ahead of time';

CREATE FUNCTION afterword_ensure_partitions(months_ahead int) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    parent text;
    month_start date;
    partition_name text;
    created int := 0;
BEGIN
    FOR parent IN SELECT table_name FROM partitioned_table ORDER BY table_name LOOP
        IF to_regclass(parent || '_rest') IS NULL THEN
            -- takes what no month covers (a clock that jumped), so that an insert never fails for want of a partition
            EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', parent || '_rest', parent);
            CALL afterword_seal_partition((parent || '_rest')::regclass);
        END IF;
        FOR i IN -1 .. months_ahead LOOP
            month_start := (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => i))::date;
            partition_name := parent || '_' || to_char(month_start, 'YYYYMM');
            IF to_regclass(partition_name) IS NULL THEN
                BEGIN
                    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', partition_name, parent,
                                   month_start || ' 00:00:00+00', (month_start + interval '1 month')::date || ' 00:00:00+00');
                    CALL afterword_seal_partition(partition_name::regclass);
                    created := created + 1;
                EXCEPTION WHEN check_violation THEN
                    -- rows of that month already lie in the rest partition: they stay there, and stay visible
                    NULL;
                END;
            END IF;
        END LOOP;
    END LOOP;
    RETURN created;
END $$;
REVOKE ALL ON FUNCTION afterword_ensure_partitions(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION afterword_ensure_partitions(int) TO ${appRole};

CREATE TABLE domain_event (
    tenant_id      text        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    xid            xid8        NOT NULL DEFAULT pg_current_xact_id(),
    number         bigint      GENERATED ALWAYS AS IDENTITY,
    type           text        NOT NULL,
    subject        text        NOT NULL,
    interaction_id text,
    data           jsonb       NOT NULL,
    PRIMARY KEY (tenant_id, recorded_at, number)
) PARTITION BY RANGE (recorded_at);
CREATE INDEX domain_event_position ON domain_event (tenant_id, xid, number);
COMMENT ON TABLE domain_event IS 'Append-only log of what happened, read by cursor. A position is (xid, number): readers stay below the oldest running transaction, so none is skipped';
CALL afterword_isolate('domain_event');
INSERT INTO partitioned_table VALUES ('domain_event');

CREATE TABLE event_cursor (
    tenant_id text   NOT NULL,
    consumer  text   NOT NULL,
    xid       xid8   NOT NULL,
    number    bigint NOT NULL,
    PRIMARY KEY (tenant_id, consumer)
);
COMMENT ON TABLE event_cursor IS 'How far each consumer has read the event log; moved in the transaction of what it did with the events';
CALL afterword_isolate('event_cursor');

CREATE SEQUENCE due_work_generation;

CREATE TABLE due_work (
    tenant_id    text        NOT NULL,
    kind         text        NOT NULL,
    id           text        NOT NULL,
    due_at       timestamptz NOT NULL,
    generation   bigint      NOT NULL DEFAULT nextval('due_work_generation'),
    attempts     int         NOT NULL DEFAULT 0,
    leased_until timestamptz,
    PRIMARY KEY (tenant_id, kind, id)
);
CREATE INDEX due_work_next ON due_work (kind, due_at);
CREATE INDEX due_work_leased ON due_work (kind, leased_until) WHERE leased_until IS NOT NULL;
COMMENT ON TABLE due_work IS 'What has to be done when, by tenant, kind and id. Holds no customer data and therefore has no row-level security: workers claim across tenants, then work tenant by tenant';
COMMENT ON COLUMN due_work.generation IS 'new with every scheduling and never used again, so that a worker removes only what it was given';

SELECT afterword_ensure_partitions(2);
