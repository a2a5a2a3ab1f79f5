-- Kinds of incidents by country in a month
SELECT country, event_type, count(*) AS incidents
FROM incidents
WHERE date_start BETWEEN '2026-02-01' AND '2026-02-28'
GROUP BY country, event_type
ORDER BY incidents DESC, country, event_type;
