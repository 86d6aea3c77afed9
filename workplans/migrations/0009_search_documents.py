"""The search index after sections became blocks: the rows of a block are found in the
block, goals and results in their line, partners and quantities in their action."""

import importlib

from django.db import migrations

before = importlib.import_module("workplans.migrations.0004_search")

ACTIONS = """
CREATE OR REPLACE FUNCTION workplans_search_actions(ids bigint[]) RETURNS void
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
        search_code(full_code), array_to_string(title.words, ' '),
        search_vector(title.words || search_words(a.budget_title)),
        search_vector(title.words || search_words(concat_ws(' ', full_code,
          a.budget_title, p.title, a.description, a.target_group, a.monitoring, a.note,
          a.planning_text, a.start_text, a.end_text, a.embed_in, a.funding_text,
          a.municipalities_text, costs.body, partners.body, quantities.body)))
      FROM workplans_action a
      JOIN workplans_actionline l ON l.id = a.line_id
      LEFT JOIN workplans_actionpoint p ON p.id = a.point_id
      CROSS JOIN LATERAL (
        SELECT COALESCE(NULLIF(p.code, ''), l.code) || a.code AS full_code) AS named
      CROSS JOIN LATERAL (SELECT search_words(a.title) AS words OFFSET 0) AS title
      CROSS JOIN LATERAL (
        SELECT string_agg(concat_ws(' ', c.label, c.text, replace(c.amount::text, '.', ','),
            c.nature_note, c.cover, c.note, c.funding_text, c.municipalities_text), ' ') AS body
          FROM workplans_costline c WHERE c.action_id = a.id) AS costs
      CROSS JOIN LATERAL (
        SELECT string_agg(x.text, ' ') AS body
          FROM workplans_partner x WHERE x.action_id = a.id) AS partners
      CROSS JOIN LATERAL (
        SELECT string_agg(x.text, ' ') AS body
          FROM workplans_quantity x WHERE x.action_id = a.id) AS quantities
      WHERE a.id = ANY(ids)
    ON CONFLICT (action_id) DO UPDATE SET plan_id = EXCLUDED.plan_id,
      place = EXCLUDED.place, code = EXCLUDED.code, title = EXCLUDED.title,
      title_words = EXCLUDED.title_words, words = EXCLUDED.words
    WHERE s IS DISTINCT FROM EXCLUDED;
  PERFORM workplans_search_vocabulary(before, workplans_search_words_of(ids));
END $$;

CREATE FUNCTION workplans_search_point_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM workplans_search_actions((SELECT array_agg(a.id)
    FROM changed x JOIN workplans_action a ON a.point_id = x.id));
  RETURN NULL;
END $$;
"""

TEXTS = """
CREATE OR REPLACE FUNCTION workplans_search_source(wanted text, ids bigint[])
RETURNS TABLE (kind text, source_id bigint, plan_id bigint, title text, body text)
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT wanted, p.id, p.id, p.title, concat_ws(' ', p.kind, r.name,
      array_to_string(r.aliases, ' '), p.first_year, p.last_year)
    FROM workplans_workplan p JOIN municipalities_region r ON r.id = p.region_id
    WHERE wanted = 'plan' AND p.id = ANY(ids)
  UNION ALL
  SELECT wanted, b.id, b.plan_id, b.title, concat_ws(' ', b.text, (
      SELECT string_agg(concat_ws(' ', w."group", w.code, w.title, w.text,
          array_to_string(w.items, ' '), w.note, w.target_group, w.status), ' '
          ORDER BY w.position)
        FROM workplans_blockrow w WHERE w.block_id = b.id), (
      SELECT string_agg(x.text, ' ') FROM workplans_partner x
        JOIN workplans_blockrow w ON w.id = x.row_id WHERE w.block_id = b.id))
    FROM workplans_block b WHERE wanted = 'block' AND b.id = ANY(ids)
  UNION ALL
  SELECT wanted, l.id, l.plan_id, l.title, concat_ws(' ', l.kind, l.general_goal, l.text, (
      SELECT string_agg(g.text, ' ') FROM workplans_goal g WHERE g.line_id = l.id), (
      SELECT string_agg(x.text, ' ') FROM workplans_intendedresult x WHERE x.line_id = l.id))
    FROM workplans_actionline l WHERE wanted = 'line' AND l.id = ANY(ids)
$$;

CREATE OR REPLACE FUNCTION workplans_search_rebuild() RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  DELETE FROM workplans_search_action;
  DELETE FROM workplans_search_text;
  DELETE FROM workplans_search_word;
  PERFORM workplans_search_texts('plan', (SELECT array_agg(id) FROM workplans_workplan));
  PERFORM workplans_search_texts('block', (SELECT array_agg(id) FROM workplans_block));
  PERFORM workplans_search_texts('line', (SELECT array_agg(id) FROM workplans_actionline));
  PERFORM workplans_search_actions((SELECT array_agg(id) FROM workplans_action));
END $$;
"""

