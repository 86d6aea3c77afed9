"""The index that the search of `workplans` asks; why it looks as it does stands in
`funds.0003_search`, which also makes the functions it calls.

An action has one entry, with its cost lines: its row is locked before it is made anew,
so that of two who write in one action the second sees what the first committed. A plan
has an entry for itself, for each text and for each action line.
"""

from django.db import migrations

TABLES = """
CREATE TABLE workplans_search_word (
  word text COLLATE "C" NOT NULL,
  trigrams text[] COLLATE "C" NOT NULL
);
CREATE INDEX workplans_search_word_word ON workplans_search_word (word);
CREATE INDEX workplans_search_word_trigrams ON workplans_search_word USING gin (trigrams)
  WITH (gin_pending_list_limit = 512);

CREATE TABLE workplans_search_action (
  action_id bigint PRIMARY KEY,
  plan_id bigint NOT NULL,
  place bigint NOT NULL,
  code text NOT NULL,
  title text NOT NULL,
  title_words tsvector NOT NULL,
  words tsvector NOT NULL
);
COMMENT ON COLUMN workplans_search_action.place IS 'The order of the action in its plan.';
CREATE INDEX workplans_search_action_plan ON workplans_search_action (plan_id);
CREATE INDEX workplans_search_action_code ON workplans_search_action USING hash (code);
CREATE INDEX workplans_search_action_title ON workplans_search_action USING hash (title);
CREATE INDEX workplans_search_action_title_words ON workplans_search_action
  USING gin (title_words) WITH (gin_pending_list_limit = 512);
CREATE INDEX workplans_search_action_words ON workplans_search_action USING gin (words)
  WITH (gin_pending_list_limit = 512);

CREATE TABLE workplans_search_text (
  kind text NOT NULL,
  source_id bigint NOT NULL,
  plan_id bigint NOT NULL,
  title text NOT NULL,
  title_words tsvector NOT NULL,
  words tsvector NOT NULL,
  PRIMARY KEY (kind, source_id)
);
CREATE INDEX workplans_search_text_plan ON workplans_search_text (plan_id);
CREATE INDEX workplans_search_text_words ON workplans_search_text USING gin (words)
  WITH (gin_pending_list_limit = 512);
"""

ACTIONS = """
CREATE FUNCTION workplans_search_words_of(ids bigint[]) RETURNS text[]
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT ARRAY(SELECT DISTINCT unnest(tsvector_to_array(words))
                 FROM workplans_search_action WHERE action_id = ANY(ids))
$$;

CREATE FUNCTION workplans_search_vocabulary(before text[], after text[]) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM search_learn('workplans_search_word',
    ARRAY(SELECT unnest(after) EXCEPT SELECT unnest(before)));
  PERFORM search_forget('workplans_search_word',
    ARRAY['workplans_search_text', 'workplans_search_action']::regclass[],
    ARRAY(SELECT unnest(before) EXCEPT SELECT unnest(after)));
END $$;

CREATE FUNCTION workplans_search_actions(ids bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  before text[];
BEGIN
  IF ids IS NULL THEN RETURN; END IF;
  PERFORM 1 FROM workplans_search_action WHERE action_id = ANY(ids)
    ORDER BY action_id FOR NO KEY UPDATE;
  before := workplans_search_words_of(ids);
  DELETE FROM workplans_search_action s WHERE s.action_id = ANY(ids)
    AND NOT EXISTS (SELECT 1 FROM workplans_action a WHERE a.id = s.action_id);
  INSERT INTO workplans_search_action AS s
      (action_id, plan_id, place, code, title, title_words, words)
    SELECT a.id, l.plan_id, (l.position::bigint << 31) + a.position,
        search_code(l.code || a.code), array_to_string(title.words, ' '),
        search_vector(title.words || search_words(a.budget_title)),
        search_vector(title.words || search_words(concat_ws(' ', l.code || a.code,
          a.budget_title, a.description, a.monitoring, a.planning_text,
          a.municipalities_text, costs.body)))
      FROM workplans_action a
      JOIN workplans_actionline l ON l.id = a.line_id
      CROSS JOIN LATERAL (SELECT search_words(a.title) AS words OFFSET 0) AS title
      CROSS JOIN LATERAL (
        SELECT string_agg(concat_ws(' ', c.text, replace(c.amount::text, '.', ','),
            c.nature_note, c.cover, c.note, c.funding_text), ' ') AS body
          FROM workplans_costline c WHERE c.action_id = a.id) AS costs
      WHERE a.id = ANY(ids)
    ON CONFLICT (action_id) DO UPDATE SET plan_id = EXCLUDED.plan_id,
      place = EXCLUDED.place, code = EXCLUDED.code, title = EXCLUDED.title,
      title_words = EXCLUDED.title_words, words = EXCLUDED.words
    WHERE s IS DISTINCT FROM EXCLUDED;
  PERFORM workplans_search_vocabulary(before, workplans_search_words_of(ids));
END $$;

CREATE FUNCTION workplans_search_action_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM workplans_search_actions((SELECT array_agg(id) FROM changed));
  RETURN NULL;
END $$;

CREATE FUNCTION workplans_search_cost_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM workplans_search_actions((SELECT array_agg(DISTINCT action_id) FROM changed));
  RETURN NULL;
END $$;

CREATE FUNCTION workplans_search_cost_moved() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM workplans_search_actions((SELECT array_agg(action_id) FROM
    (SELECT action_id FROM changed UNION SELECT action_id FROM before) AS either));
  RETURN NULL;
END $$;
"""

