-- Protests and riots of several countries by week
SELECT period, incidents
FROM incident_series('2026-01-01', '2026-03-31', 'week', ARRAY['IQ', 'LB', 'JO', 'SY'], ARRAY['Protests', 'Riots']);
