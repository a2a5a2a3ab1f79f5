-- On whose word numbers of dead rest, in a country over a month
SELECT figure.attributed_to, count(*) AS figures, sum(figure.min) AS told
FROM incident_reports AS report
JOIN report_figures AS figure USING (report_id)
WHERE report.country = 'SY' AND report.date_start BETWEEN '2026-02-01' AND '2026-02-28'
    AND figure.kind = 'killed' AND figure.role = 'total'
GROUP BY figure.attributed_to
ORDER BY figures DESC;
