-- What makes two printings of a council's name the same: case, "&" for "and", punctuation and spaces do not count.
CREATE OR REPLACE MACRO name_key(name) AS
regexp_replace(replace(lower(name), '&', 'and'), '[^a-z]', '', 'g');
