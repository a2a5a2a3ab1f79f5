-- A week as it was known at a moment: what a report written then rested on
SELECT incident_id, date_start, country, place, sub_event_type, killed_best, report_count
FROM incidents_as_of('2026-03-02 12:00+00')
WHERE country = 'SY' AND date_start BETWEEN '2026-02-23' AND '2026-03-01'
ORDER BY date_start, incident_id;
