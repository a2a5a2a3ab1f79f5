-- Incidents by words, in any spelling and inflection, best first, with the passage that fits best
SELECT * FROM search_incidents('متظاهر شرطة', since => '2026-01-01', until => '2026-03-31', countries => ARRAY['SY', 'KZ']);
