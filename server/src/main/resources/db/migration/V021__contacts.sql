-- Contacts that people opened by hand, and contacts that continue others.

CREATE TABLE contact_by_hand (
    tenant_id      text        NOT NULL,
    interaction_id text        NOT NULL,
    agent_id       text        NOT NULL,
    opened_at      timestamptz NOT NULL,
    joined_to      text,
    joined_leg     text,
    carried        boolean     NOT NULL,
    PRIMARY KEY (tenant_id, interaction_id),
    CHECK ((joined_to IS NULL) = (joined_leg IS NULL))
);
CREATE INDEX contact_by_hand_of ON contact_by_hand (tenant_id, agent_id, opened_at);
CREATE UNIQUE INDEX contact_by_hand_joined ON contact_by_hand (tenant_id, joined_to, joined_leg) WHERE joined_to IS NOT NULL;
COMMENT ON TABLE contact_by_hand IS 'Contacts that a person opened by hand, and which call of a switch each turned out to be';
COMMENT ON COLUMN contact_by_hand.opened_at IS 'since when its agent is in it';
COMMENT ON COLUMN contact_by_hand.joined_to IS 'the switch''s interaction; null while none is known to be the same contact';
COMMENT ON COLUMN contact_by_hand.carried IS 'its wrap-up went along to the leg that it joined';
CALL afterword_isolate('contact_by_hand');

CREATE INDEX wrap_up_continues ON wrap_up (tenant_id, (circumstances #>> '{contact,continues}'))
    WHERE circumstances #>> '{contact,continues}' IS NOT NULL;

ALTER TABLE wrap_up_fact ADD COLUMN contact_id text;
COMMENT ON COLUMN wrap_up_fact.contact_id IS 'The first of the contacts that continue each other, by which they count as one; null = itself';
