-- Reasons and tags are learned too: of a contact that may have several.

ALTER TABLE confirmed_example ADD COLUMN codes text[];
ALTER TABLE confirmed_example ADD COLUMN code_prior jsonb;
COMMENT ON COLUMN confirmed_example.codes IS 'reasons/… and tags/… of the record; null = confirmed before they were learned';
COMMENT ON COLUMN confirmed_example.code_prior IS 'what the words of the catalog alone made of the contact, reasons/… and tags/… -> how likely each is';
COMMENT ON COLUMN learned_model.subject IS 'dispositions; codes, which are reasons and tags; or fields/ and the code of a form';
