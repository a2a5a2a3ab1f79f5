-- What happened in a country in a week, with the passage that each row rests on
SELECT incident_id, date_start, time_precision, place, geo_precision, sub_event_type, actor1, actor2, attributed_to,
    confidence, evidence, article_url
FROM incidents
WHERE country = 'SY' AND date_start BETWEEN '2026-02-23' AND '2026-03-01'
ORDER BY date_start DESC, incident_id DESC
LIMIT 200;
