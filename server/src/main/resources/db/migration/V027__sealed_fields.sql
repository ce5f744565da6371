-- The values of form fields that are declared sensitive, encrypted; a record holds a mask in the place of each.

CREATE TABLE sealed_field (
    tenant_id  text        NOT NULL,
    wrap_up_id text        NOT NULL,
    mask       text        NOT NULL,
    field      text        NOT NULL,
    key        text        NOT NULL,
    sealed     bytea       NOT NULL,
    sealed_by  text        NOT NULL,
    sealed_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, wrap_up_id, mask)
);
COMMENT ON TABLE sealed_field IS 'Values of sensitive fields, of the record and of its revisions; what was replaced before a record was final is gone';
COMMENT ON COLUMN sealed_field.mask IS 'what stands in the record for it';
COMMENT ON COLUMN sealed_field.key IS 'which key opens it, by a part of its hash; the key itself is in no table';
COMMENT ON COLUMN sealed_field.sealed IS 'a nonce of 12 bytes, and the value by AES-256-GCM with tenant, wrap-up and mask as additional data';
COMMENT ON COLUMN sealed_field.sealed_by IS 'who typed it, as the trail names it';
CALL afterword_isolate('sealed_field');
