-- PLOVER's event types and modes in a country over a month
SELECT plover_event_type, plover_mode, count(*) AS events, sum(dead) AS dead, sum(arrested) AS arrested
FROM plover_incidents
WHERE country = 'SY' AND date_start BETWEEN '2026-02-01' AND '2026-02-28'
GROUP BY plover_event_type, plover_mode
ORDER BY events DESC;
