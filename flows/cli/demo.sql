-- The deadliest incidents, each with the passage that it rests on
SELECT date_start, country, place_en, sub_event_type, killed_min, killed_max, attributed_to, evidence
FROM incident_reports
WHERE killed_min > 0
ORDER BY killed_min DESC, date_start
LIMIT 5;

-- How many incidents of each type, in how many countries
SELECT event_type, count(*) AS incidents, count(DISTINCT country) AS countries
FROM incident_reports
GROUP BY event_type
ORDER BY incidents DESC, event_type;

-- What is told but is no incident: planned, denied, long ago
SELECT DISTINCT ON (reality) reality, reason, quote, title
FROM discarded_mentions
JOIN articles ON articles.id = article_id
ORDER BY reality, article_id
LIMIT 8;
