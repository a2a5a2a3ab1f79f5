-- The letters of the Maghreb for g and v are folded as the extractors fold them.
CREATE OR REPLACE FUNCTION fold_arabic(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
    translate(
        lower((CASE WHEN words ~ '[\uFB50-\uFDFF\uFE70-\uFEFC]' THEN plain_letters(words) ELSE words END) COLLATE "C"),
        'أإآٱٲٳٵىئیېےێؤٶۆۇۈةہھەۀکڪڨڤ٠۰١۱٢۲٣۳٤۴٥۵٦۶٧۷٨۸٩۹٫٬«»“”„‟❝❞‘’‚‛`´‐‑‒–—―− ',
        'اااااااييييييوووووهههههككقف00112233445566778899.,""""""""''''''''''''------- '
    ),
    '[\u0610-\u061A\u061C\u0640\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E8\u06EA-\u06ED\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFE00-\uFE0F\uFEFF]', '', 'g'
);

COMMENT ON FUNCTION fold_arabic(text) IS 'Text in the spelling that the extractors compare in: forms of alef, yeh, waw, heh, kaf, qaf and feh made one, both digit sets made one, vowel marks, tatweel and invisible marks dropped.';

-- What was stored before is found in both spellings from now on.
UPDATE article_words AS stored SET words = stored.words || words_of(concat_ws(' ', article.title, article.body))
FROM articles AS article WHERE article.id = stored.article_id AND concat(article.title, article.body) ~ '[ڨڤ]';

UPDATE report_words AS stored SET words = stored.words || words_of(concat_ws(' ', report.place, report.actor1, report.actor2, report.evidence))
FROM reports AS report WHERE report.id = stored.report_id AND concat(report.place, report.actor1, report.actor2, report.evidence) ~ '[ڨڤ]';
