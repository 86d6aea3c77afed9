"""Guards that go from key to key, each step a lookup of its own.

A guard is asked about one row, hundreds of times in a transaction that stores a plan. A
join in it is planned from statistics, and where those say that a table is empty (analysed
before the first plan, or after all of it was rolled back) reading all of a table costs
the planner as little as one row of it: four such tables joined made minutes of a second.
A lookup by key, an array of keys and a subquery with LIMIT leave nothing to choose.

They refuse what they refused. A part that is new has a guard of its own, so an action or a
cost line that is new answers for its lead only.
"""

from importlib import import_module

from django.db import migrations

BELONGS = """
CREATE FUNCTION workplan_of_action(wanted bigint) RETURNS bigint
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RETURN (SELECT plan_id FROM workplans_actionline
            WHERE id = (SELECT line_id FROM workplans_action WHERE id = wanted));
END $$;

CREATE OR REPLACE FUNCTION guard_line_part() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  part record;
  whole record;
BEGIN
  SELECT plan_id, parent_id INTO part FROM workplans_actionline WHERE id = NEW.id;
  SELECT plan_id, parent_id INTO whole
    FROM workplans_actionline WHERE id = part.parent_id FOR NO KEY UPDATE;
  IF whole.plan_id <> part.plan_id OR whole.parent_id IS NOT NULL OR EXISTS (
    SELECT FROM workplans_actionline WHERE parent_id = NEW.id
      AND (plan_id <> part.plan_id OR part.parent_id IS NOT NULL)
  ) THEN
    RAISE EXCEPTION 'a part is not one deep in its own plan'
      USING ERRCODE = '23514', CONSTRAINT = 'line_part', DETAIL = '{}';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_result_part() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  part record;
  whole record;
BEGIN
  SELECT line_id, parent_id INTO part FROM workplans_intendedresult WHERE id = NEW.id;
  SELECT line_id, parent_id INTO whole
    FROM workplans_intendedresult WHERE id = part.parent_id FOR NO KEY UPDATE;
  IF whole.line_id <> part.line_id OR whole.parent_id IS NOT NULL OR EXISTS (
    SELECT FROM workplans_intendedresult WHERE parent_id = NEW.id
      AND (line_id <> part.line_id OR part.parent_id IS NOT NULL)
  ) THEN
    RAISE EXCEPTION 'a result is not one deep in its own line'
      USING ERRCODE = '23514', CONSTRAINT = 'result_part', DETAIL = '{}';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_action_point() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  action record;
  point record;
BEGIN
  SELECT line_id, point_id INTO action FROM workplans_action WHERE id = NEW.id;
  SELECT line_id INTO point
    FROM workplans_actionpoint WHERE id = action.point_id FOR NO KEY UPDATE;
  IF point.line_id <> action.line_id THEN
    RAISE EXCEPTION 'an action is not in the line of its point'
      USING ERRCODE = '23514', CONSTRAINT = 'action_point', DETAIL = '{}';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_point_line() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (
    SELECT FROM workplans_action WHERE point_id = NEW.id
      AND line_id <> (SELECT line_id FROM workplans_actionpoint WHERE id = NEW.id)
  ) THEN
    RAISE EXCEPTION 'an action is not in the line of its point'
      USING ERRCODE = '23514', CONSTRAINT = 'action_point', DETAIL = '{}';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_block_row() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  own record;
  plan bigint;
BEGIN
  SELECT block_id, line_id, action_id INTO own FROM workplans_blockrow WHERE id = NEW.id;
  plan := (SELECT plan_id FROM workplans_block WHERE id = own.block_id);
  IF plan <> (SELECT plan_id FROM workplans_actionline WHERE id = own.line_id)
    OR plan <> workplan_of_action(own.action_id)
  THEN
    RAISE EXCEPTION 'a row names something of another plan'
      USING ERRCODE = '23514', CONSTRAINT = 'block_row', DETAIL = '{}';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_funding_action() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (
    SELECT FROM workplans_fundingentry f WHERE f.id = NEW.id AND f.action_id <>
      (SELECT c.action_id FROM workplans_costline c WHERE c.id = f.cost_line_id)
  ) THEN
    RAISE EXCEPTION 'a pot pays a cost line of another action'
      USING ERRCODE = '23514', CONSTRAINT = 'funding_action', DETAIL = '{}';
  END IF;
  RETURN NULL;
END $$;
"""

