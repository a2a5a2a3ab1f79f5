-- Only what two independent stories tell and the extractors are sure of
SELECT incident_id, date_start, country, place, sub_event_type, killed_best, source_count, confidence
FROM incidents
WHERE date_start BETWEEN '2026-02-01' AND '2026-02-28' AND source_count >= 2 AND confidence >= 0.7
ORDER BY source_count DESC, date_start DESC, incident_id
LIMIT 100;
