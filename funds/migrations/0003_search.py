"""The index that the search of `funds` asks, and the functions every search stands on.

No extension and no parser of PostgreSQL: its own parser reads `en/of` as a path and
`650.000` as a fraction. A text is folded (accents, capitals and the dots in amounts go),
cut into words, and each word is kept twice: as it is written, after `=`, and as its
Dutch stem. The Dutch stemmer drops the words that are everywhere (de, van).

The index tables are no models: nobody edits them, they have no history, and triggers
keep them, so that an import and plain SQL are found too. They have no foreign keys, for
the tables they follow are emptied by `flush`, which would stumble over one. An entry is
a function of one row (and of a name below it), so that two people who write in one fund
never wait for each other's entries; a question gathers the entries of a fund.

The vocabulary holds words without a unique index on purpose: two imports that learn the
same words in another order would wait for each other for ever. A word that stands there
twice does no harm.
"""

from django.db import migrations

TEXT = r"""
CREATE FUNCTION search_fold(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(regexp_replace(regexp_replace(
    replace(replace(replace(lower(translate(
      left(regexp_replace(normalize(left($1, 100000), NFKD), '[\u0300-\u036f]', '', 'g'), 100000),
      'ÆŒØøŁłĐđÐðı_', 'æœoollddddi ') COLLATE "C"), 'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'),
    '(?<=[0-9])[.](?=[0-9]{3}(?![0-9]))', '', 'g'),
    '(?<=[0-9]),00(?![0-9])', '', 'g'),
    '[''’]s(?![a-z0-9])', '', 'g')
$$;
COMMENT ON FUNCTION search_fold(text) IS
  'A text without accents, capitals, dots in amounts, cents that are zero, and ’s.';

CREATE FUNCTION search_words(text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(left(word, 60) ORDER BY place), '{}')
  FROM unnest(string_to_array(
    regexp_replace(
      regexp_replace(search_fold($1), '(?<=[0-9]),(?=[0-9]{2}(?![0-9]))', '_', 'g'),
      '[\u0001-\u002f\u003a-\u005e\u0060\u007b-\u00bf\u00d7\u00f7\u02b0-\u02ff\u2000-\u2bff\u3000-\u303f\uff00-\uff0f]+',
      ' ', 'g'),
    ' ')) WITH ORDINALITY AS cut(word, place)
  WHERE word <> ''
$$;
COMMENT ON FUNCTION search_words(text) IS
  'The words of a text in order, folded; 12,50 is one word: 12_50.';

CREATE FUNCTION search_stem(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(regexp_replace(
    (ts_lexize('pg_catalog.dutch_stem', word))[1], 'z$', 's'), 'v$', 'f')
$$;
COMMENT ON FUNCTION search_stem(text) IS
  'The Dutch stem of a folded word, huizen and huis alike; null for a word such as de.';

CREATE FUNCTION search_vector(words text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_to_tsvector(coalesce(array_agg('=' || word) || array_agg(stem), '{}'))
  FROM (SELECT word, search_stem(word) AS stem FROM unnest(words) AS word
         WHERE word !~ '^[a-z]$' OFFSET 0) AS stemmed
  WHERE stem <> ''
$$;
COMMENT ON FUNCTION search_vector(text[]) IS
  'Words as the index holds them: each as written, after =, and as its stem.';

CREATE FUNCTION search_code(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(search_fold($1), '\s+', '', 'g')
$$;

CREATE FUNCTION search_trigrams(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_agg(DISTINCT substr('  ' || word || ' ', place, 3))
  FROM generate_series(1, length(word) + 1) AS place
$$;

CREATE FUNCTION search_inner_trigrams(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_agg(DISTINCT substr(word, place, 3))
  FROM generate_series(1, length(word) - 2) AS place
$$;
COMMENT ON FUNCTION search_inner_trigrams(text) IS
  'The trigrams of a word that stand in every longer word that holds it.';

CREATE FUNCTION search_learn(vocabulary regclass, lexemes text[]) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  EXECUTE format($sql$
    INSERT INTO %1$s (word, trigrams)
    SELECT new.word, search_trigrams(new.word)
    FROM (SELECT DISTINCT substr(lexeme, 2) AS word FROM unnest($1) AS lexeme
           WHERE lexeme ~ '^=[^0-9]{4,40}$') AS new
    WHERE NOT EXISTS (SELECT 1 FROM %1$s AS known WHERE known.word = new.word)
  $sql$, vocabulary) USING lexemes;
END $$;

CREATE FUNCTION search_forget(vocabulary regclass, entries regclass[], lexemes text[])
RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  gone text[] := ARRAY(SELECT substr(lexeme, 2) FROM unnest(lexemes) AS lexeme
                        WHERE lexeme ~ '^=[^0-9]{4,40}$');
  entry regclass;
BEGIN
  FOREACH entry IN ARRAY entries LOOP
    EXIT WHEN gone = '{}';
    EXECUTE format($sql$
      SELECT coalesce(array_agg(word), '{}') FROM unnest($1) AS word
      WHERE NOT EXISTS (SELECT 1 FROM %1$s
                         WHERE words @@ ('''=' || word || '''')::tsquery)
    $sql$, entry) INTO gone USING gone;
  END LOOP;
  EXECUTE format('DELETE FROM %1$s WHERE word = ANY($1)', vocabulary) USING gone;
END $$;
COMMENT ON FUNCTION search_forget(regclass, regclass[], text[]) IS
  'Drop words that no entry has any more: what was removed is not offered again.';
"""

