-- Agents, the facts about their presence, the legs they are on, and reservations.

CREATE TABLE agent (
    tenant_id     text        NOT NULL,
    agent_id      text        NOT NULL,
    name          text,
    team          text,
    site          text,
    skills        text[]      NOT NULL DEFAULT '{}',
    capacity      int         NOT NULL CHECK (capacity BETWEEN 1 AND 100),
    hired         date,
    level         text,
    settled_profile jsonb     NOT NULL,
    settled       jsonb       NOT NULL,
    settled_until timestamptz NOT NULL,
    free_since    timestamptz,
    after_wrap_up jsonb,
    state         text        NOT NULL,
    reason        text,
    since         timestamptz,
    wanted        text        NOT NULL,
    unannounced   boolean     NOT NULL,
    wants_work    boolean     NOT NULL,
    carried       int         NOT NULL,
    idle_since    timestamptz,
    PRIMARY KEY (tenant_id, agent_id)
);
CREATE INDEX agent_offerable ON agent (tenant_id, idle_since, agent_id) WHERE wants_work AND carried < capacity;
COMMENT ON COLUMN agent.settled_profile IS 'profile up to settled_until; name to level are with the facts after that';
COMMENT ON COLUMN agent.settled IS 'presence up to settled_until, with older facts folded in';
COMMENT ON COLUMN agent.after_wrap_up IS 'state chosen for the next release';
COMMENT ON COLUMN agent.state IS 'as derived when the agent was stored; so are reason, since, wanted, wants_work, carried and idle_since';
COMMENT ON COLUMN agent.wants_work IS 'signed in and wants AVAILABLE';
COMMENT ON COLUMN agent.carried IS 'units taken by legs and wrap-ups; reservations come on top';
CALL afterword_isolate('agent');

CREATE TABLE agent_fact (
    tenant_id text        NOT NULL,
    agent_id  text        NOT NULL,
    at        timestamptz NOT NULL,
    kind      text        NOT NULL,
    source    text        NOT NULL,
    id        text        NOT NULL,
    reason    text,
    interaction_id text,
    profile   jsonb,
    PRIMARY KEY (tenant_id, agent_id, at, kind, source, id)
);
COMMENT ON TABLE agent_fact IS 'Facts after agent.settled_until';
COMMENT ON COLUMN agent_fact.interaction_id IS 'what the agent was offered, or connected to with units of its own';
COMMENT ON COLUMN agent_fact.profile IS 'what a sign-in said of the agent';
CALL afterword_isolate('agent_fact');

CREATE TABLE leg_fact (
    tenant_id      text        NOT NULL,
    at             timestamptz NOT NULL,
    interaction_id text        NOT NULL,
    kind           text        NOT NULL,
    agent_id       text,
    leg_id         text,
    role           text,
    late           boolean     NOT NULL,
    source         text        NOT NULL,
    id             text        NOT NULL,
    PRIMARY KEY (tenant_id, at, interaction_id, kind, source, id)
) PARTITION BY RANGE (at);
CREATE INDEX leg_fact_interaction ON leg_fact (tenant_id, interaction_id);
CALL afterword_isolate('leg_fact');
INSERT INTO partitioned_table VALUES ('leg_fact');

CREATE TABLE leg (
    tenant_id      text        NOT NULL,
    started_at     timestamptz NOT NULL,
    interaction_id text        NOT NULL,
    leg_id         text        NOT NULL,
    agent_id       text        NOT NULL,
    role           text        NOT NULL,
    channel        text        NOT NULL,
    ended_at       timestamptz,
    held_millis    bigint      NOT NULL,
    late_start     boolean     NOT NULL,
    late_end       boolean     NOT NULL,
    units          int         NOT NULL,
    held_units     int         NOT NULL,
    released_at    timestamptz,
    PRIMARY KEY (tenant_id, started_at, interaction_id, leg_id)
) PARTITION BY RANGE (started_at);
CREATE INDEX leg_interaction ON leg (tenant_id, interaction_id);
CREATE INDEX leg_released ON leg (tenant_id, agent_id, released_at);
CREATE INDEX leg_carried ON leg (tenant_id, agent_id) WHERE released_at IS NULL;
COMMENT ON COLUMN leg.held_millis IS 'time the customer was on hold within the leg';
COMMENT ON COLUMN leg.units IS 'units taken while the leg is on';
COMMENT ON COLUMN leg.held_units IS 'units its wrap-up keeps from the end to released_at';
CALL afterword_isolate('leg');
INSERT INTO partitioned_table VALUES ('leg');

CREATE TABLE reservation (
    tenant_id      text        NOT NULL,
    reservation_id text        NOT NULL,
    interaction_id text        NOT NULL,
    agent_id       text        NOT NULL,
    channel        text        NOT NULL,
    queue          text,
    units          int         NOT NULL,
    reserved_at    timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    ended_at       timestamptz,
    PRIMARY KEY (tenant_id, reservation_id)
);
CREATE UNIQUE INDEX reservation_interaction ON reservation (tenant_id, interaction_id) WHERE ended_at IS NULL;
CREATE INDEX reservation_agent ON reservation (tenant_id, agent_id) WHERE ended_at IS NULL;
COMMENT ON COLUMN reservation.ended_at IS 'connected, missed, cancelled, or swept after expires_at; null = holds until expires_at';
CALL afterword_isolate('reservation');

SELECT afterword_ensure_partitions(2);
