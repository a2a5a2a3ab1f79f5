-- How an incident's numbers changed: every state with the time for which it stood
SELECT incident_id, recorded_at, superseded_at, killed_low, killed_best, killed_high, report_count, source_count
FROM (
    SELECT incident_id FROM incidents
    WHERE country = 'SY' AND date_start BETWEEN '2026-02-01' AND '2026-02-28'
    ORDER BY report_count DESC, killed_best DESC NULLS LAST
    LIMIT 1
) AS chosen
JOIN incident_history USING (incident_id)
ORDER BY recorded_at;