TEXTS = """
CREATE FUNCTION workplans_search_source(wanted text, ids bigint[])
RETURNS TABLE (kind text, source_id bigint, plan_id bigint, title text, body text)
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT wanted, p.id, p.id, p.title, concat_ws(' ', p.kind, r.name,
      array_to_string(r.aliases, ' '), p.first_year, p.last_year)
    FROM workplans_workplan p JOIN municipalities_region r ON r.id = p.region_id
    WHERE wanted = 'plan' AND p.id = ANY(ids)
  UNION ALL
  SELECT wanted, s.id, s.plan_id, s.title, s.text
    FROM workplans_section s WHERE wanted = 'section' AND s.id = ANY(ids)
  UNION ALL
  SELECT wanted, l.id, l.plan_id, l.title, l.kind
    FROM workplans_actionline l WHERE wanted = 'line' AND l.id = ANY(ids)
$$;

CREATE FUNCTION workplans_search_texts(wanted text, ids bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  before text[];
  after text[];
BEGIN
  IF ids IS NULL THEN RETURN; END IF;
  before := ARRAY(SELECT DISTINCT unnest(tsvector_to_array(words)) FROM workplans_search_text
                   WHERE kind = wanted AND source_id = ANY(ids));
  DELETE FROM workplans_search_text WHERE kind = wanted AND source_id = ANY(ids);
  INSERT INTO workplans_search_text (kind, source_id, plan_id, title, title_words, words)
    SELECT kind, source_id, plan_id, array_to_string(heading.words, ' '),
        search_vector(heading.words), search_vector(heading.words || search_words(body))
      FROM workplans_search_source(wanted, ids)
      CROSS JOIN LATERAL (SELECT search_words(title) AS words OFFSET 0) AS heading
    ON CONFLICT (kind, source_id) DO UPDATE SET plan_id = EXCLUDED.plan_id,
      title = EXCLUDED.title, title_words = EXCLUDED.title_words, words = EXCLUDED.words;
  after := ARRAY(SELECT DISTINCT unnest(tsvector_to_array(words)) FROM workplans_search_text
                  WHERE kind = wanted AND source_id = ANY(ids));
  PERFORM workplans_search_vocabulary(before, after);
END $$;

CREATE FUNCTION workplans_search_text_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM workplans_search_texts(TG_ARGV[0], (SELECT array_agg(id) FROM changed));
  RETURN NULL;
END $$;

CREATE FUNCTION workplans_search_line_moved() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM workplans_search_actions((SELECT array_agg(a.id)
    FROM changed x JOIN before o ON o.id = x.id JOIN workplans_action a ON a.line_id = x.id
    WHERE (o.plan_id, o.position, o.code) <> (x.plan_id, x.position, x.code)));
  RETURN NULL;
END $$;

CREATE FUNCTION workplans_search_region_renamed() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM workplans_search_texts('plan', (SELECT array_agg(p.id)
    FROM changed x JOIN workplans_workplan p ON p.region_id = x.id));
  RETURN NULL;
END $$;

CREATE FUNCTION workplans_search_emptied() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  DELETE FROM workplans_search_action WHERE TG_ARGV[0] = 'action';
  DELETE FROM workplans_search_text WHERE kind = TG_ARGV[0];
  PERFORM workplans_search_vocabulary(
    ARRAY(SELECT '=' || word FROM workplans_search_word), '{}');
  RETURN NULL;
END $$;

CREATE FUNCTION workplans_search_rebuild() RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  DELETE FROM workplans_search_action;
  DELETE FROM workplans_search_text;
  DELETE FROM workplans_search_word;
  PERFORM workplans_search_texts('plan', (SELECT array_agg(id) FROM workplans_workplan));
  PERFORM workplans_search_texts('section', (SELECT array_agg(id) FROM workplans_section));
  PERFORM workplans_search_texts('line', (SELECT array_agg(id) FROM workplans_actionline));
  PERFORM workplans_search_actions((SELECT array_agg(id) FROM workplans_action));
END $$;
COMMENT ON FUNCTION workplans_search_rebuild() IS
  'Make the index anew, as after a new version of PostgreSQL with another stemmer.';
"""

