-- Words and kinds together: explosions that speak of a depot, in a year
SELECT incident_id, date_start, place, sub_event_type, passage
FROM search_incidents('مستودع', since => '2026-01-01', kinds => ARRAY['Explosions/Remote violence', 'Explosion']);
