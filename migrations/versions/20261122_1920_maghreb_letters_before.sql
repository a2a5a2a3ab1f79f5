-- The folding as it was before.
CREATE OR REPLACE FUNCTION fold_arabic(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
    translate(
        lower((CASE WHEN words ~ '[\uFB50-\uFDFF\uFE70-\uFEFC]' THEN plain_letters(words) ELSE words END) COLLATE "C"),
        'أإآٱٲٳٵىئیېےێؤٶۆۇۈةہھەۀکڪ٠۰١۱٢۲٣۳٤۴٥۵٦۶٧۷٨۸٩۹٫٬«»“”„‟❝❞‘’‚‛`´‐‑‒–—―− ',
        'اااااااييييييوووووهههههكك00112233445566778899.,""""""""''''''''''''------- '
    ),
    '[\u0610-\u061A\u061C\u0640\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E8\u06EA-\u06ED\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFE00-\uFE0F\uFEFF]', '', 'g'
);

COMMENT ON FUNCTION fold_arabic(text) IS 'Text in the spelling that the extractors compare in: forms of alef, yeh, waw, heh and kaf made one, both digit sets made one, vowel marks, tatweel and invisible marks dropped.';
