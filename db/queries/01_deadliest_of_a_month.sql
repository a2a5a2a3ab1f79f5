-- The deadliest incidents of a month
-- Low, best and high are over independent stories; NULL means that nobody gives a number, not that nobody died. Twenty are chosen first and their passages looked up after: of a whole month that would take longer.
SELECT incident_id, date_start, country, admin1, place, sub_event_type, killed_low, killed_best, killed_high,
    source_count, contradicted, evidence
FROM (
    SELECT incident_id FROM incidents
    WHERE date_start BETWEEN '2026-02-01' AND '2026-02-28'
    ORDER BY killed_best DESC NULLS LAST, incident_id
    LIMIT 20
) AS deadliest
JOIN incidents USING (incident_id)
ORDER BY killed_best DESC NULLS LAST, incident_id;
