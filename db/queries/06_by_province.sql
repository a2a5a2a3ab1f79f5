-- Political incidents by province over three months, for a map
SELECT * FROM incidents_by_province('2026-01-01', '2026-03-31', ARRAY['SY', 'IQ', 'LB', 'YE'], ARRAY['political']);
