-- Incidents of each day of three months in a country, days without any included
SELECT * FROM incident_series('2026-01-01', '2026-03-31', 'day', ARRAY['SY']);
