-- Which kinds of sides met in a country in a quarter, and how many died
SELECT actor1_category, actor2_category, count(*) AS incidents, sum(killed_best) AS killed
FROM incidents
WHERE country = 'SY' AND date_start BETWEEN '2026-01-01' AND '2026-03-31' AND domain = 'political'
GROUP BY actor1_category, actor2_category
ORDER BY incidents DESC;
