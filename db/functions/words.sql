-- The article, alone or with what is written on to it, cut off; three letters are left. NULL where there is none.
CREATE FUNCTION without_article(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
    WHEN length(word) > 4 AND left(word, 2) IN ('ال', 'لل') THEN substr(word, 3)
    WHEN length(word) > 5 AND left(word, 3) IN ('وال', 'فال', 'بال', 'كال', 'لال', 'ولل', 'فلل') THEN substr(word, 4)
    WHEN length(word) > 6 AND left(word, 4) IN ('وبال', 'فبال', 'وكال', 'فكال', 'ولال', 'فلال') THEN substr(word, 5)
END;

COMMENT ON FUNCTION without_article(text) IS 'A folded word without its article and what is written on to that; NULL where it has none.';

-- The longest ending that fits cut off: plurals, feminines, duals, "of …", possessors; three letters are left.
CREATE FUNCTION without_ending(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
    WHEN length(word) > 7 AND right(word, 5) IN ('اتهما') THEN left(word, -5)
    WHEN length(word) > 6 AND right(word, 4) IN ('اتهم', 'اتها', 'اتهن', 'اتنا', 'اتكم', 'تهما') THEN left(word, -4)
    WHEN length(word) > 5 AND right(word, 3) IN ('اته', 'تهم', 'تها', 'تهن', 'تنا', 'تكم', 'هما', 'يون', 'يين', 'يات', 'تين', 'تان', 'يهم', 'يها', 'وهم', 'وها') THEN left(word, -3)
    WHEN length(word) > 4 AND right(word, 2) IN ('ون', 'ين', 'ات', 'ان', 'يه', 'يا', 'هم', 'ها', 'هن', 'نا', 'كم', 'وا', 'ته') THEN left(word, -2)
    WHEN length(word) > 3 AND right(word, 1) IN ('ه', 'ي', 'ا', 'و') THEN left(word, -1)
END;

COMMENT ON FUNCTION without_ending(text) IS 'A folded word without its ending (plural, feminine, dual, possessor …); NULL where it has none.';

-- Each word is stored under every form that it may be an inflection of: as it stands, without its article, without a
-- letter written on to it, and each of these without its ending. Stages are kept apart by OFFSET 0: folded into one
-- another they would be worked out many times over.
CREATE FUNCTION words_of(told text, weight text DEFAULT 'D') RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(string_agg(concat(
        '''', bare.one, bare.mark,
        '''' || without_ending(bare.one) || bare.mark,
        '''' || bare.two || bare.mark,
        '''' || without_ending(bare.two) || bare.mark,
        '''' || bare.three || bare.mark,
        '''' || without_ending(bare.three) || bare.mark
    ), ' '), '')::tsvector
    FROM (
        SELECT
            cut.mark,
            CASE WHEN left(cut.word, 2) IN ('ال', 'لل') THEN coalesce(cut.named, cut.word) ELSE cut.word END AS one,
            CASE
                WHEN cut.named IS NULL AND length(cut.word) > 3 AND left(cut.word, 1) IN ('و', 'ف')
                    THEN substr(cut.word, 2)
                WHEN left(cut.word, 2) NOT IN ('ال', 'لل') THEN cut.named
            END AS two,
            CASE
                WHEN cut.named IS NOT NULL THEN NULL
                WHEN length(cut.word) > 3 AND left(cut.word, 1) IN ('ب', 'ل', 'ك', 'س') THEN substr(cut.word, 2)
                WHEN length(cut.word) > 4 AND left(cut.word, 1) IN ('و', 'ف')
                    AND substr(cut.word, 2, 1) IN ('ب', 'ل', 'ك', 'س') THEN substr(cut.word, 3)
            END AS three
        FROM (
            SELECT
                piece.word,
                without_article(piece.word) AS named,
                ''':' || least(piece.place, 16383) || weight || ' ' AS mark
            FROM string_to_table(btrim(regexp_replace(
                fold_arabic(left(told, 60000)),
                '[^0-9a-z\u00DF-\u024F\u0370-\u052F\u05D0-\u05EA\u0621-\u063A\u0641-\u064A\u066E-\u06D3\u06FA-\u06FF]+', ' ', 'g'
            )), ' ') WITH ORDINALITY AS piece (word, place)
            WHERE length(piece.word) BETWEEN 1 AND 60
            OFFSET 0
        ) AS cut
        OFFSET 0
    ) AS bare
);

COMMENT ON FUNCTION words_of(text, text) IS 'The words of a text as full-text search stores them, with their places and a weight from A (most) to D.';

-- A query's word in the forms under which it is looked for: fewer than those under which words are stored, so that
-- "ministry", which begins with the letter of "and", finds no more than ministries. What is cut at its beginning to four
-- letters keeps a weak last one: Almaty is not "died".
CREATE FUNCTION asked_forms(word text) RETURNS text
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
        CASE
            WHEN (length(whole) > 5 OR right(whole, 2) <> 'ان')
                AND (whole = word OR length(whole) > 4 OR right(whole, 1) = 'ه')
                THEN without_ending(whole)
        END
    ]) AS forms (form)
    WHERE form IS NOT NULL
);

COMMENT ON FUNCTION asked_forms(text) IS 'A folded word of a query as the alternatives under which it is looked for.';

CREATE FUNCTION words_query(query text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(string_agg(coalesce(asked_forms(piece.found[1]), piece.found[2]), '' ORDER BY piece.place), '')::tsquery
    FROM regexp_matches(
        websearch_to_tsquery('simple', regexp_replace(regexp_replace(
            fold_arabic(query),
            '[^0-9a-z\u00DF-\u024F\u0370-\u052F\u05D0-\u05EA\u0621-\u063A\u0641-\u064A\u066E-\u06D3\u06FA-\u06FF"-]+', ' ', 'g'
        ), '(?<=[^ "])-', ' ', 'g'))::text,
        '''([^'']*)''|([^'']+)', 'g'
    ) WITH ORDINALITY AS piece (found, place)
);

COMMENT ON FUNCTION words_query(text) IS 'What somebody types into a search box, in Arabic of any spelling and inflection, as a query: words must all be there, "a phrase" in its order, or between alternatives, - before what must not be there.';
