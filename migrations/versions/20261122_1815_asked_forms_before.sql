-- Frozen: the function as it stood before revision 20261122_1815.

-- A query's word in the forms under which it is looked for: fewer than those under which words are stored, so that
-- "ministry", which begins with the letter of "and", finds no more than ministries.
CREATE OR REPLACE FUNCTION asked_forms(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT '(' || string_agg(DISTINCT quote_literal(form), ' | ') || ')'
    FROM unnest(ARRAY[
        CASE WHEN left(word, 2) IN ('ال', 'لل') THEN coalesce(without_article(word), word) ELSE word END,
        without_article(word),
        CASE WHEN without_article(word) IS NULL AND left(word, 1) = 'و' AND length(word) > 5 THEN substr(word, 2) END
    ]) AS bare (whole)
    CROSS JOIN LATERAL unnest(ARRAY[
        whole,
        CASE WHEN length(whole) > 5 OR right(whole, 2) <> 'ان' THEN without_ending(whole) END
    ]) AS forms (form)
    WHERE form IS NOT NULL
);
