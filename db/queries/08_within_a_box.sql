-- What happened inside a box of a map in a fortnight: south, west, north, east
SELECT * FROM incidents_within(32.5, 35.7, 37.3, 42.4, '2026-02-15', '2026-02-28');
