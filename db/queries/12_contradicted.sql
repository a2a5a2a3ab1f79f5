-- Incidents over whose numbers independent stories disagree, with every number that was given and by whom
SELECT incident.incident_id, incident.date_start, incident.place, figure.kind, figure.min, figure.max, figure.qualifier,
    figure.attributed_to, figure.quote, report.publisher, report.published_at
FROM (
    SELECT incident_id, date_start, place FROM incidents
    WHERE contradicted AND date_start BETWEEN '2026-02-01' AND '2026-02-28'
    ORDER BY date_start DESC LIMIT 20
) AS incident
JOIN incident_members AS member USING (incident_id)
JOIN incident_reports AS report USING (report_id)
JOIN report_figures AS figure USING (report_id)
WHERE figure.role = 'total'
ORDER BY incident.incident_id, figure.kind, report.published_at;
