-- Who acts, for which tenant, in which role; and the sessions of signed-in people.

CREATE TABLE tenant (
    tenant_id  text        PRIMARY KEY CHECK (tenant_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    name       text        NOT NULL,
    host       text        UNIQUE CHECK (host = lower(host)),
    zone       text        NOT NULL,
    created_at timestamptz NOT NULL
);
COMMENT ON TABLE tenant IS 'The directory of organizations. Holds no customer data and therefore has no row-level security: it is read to find out whose request this is';
COMMENT ON COLUMN tenant.host IS 'host name that leads to this tenant''s pages; null = they are reached by path';
COMMENT ON COLUMN tenant.zone IS 'IANA time zone in which its people read times';

CREATE TABLE app_user (
    tenant_id     text        NOT NULL REFERENCES tenant,
    user_id       text        NOT NULL,
    user_name     text        NOT NULL CHECK (user_name = lower(user_name)),
    display_name  text        NOT NULL,
    password_hash text        NOT NULL,
    role          text        NOT NULL,
    agent_id      text,
    scope         jsonb,
    disabled      boolean     NOT NULL DEFAULT false,
    created_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    UNIQUE (tenant_id, user_name),
    CHECK ((role = 'agent') = (agent_id IS NOT NULL))
);
COMMENT ON COLUMN app_user.password_hash IS 'as Spring Security''s delegating encoder writes it: {method}hash';
COMMENT ON COLUMN app_user.agent_id IS 'the agent this person is; an agent has exactly one, nobody else has any';
COMMENT ON COLUMN app_user.scope IS 'reserved: teams, queues, campaigns and clients this person is limited to; null = no limit';
CALL afterword_isolate('app_user');

CREATE TABLE api_token (
    tenant_id    text        NOT NULL REFERENCES tenant,
    token_id     text        NOT NULL,
    token_hash   bytea       NOT NULL,
    name         text        NOT NULL,
    role         text        NOT NULL,
    agent_id     text,
    scope        jsonb,
    created_at   timestamptz NOT NULL,
    created_by   text        NOT NULL,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    PRIMARY KEY (tenant_id, token_id),
    UNIQUE (tenant_id, token_hash),
    CHECK ((role = 'agent') = (agent_id IS NOT NULL))
);
COMMENT ON COLUMN api_token.token_hash IS 'SHA-256 of the whole text form; the text itself is shown once and kept nowhere';
COMMENT ON COLUMN api_token.scope IS 'reserved: teams, queues, campaigns and clients this token is limited to; null = no limit';
COMMENT ON COLUMN api_token.last_used_at IS 'coarse: written at most once an hour';
CALL afterword_isolate('api_token');

CREATE TABLE admin_link (
    tenant_id  text        NOT NULL REFERENCES tenant,
    link_hash  bytea       NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, link_hash)
);
COMMENT ON TABLE admin_link IS 'Links that let somebody become administrator; a row is removed when its link is used';
COMMENT ON COLUMN admin_link.link_hash IS 'SHA-256 of the secret in the link';
CALL afterword_isolate('admin_link');

-- Spring Session's tables, in its own words. They hold ids of tenants and users, no customer data.
CREATE TABLE spring_session (
    primary_id            char(36) PRIMARY KEY,
    session_id            char(36) NOT NULL UNIQUE,
    creation_time         bigint   NOT NULL,
    last_access_time      bigint   NOT NULL,
    max_inactive_interval int      NOT NULL,
    expiry_time           bigint   NOT NULL,
    principal_name        text
);
CREATE INDEX spring_session_expiry ON spring_session (expiry_time);
CREATE INDEX spring_session_principal ON spring_session (principal_name);
COMMENT ON COLUMN spring_session.principal_name IS 'tenant, a slash, and the user''s id: what a change of that user ends its sessions by';

CREATE TABLE spring_session_attributes (
    session_primary_id char(36) NOT NULL REFERENCES spring_session ON DELETE CASCADE,
    attribute_name     text     NOT NULL,
    attribute_bytes    bytea    NOT NULL,
    PRIMARY KEY (session_primary_id, attribute_name)
);
