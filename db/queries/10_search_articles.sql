-- Articles by words: all must be there, "a phrase" in its order, or between alternatives, - before what must not be
SELECT * FROM search_articles('متظاهر or اعتصام -حريق');