PARTS = {
    "workplans_blockrow": ("workplans_search_texts('block'", "block_id"),
    "workplans_goal": ("workplans_search_texts('line'", "line_id"),
    "workplans_intendedresult": ("workplans_search_texts('line'", "line_id"),
    "workplans_partner": ("workplans_search_actions(", "action_id"),
    "workplans_quantity": ("workplans_search_actions(", "action_id"),
}
"""Table to the call that makes anew what its rows are found in, and the key of that."""


def part_function(table: str, call: str, key: str) -> str:
    comma = "" if call.endswith("(") else ", "
    return f"""
CREATE FUNCTION {table.replace("workplans_", "workplans_search_of_")}() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM {call}{comma}(SELECT array_agg(DISTINCT {key}) FROM changed
    WHERE {key} IS NOT NULL));
  IF TG_OP = 'UPDATE' THEN
    PERFORM {call}{comma}(SELECT array_agg(DISTINCT {key}) FROM before
      WHERE {key} IS NOT NULL AND {key} NOT IN
        (SELECT {key} FROM changed WHERE {key} IS NOT NULL)));
  END IF;
  RETURN NULL;
END $$;
"""


FUNCTIONS = "".join(part_function(table, *rest) for table, rest in PARTS.items())
FUNCTIONS += """
CREATE FUNCTION workplans_search_of_row_partner() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM workplans_search_texts('block', (SELECT array_agg(DISTINCT w.block_id)
    FROM changed x JOIN workplans_blockrow w ON w.id = x.row_id));
  RETURN NULL;
END $$;
"""

TRIGGERS = "".join(
    before.trigger(
        f"workplans_search_{event}",
        event,
        table,
        f"{table.replace('workplans_', 'workplans_search_of_')}()",
        both=event == "update",
    )
    for table in PARTS
    for event in before.EVENTS
)
TRIGGERS += "".join(
    before.trigger(
        f"workplans_search_row_{event}",
        event,
        "workplans_partner",
        "workplans_search_of_row_partner()",
    )
    for event in before.EVENTS
)
TRIGGERS += before.trigger(
    "workplans_search_update",
    "update",
    "workplans_actionpoint",
    "workplans_search_point_changed()",
)


def on_blocks(sql: str) -> str:
    """What 0004 made, on the table and the kind that were called section there."""
    return sql.replace("workplans_section", "workplans_block").replace("'section'", "'block'")


def if_there(sql: str) -> str:
    return sql.replace("DROP FUNCTION ", "DROP FUNCTION IF EXISTS ").replace(
        "DROP TABLE ", "DROP TABLE IF EXISTS "
    )


EARLIER = if_there(before.DROP) + on_blocks(
    before.TABLES + before.ACTIONS + before.TEXTS + before.TRIGGERS
)

UNDO = (
    "".join(
        f"DROP FUNCTION {table.replace('workplans_', 'workplans_search_of_')}() CASCADE;\n"
        for table in PARTS
    )
    + "DROP FUNCTION workplans_search_of_row_partner() CASCADE;\n"
    + "DROP FUNCTION workplans_search_point_changed() CASCADE;\n"
    + before.DROP
)
"""Takes the index away; going back through 0008 makes the earlier one."""

INDEX = "SELECT workplans_search_rebuild();"


class Migration(migrations.Migration):
    dependencies = [("workplans", "0008_documents")]
    operations = [
        migrations.RunSQL(EARLIER + ACTIONS + TEXTS + FUNCTIONS + TRIGGERS, UNDO),
        migrations.RunSQL(INDEX, migrations.RunSQL.noop),
    ]
