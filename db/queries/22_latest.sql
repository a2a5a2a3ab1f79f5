-- The latest incidents on record, as a ticker shows them
SELECT recorded_at, date_start, country, place, sub_event_type, killed_best, injured_best, evidence
FROM incidents
ORDER BY recorded_at DESC
LIMIT 50;
