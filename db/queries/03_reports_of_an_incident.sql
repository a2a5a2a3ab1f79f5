-- Every report of the most reported incident of a week: who told it when, with which numbers, and why it is counted there
SELECT member.incident_id, member.reason, report.publisher, report.published_at, report.killed_min, report.killed_max,
    report.attributed_to, report.evidence, report.article_url
FROM (
    SELECT incident_id FROM incidents
    WHERE date_start BETWEEN '2026-02-23' AND '2026-03-01'
    ORDER BY report_count DESC, incident_id DESC
    LIMIT 1
) AS most_reported
JOIN incident_members AS member USING (incident_id)
JOIN incident_reports AS report USING (report_id)
ORDER BY report.published_at;
