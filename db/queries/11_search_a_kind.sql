-- Words and kinds together: explosions that speak of a depot, in two months
SELECT incident_id, date_start, place, sub_event_type, passage
FROM search_incidents('مستودع', since => '2026-02-01', until => '2026-03-31', kinds => ARRAY['Explosions/Remote violence', 'Explosion']);
