-- A month of a country in ACLED's columns and words, for tools that read ACLED's files
SELECT * FROM acled_incidents
WHERE country = 'Syria' AND event_date BETWEEN '2026-02-01' AND '2026-02-28'
ORDER BY event_date, event_id_cnty
LIMIT 500;