TABLES = """
CREATE TABLE funds_search_word (
  word text COLLATE "C" NOT NULL,
  trigrams text[] COLLATE "C" NOT NULL
);
CREATE INDEX funds_search_word_word ON funds_search_word (word);
CREATE INDEX funds_search_word_trigrams ON funds_search_word USING gin (trigrams)
  WITH (gin_pending_list_limit = 512);

CREATE TABLE funds_search (
  kind text NOT NULL,
  source_id bigint NOT NULL,
  fund_id bigint NOT NULL,
  region_id bigint,
  title text NOT NULL,
  words tsvector NOT NULL,
  PRIMARY KEY (kind, source_id)
);
COMMENT ON COLUMN funds_search.region_id IS
  'The region that sees this entry in full; null: who sees the fund sees the entry.';
CREATE INDEX funds_search_fund ON funds_search (fund_id);
CREATE INDEX funds_search_words ON funds_search USING gin (words) WITH (gin_pending_list_limit = 512);
"""

REFRESH = """
CREATE FUNCTION funds_search_source(wanted text, ids bigint[])
RETURNS TABLE (kind text, source_id bigint, fund_id bigint, region_id bigint,
               title text, body text)
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT wanted, f.id, f.id, NULL::bigint, f.name, concat_ws(' ', f.name, o.name,
      replace(f.regime, '_', ' '), f.legal_basis, extract(year FROM f.starts_on),
      extract(year FROM f.ends_on))
    FROM funds_fund f JOIN municipalities_municipality o ON o.id = f.owner_id
    WHERE wanted = 'fund' AND f.id = ANY(ids)
  UNION ALL
  SELECT wanted, r.id, r.fund_id, NULL, '', r.name
    FROM funds_round r WHERE wanted = 'round' AND r.id = ANY(ids)
  UNION ALL
  SELECT wanted, e.id, e.fund_id, e.region_id, '', concat_ws(' ', e.label, e.decision,
      replace(e.amount::text, '.', ','), r.name, array_to_string(r.aliases, ' '))
    FROM funds_envelope e JOIN municipalities_region r ON r.id = e.region_id
    WHERE wanted = 'envelope' AND e.id = ANY(ids)
  UNION ALL
  SELECT wanted, m.id, e.fund_id, e.region_id, '', concat_ws(' ', m.reason, m.decision,
      m.condition, replace(m.amount::text, '.', ','))
    FROM funds_envelopemutation m JOIN funds_envelope e ON e.id = m.envelope_id
    WHERE wanted = 'mutation' AND m.id = ANY(ids)
  UNION ALL
  SELECT wanted, a.id, e.fund_id, e.region_id, '', a.title
    FROM funds_application a JOIN funds_envelope e ON e.id = a.envelope_id
    WHERE wanted = 'application' AND a.id = ANY(ids)
  UNION ALL
  SELECT wanted, g.id, e.fund_id, e.region_id, '',
      concat_ws(' ', g.decision, replace(g.amount::text, '.', ','))
    FROM funds_grant g
    JOIN funds_applicationline l ON l.id = g.line_id
    JOIN funds_application a ON a.id = l.application_id
    JOIN funds_envelope e ON e.id = a.envelope_id
    WHERE wanted = 'grant' AND g.id = ANY(ids)
$$;

CREATE FUNCTION funds_search_refresh(wanted text, ids bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  before text[];
  after text[];
BEGIN
  IF ids IS NULL THEN RETURN; END IF;
  before := ARRAY(SELECT DISTINCT unnest(tsvector_to_array(words)) FROM funds_search
                   WHERE kind = wanted AND source_id = ANY(ids));
  DELETE FROM funds_search WHERE kind = wanted AND source_id = ANY(ids);
  INSERT INTO funds_search (kind, source_id, fund_id, region_id, title, words)
    SELECT kind, source_id, fund_id, region_id, array_to_string(search_words(title), ' '),
        search_vector(search_words(body))
      FROM funds_search_source(wanted, ids)
    ON CONFLICT (kind, source_id) DO UPDATE SET fund_id = EXCLUDED.fund_id,
      region_id = EXCLUDED.region_id, title = EXCLUDED.title, words = EXCLUDED.words;
  after := ARRAY(SELECT DISTINCT unnest(tsvector_to_array(words)) FROM funds_search
                  WHERE kind = wanted AND source_id = ANY(ids));
  PERFORM search_learn('funds_search_word', after);
  PERFORM search_forget('funds_search_word', ARRAY['funds_search']::regclass[],
    ARRAY(SELECT unnest(before) EXCEPT SELECT unnest(after)));
END $$;

CREATE FUNCTION funds_search_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM funds_search_refresh(TG_ARGV[0], (SELECT array_agg(DISTINCT id) FROM changed));
  RETURN NULL;
END $$;

CREATE FUNCTION funds_search_renamed() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_TABLE_NAME = 'municipalities_region' THEN
    PERFORM funds_search_refresh('envelope', (SELECT array_agg(e.id)
      FROM changed x JOIN funds_envelope e ON e.region_id = x.id));
  ELSE
    PERFORM funds_search_refresh('fund', (SELECT array_agg(f.id)
      FROM changed x JOIN funds_fund f ON f.owner_id = x.id));
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION funds_search_emptied() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  DELETE FROM funds_search WHERE kind = TG_ARGV[0];
  PERFORM search_forget('funds_search_word', ARRAY['funds_search']::regclass[],
    ARRAY(SELECT '=' || word FROM funds_search_word));
  RETURN NULL;
END $$;

CREATE FUNCTION funds_search_rebuild() RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  DELETE FROM funds_search;
  DELETE FROM funds_search_word;
  PERFORM funds_search_refresh('fund', (SELECT array_agg(id) FROM funds_fund));
  PERFORM funds_search_refresh('round', (SELECT array_agg(id) FROM funds_round));
  PERFORM funds_search_refresh('envelope', (SELECT array_agg(id) FROM funds_envelope));
  PERFORM funds_search_refresh('mutation', (SELECT array_agg(id) FROM funds_envelopemutation));
  PERFORM funds_search_refresh('application', (SELECT array_agg(id) FROM funds_application));
  PERFORM funds_search_refresh('grant', (SELECT array_agg(id) FROM funds_grant));
END $$;
COMMENT ON FUNCTION funds_search_rebuild() IS
  'Make the index anew, as after a new version of PostgreSQL with another stemmer.';
"""

