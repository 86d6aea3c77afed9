"""The functions that the guards of `workplans` call; the triggers come with the models.

The functions name tables that do not exist yet: PL/pgSQL looks them up when it runs.
`FOR NO KEY UPDATE` and never `FOR UPDATE`: deferred foreign keys take KEY SHARE on the
parent at commit, and two sessions that both hold it would deadlock.

A deferred trigger runs with the row as one statement left it; what counts is the row as
it is at the end. So every function takes the key from NEW and reads the rest again.
"""

from django.db import migrations

SHARE_SUM = """
CREATE OR REPLACE FUNCTION guard_share_sum_of(line bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  wanted record;
  bad record;
BEGIN
  SELECT amount, state INTO wanted FROM workplans_costline WHERE id = line FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT state INTO bad FROM workplans_share
    WHERE cost_line_id = line AND state <> wanted.state LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'cost line % is %, a share of it is %', line, wanted.state, bad.state
      USING ERRCODE = '23514', CONSTRAINT = 'share_state', TABLE = 'workplans_share',
      DETAIL = json_build_object('cost_line', line::text);
  END IF;
  IF wanted.amount IS NULL THEN RETURN; END IF;
  SELECT capacity, sum(amount) AS found INTO bad FROM workplans_share
    WHERE cost_line_id = line GROUP BY capacity HAVING sum(amount) <> wanted.amount LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'shares of cost line % add up to %, not %', line, bad.found, wanted.amount
      USING ERRCODE = '23514', CONSTRAINT = 'share_sum', TABLE = 'workplans_share',
      DETAIL = json_build_object('cost_line', line::text, 'capacity', bad.capacity,
                                 'found', bad.found, 'expected', wanted.amount);
  END IF;
END $$;

CREATE OR REPLACE FUNCTION guard_share() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM guard_share_sum_of(OLD.cost_line_id); END IF;
  IF TG_OP <> 'DELETE' AND (TG_OP = 'INSERT' OR NEW.cost_line_id <> OLD.cost_line_id) THEN
    PERFORM guard_share_sum_of(NEW.cost_line_id);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_cost_line() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.amount IS DISTINCT FROM OLD.amount OR NEW.state <> OLD.state THEN
    PERFORM guard_share_sum_of(NEW.id);
  END IF;
  RETURN NULL;
END $$;
"""

MUNICIPALITY = """
CREATE OR REPLACE FUNCTION guard_municipality_of(
  plan bigint, wanted_municipality bigint
) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  bad record;
BEGIN
  SELECT m.name, make_date(p.first_year, 1, 1) AS day INTO bad
    FROM workplans_workplan p, municipalities_municipality m
    WHERE p.id = plan AND m.id = wanted_municipality
      AND (m.valid_from > make_date(p.first_year, 1, 1)
        OR m.valid_until < make_date(p.first_year, 1, 1));
  IF FOUND THEN
    RAISE EXCEPTION '% is not valid on %', bad.name, bad.day
      USING ERRCODE = '23514', CONSTRAINT = 'share_municipality',
      DETAIL = json_build_object('municipality', bad.name,
                                 'day', to_char(bad.day, 'DD-MM-YYYY'));
  END IF;
END $$;

CREATE OR REPLACE FUNCTION guard_share_municipality() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM guard_municipality_of(l.plan_id, s.municipality_id)
    FROM workplans_share s
    JOIN workplans_costline c ON c.id = s.cost_line_id
    JOIN workplans_action a ON a.id = c.action_id
    JOIN workplans_actionline l ON l.id = a.line_id
    WHERE s.id = NEW.id;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_plan_municipalities(plan bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM guard_municipality_of(plan, used.municipality_id)
    FROM (
      SELECT DISTINCT s.municipality_id
        FROM workplans_share s
        JOIN workplans_costline c ON c.id = s.cost_line_id
        JOIN workplans_action a ON a.id = c.action_id
        JOIN workplans_actionline l ON l.id = a.line_id
        WHERE l.plan_id = plan
      UNION
      SELECT a.lead_id FROM workplans_action a
        JOIN workplans_actionline l ON l.id = a.line_id
        WHERE l.plan_id = plan AND a.lead_id IS NOT NULL
    ) used;
END $$;

CREATE OR REPLACE FUNCTION guard_plan_period() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM guard_plan_municipalities(NEW.id);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_line_municipalities() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM guard_plan_municipalities(plan_id) FROM workplans_actionline WHERE id = NEW.id;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_action_municipalities() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM guard_municipality_of(l.plan_id, used.municipality_id)
    FROM workplans_action a
    JOIN workplans_actionline l ON l.id = a.line_id
    CROSS JOIN LATERAL (
      SELECT a.lead_id AS municipality_id WHERE a.lead_id IS NOT NULL
      UNION
      SELECT s.municipality_id
        FROM workplans_share s
        JOIN workplans_costline c ON c.id = s.cost_line_id
        WHERE TG_OP = 'UPDATE' AND c.action_id = a.id
    ) used
    WHERE a.id = NEW.id;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_cost_line_municipalities() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM guard_municipality_of(l.plan_id, s.municipality_id)
    FROM workplans_share s
    JOIN workplans_costline c ON c.id = s.cost_line_id
    JOIN workplans_action a ON a.id = c.action_id
    JOIN workplans_actionline l ON l.id = a.line_id
    WHERE c.id = NEW.id;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_municipality_validity() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM guard_municipality_of(used.plan_id, NEW.id)
    FROM (
      SELECT DISTINCT l.plan_id
        FROM workplans_share s
        JOIN workplans_costline c ON c.id = s.cost_line_id
        JOIN workplans_action a ON a.id = c.action_id
        JOIN workplans_actionline l ON l.id = a.line_id
        WHERE s.municipality_id = NEW.id
      UNION
      SELECT l.plan_id FROM workplans_action a
        JOIN workplans_actionline l ON l.id = a.line_id
        WHERE a.lead_id = NEW.id
    ) used;
  RETURN NULL;
END $$;
"""

DROP = """
DROP FUNCTION guard_share_sum_of(bigint);
DROP FUNCTION guard_share();
DROP FUNCTION guard_cost_line();
DROP FUNCTION guard_municipality_of(bigint, bigint);
DROP FUNCTION guard_share_municipality();
DROP FUNCTION guard_plan_municipalities(bigint);
DROP FUNCTION guard_plan_period();
DROP FUNCTION guard_line_municipalities();
DROP FUNCTION guard_action_municipalities();
DROP FUNCTION guard_cost_line_municipalities();
DROP FUNCTION guard_municipality_validity();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("municipalities", "0001_initial"), ("funds", "0001_guards")]
    operations = [migrations.RunSQL(SHARE_SUM + MUNICIPALITY, DROP)]