NAMED = """
CREATE FUNCTION municipalities_in_actions(actions bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  costs bigint[] := ARRAY(SELECT id FROM workplans_costline WHERE action_id = ANY(actions));
BEGIN
  RETURN QUERY
    SELECT lead_id FROM workplans_action WHERE id = ANY(actions) AND lead_id IS NOT NULL
    UNION
    SELECT lead_id FROM workplans_costline WHERE id = ANY(costs) AND lead_id IS NOT NULL
    UNION
    SELECT municipality_id FROM workplans_share WHERE cost_line_id = ANY(costs)
    UNION
    SELECT municipality_id FROM workplans_fundingentry
      WHERE action_id = ANY(actions) AND municipality_id IS NOT NULL;
END $$;
COMMENT ON FUNCTION municipalities_in_actions(bigint[]) IS
  'Every municipality that these actions name, wherever they name it.';

CREATE FUNCTION municipalities_in_plan(plan bigint) RETURNS SETOF bigint
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  lines bigint[] := ARRAY(SELECT id FROM workplans_actionline WHERE plan_id = plan);
BEGIN
  RETURN QUERY SELECT municipalities_in_actions(
    ARRAY(SELECT id FROM workplans_action WHERE line_id = ANY(lines)));
END $$;

CREATE OR REPLACE FUNCTION workplan_uses(plan bigint, municipality bigint) RETURNS boolean
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RETURN municipality IN (SELECT municipalities_in_plan(plan));
END $$;

CREATE OR REPLACE FUNCTION guard_plan_municipalities(plan bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM guard_municipality_of(plan, named) FROM municipalities_in_plan(plan) AS named;
END $$;

CREATE OR REPLACE FUNCTION guard_joint_recipient_of(wanted_action bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  whole record;
  bad record;
BEGIN
  SELECT sharing, lead_id INTO whole FROM workplans_action WHERE id = wanted_action FOR SHARE;
  SELECT (SELECT name FROM municipalities_municipality WHERE id = other.municipality_id) AS found,
         (SELECT name FROM municipalities_municipality WHERE id = division.lead_id) AS wanted
    INTO bad
    FROM workplans_costline c
    CROSS JOIN LATERAL (
      SELECT CASE WHEN c.municipalities_text = '' THEN whole.sharing ELSE c.sharing END AS sharing,
             CASE WHEN c.municipalities_text = '' THEN whole.lead_id ELSE c.lead_id END AS lead_id
    ) division
    CROSS JOIN LATERAL (
      SELECT s.municipality_id FROM workplans_share s
        WHERE s.cost_line_id = c.id AND s.capacity = 'recipient'
          AND s.municipality_id <> division.lead_id LIMIT 1
    ) other
    WHERE c.action_id = wanted_action AND division.sharing = 'lead' LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '% receives of a joint action that % leads', bad.found, bad.wanted
      USING ERRCODE = '23514', CONSTRAINT = 'joint_recipient', TABLE = 'workplans_share',
      DETAIL = json_build_object('found', bad.found, 'lead', bad.wanted);
  END IF;
END $$;

CREATE OR REPLACE FUNCTION guard_share_municipality() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  used bigint;
  action bigint;
BEGIN
  SELECT municipality_id,
         (SELECT c.action_id FROM workplans_costline c WHERE c.id = s.cost_line_id)
    INTO used, action FROM workplans_share s WHERE s.id = NEW.id;
  IF action IS NULL THEN RETURN NULL; END IF;
  PERFORM guard_municipality_of(workplan_of_action(action), used);
  PERFORM guard_joint_recipient_of(action);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_funding_municipality() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM guard_municipality_of(workplan_of_action(action_id), municipality_id)
    FROM workplans_fundingentry WHERE id = NEW.id AND municipality_id IS NOT NULL;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_action_municipalities() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM guard_municipality_of(workplan_of_action(id), lead_id)
      FROM workplans_action WHERE id = NEW.id AND lead_id IS NOT NULL;
  ELSE
    PERFORM guard_municipality_of(workplan_of_action(NEW.id), named)
      FROM municipalities_in_actions(ARRAY[NEW.id]) AS named;
  END IF;
  PERFORM guard_joint_recipient_of(NEW.id);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_cost_line_municipalities() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  action bigint;
BEGIN
  IF TG_OP = 'INSERT' AND NEW.lead_id IS NULL THEN RETURN NULL; END IF;
  action := (SELECT action_id FROM workplans_costline WHERE id = NEW.id);
  PERFORM guard_municipality_of(workplan_of_action(action), named)
    FROM municipalities_in_actions(ARRAY[action]) AS named;
  PERFORM guard_joint_recipient_of(action);
  RETURN NULL;
END $$;

DROP VIEW workplans_named_municipality;
"""

DROP = """
DROP FUNCTION municipalities_in_plan(bigint);
DROP FUNCTION municipalities_in_actions(bigint[]);
DROP FUNCTION workplan_of_action(bigint);
"""

documents = import_module("workplans.migrations.0008_documents")
regions = import_module("workplans.migrations.0005_region_guards")

FORMER = (
    documents.GUARDS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    + documents.NAMED
    + documents.made("guard_share_municipality", regions.JOINT)
)


class Migration(migrations.Migration):
    dependencies = [("workplans", "0009_search_documents")]
    operations = [migrations.RunSQL(BELONGS + NAMED, FORMER + DROP)]
