-- What a tenant declares about its work. Every change makes a new version of the whole; an item is kept as it was from
-- one version up to, not including, another.

CREATE TABLE catalog_version (
    tenant_id  text        NOT NULL,
    version    int         NOT NULL CHECK (version >= 1),
    changed_at timestamptz NOT NULL,
    changed_by text        NOT NULL,
    PRIMARY KEY (tenant_id, version)
);
COMMENT ON COLUMN catalog_version.changed_by IS 'user:ID, token:ID or system';
CALL afterword_isolate('catalog_version');

CREATE TABLE catalog_item (
    tenant_id     text  NOT NULL,
    kind          text  NOT NULL,
    code          text  NOT NULL,
    since_version int   NOT NULL,
    until_version int   CHECK (until_version > since_version),
    position      int   NOT NULL,
    item          jsonb NOT NULL,
    PRIMARY KEY (tenant_id, kind, code, since_version),
    FOREIGN KEY (tenant_id, since_version) REFERENCES catalog_version,
    FOREIGN KEY (tenant_id, until_version) REFERENCES catalog_version (tenant_id, version)
);
CREATE UNIQUE INDEX catalog_item_current ON catalog_item (tenant_id, kind, code) WHERE until_version IS NULL;
COMMENT ON COLUMN catalog_item.kind IS 'as the catalog document names the list: callTypes';
COMMENT ON COLUMN catalog_item.until_version IS 'the first version in which it is no longer so; null = it still is';
COMMENT ON COLUMN catalog_item.position IS 'place in its list, from 0: the order in which people read it';
COMMENT ON COLUMN catalog_item.item IS 'as in the catalog document';
CALL afterword_isolate('catalog_item');