# A trigger with transition tables takes one event. An envelope keeps its fund and its
# region is part of each of its entries: only those of the changed row are made anew,
# since no service moves an envelope.
FOLLOWED = {
    "fund": "funds_fund",
    "round": "funds_round",
    "envelope": "funds_envelope",
    "mutation": "funds_envelopemutation",
    "application": "funds_application",
    "grant": "funds_grant",
}
NAMED = ("municipalities_municipality", "municipalities_region")
EVENTS = {"insert": "NEW", "update": "NEW", "delete": "OLD"}

TRIGGERS = "".join(
    f"CREATE TRIGGER funds_search_{event} AFTER {event} ON {table} "
    f"REFERENCING {side} TABLE AS changed "
    f"FOR EACH STATEMENT EXECUTE FUNCTION funds_search_changed('{kind}');\n"
    for kind, table in FOLLOWED.items()
    for event, side in EVENTS.items()
)
TRIGGERS += "".join(
    f"CREATE TRIGGER funds_search_empty AFTER TRUNCATE ON {table} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION funds_search_emptied('{kind}');\n"
    for kind, table in FOLLOWED.items()
)
TRIGGERS += "".join(
    f"CREATE TRIGGER funds_search_name AFTER UPDATE ON {table} "
    "REFERENCING NEW TABLE AS changed "
    "FOR EACH STATEMENT EXECUTE FUNCTION funds_search_renamed();\n"
    for table in NAMED
)

DROP = """
DROP FUNCTION funds_search_changed() CASCADE;
DROP FUNCTION funds_search_renamed() CASCADE;
DROP FUNCTION funds_search_emptied() CASCADE;
DROP FUNCTION funds_search_rebuild();
DROP FUNCTION funds_search_refresh(text, bigint[]);
DROP FUNCTION funds_search_source(text, bigint[]);
DROP TABLE funds_search;
DROP TABLE funds_search_word;
DROP FUNCTION search_forget(regclass, regclass[], text[]);
DROP FUNCTION search_learn(regclass, text[]);
DROP FUNCTION search_inner_trigrams(text);
DROP FUNCTION search_trigrams(text);
DROP FUNCTION search_code(text);
DROP FUNCTION search_vector(text[]);
DROP FUNCTION search_stem(text);
DROP FUNCTION search_words(text);
DROP FUNCTION search_fold(text);
"""


class Migration(migrations.Migration):
    dependencies = [("funds", "0002_initial"), ("municipalities", "0001_initial")]
    operations = [
        migrations.RunSQL(TEXT + TABLES + REFRESH + TRIGGERS, DROP),
        migrations.RunSQL("SELECT funds_search_rebuild();", migrations.RunSQL.noop),
    ]
