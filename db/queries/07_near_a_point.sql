-- What happened within 25 km of a point in a month, the nearest first
SELECT * FROM incidents_near(33.5138, 36.2765, 25, '2026-02-01', '2026-02-28');
