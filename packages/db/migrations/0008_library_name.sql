-- Libraries sorted by name: the page comes from the index, in both directions, instead of from sorting all libraries. Only few share a name,
-- so these are put in order by number as they come.
CREATE INDEX library_name_idx ON library (name);
