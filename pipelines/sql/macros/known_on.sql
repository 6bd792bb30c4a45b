CREATE OR REPLACE MACRO known_on(
    date, areas := NULL, frameworks := NULL, abolished := 'leave', successors := 'begin_anew'
) AS TABLE
FROM as_at(
    date, published_by := date, areas := areas, frameworks := frameworks, abolished := abolished,
    successors := successors
);

COMMENT ON MACRO TABLE known_on IS
'What was known on a date: as_at with the reports out by that very day, however long before it the visits were. A visit whose report was still to come does not count yet.';