EVENTS = {"insert": "NEW", "update": "NEW", "delete": "OLD"}
TEXT_TABLES = {
    "plan": "workplans_workplan",
    "section": "workplans_section",
    "line": "workplans_actionline",
}


def trigger(name: str, event: str, table: str, call: str, both: bool = False) -> str:
    rows = f"{EVENTS[event]} TABLE AS changed" + (" OLD TABLE AS before" if both else "")
    return (
        f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {rows} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {call};\n"
    )


TRIGGERS = "".join(
    trigger(
        f"workplans_search_{event}", event, table, f"workplans_search_text_changed('{kind}')"
    )
    for kind, table in TEXT_TABLES.items()
    for event in EVENTS
)
TRIGGERS += "".join(
    trigger(
        f"workplans_search_{event}", event, "workplans_action", "workplans_search_action_changed()"
    )
    for event in EVENTS
)
TRIGGERS += "".join(
    trigger(
        f"workplans_search_{event}", event, "workplans_costline", "workplans_search_cost_changed()"
    )
    for event in ("insert", "delete")
)
TRIGGERS += trigger(
    "workplans_search_update",
    "update",
    "workplans_costline",
    "workplans_search_cost_moved()",
    both=True,
)
TRIGGERS += trigger(
    "workplans_search_moved",
    "update",
    "workplans_actionline",
    "workplans_search_line_moved()",
    both=True,
)
TRIGGERS += trigger(
    "workplans_search_name",
    "update",
    "municipalities_region",
    "workplans_search_region_renamed()",
)
TRIGGERS += "".join(
    f"CREATE TRIGGER workplans_search_empty AFTER TRUNCATE ON {table} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION workplans_search_emptied('{kind}');\n"
    for kind, table in {**TEXT_TABLES, "action": "workplans_action"}.items()
)

DROP = """
DROP FUNCTION workplans_search_action_changed() CASCADE;
DROP FUNCTION workplans_search_cost_changed() CASCADE;
DROP FUNCTION workplans_search_cost_moved() CASCADE;
DROP FUNCTION workplans_search_text_changed() CASCADE;
DROP FUNCTION workplans_search_line_moved() CASCADE;
DROP FUNCTION workplans_search_region_renamed() CASCADE;
DROP FUNCTION workplans_search_emptied() CASCADE;
DROP FUNCTION workplans_search_rebuild();
DROP FUNCTION workplans_search_actions(bigint[]);
DROP FUNCTION workplans_search_texts(text, bigint[]);
DROP FUNCTION workplans_search_source(text, bigint[]);
DROP FUNCTION workplans_search_vocabulary(text[], text[]);
DROP FUNCTION workplans_search_words_of(bigint[]);
DROP TABLE workplans_search_action;
DROP TABLE workplans_search_text;
DROP TABLE workplans_search_word;
"""


class Migration(migrations.Migration):
    dependencies = [("workplans", "0003_municipality_guard"), ("funds", "0003_search")]
    operations = [
        migrations.RunSQL(TABLES + ACTIONS + TEXTS + TRIGGERS, DROP),
        migrations.RunSQL("SELECT workplans_search_rebuild();", migrations.RunSQL.noop),
    ]
