"""What a plan uses belongs to its region, and the figures of a submitted plan stand fast.

A municipality in a plan is a member of the plan's region, and the recipient of a joint
action is its lead. Members, validity and inhabitants stand below this app, so their guards
are attached here, by hand.

Who uses a municipality locks plan, region and municipality FOR SHARE, in that order; who
changes one of those three holds it already by the change itself, or takes the region
FOR NO KEY UPDATE. So of two at once the second sees what the first did. Nobody who changes
a municipality waits for a plan: a service that holds a plan waits for municipalities.
"""

from importlib import import_module

from django.db import migrations

USE = """
CREATE FUNCTION workplan_is_submitted(status text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT status IN ('aangeboden', 'vastgesteld', 'afgesloten')
$$;

CREATE FUNCTION municipality_exists_on(first date, last date, day date) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(first <= day, true) AND coalesce(last >= day, true)
$$;

CREATE FUNCTION workplan_uses(plan bigint, municipality bigint) RETURNS boolean
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM workplans_share s
      JOIN workplans_costline c ON c.id = s.cost_line_id
      JOIN workplans_action a ON a.id = c.action_id
      JOIN workplans_actionline l ON l.id = a.line_id
      WHERE l.plan_id = plan AND s.municipality_id = municipality
  ) OR EXISTS (
    SELECT FROM workplans_action a
      JOIN workplans_actionline l ON l.id = a.line_id
      WHERE l.plan_id = plan AND a.lead_id = municipality
  );
END $$;

CREATE FUNCTION guard_refuse_validity(municipality text, day date) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RAISE EXCEPTION '% is not valid on %', municipality, day
    USING ERRCODE = '23514', CONSTRAINT = 'share_municipality',
    DETAIL = json_build_object('municipality', municipality, 'day', to_char(day, 'DD-MM-YYYY'));
END $$;

CREATE OR REPLACE FUNCTION guard_municipality_of(
  plan bigint, wanted_municipality bigint
) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  of_plan record;
  of_region record;
  used record;
BEGIN
  SELECT make_date(first_year, 1, 1) AS day, region_id INTO of_plan
    FROM workplans_workplan WHERE id = plan FOR SHARE;
  SELECT id, name INTO of_region
    FROM municipalities_region WHERE id = of_plan.region_id FOR SHARE;
  SELECT id, name, valid_from, valid_until INTO used
    FROM municipalities_municipality WHERE id = wanted_municipality FOR SHARE;
  IF NOT municipality_exists_on(used.valid_from, used.valid_until, of_plan.day) THEN
    PERFORM guard_refuse_validity(used.name, of_plan.day);
  END IF;
  IF NOT EXISTS (
    SELECT FROM municipalities_regionmembership
      WHERE region_id = of_region.id AND municipality_id = used.id
  ) THEN
    RAISE EXCEPTION '% is no member of %', used.name, of_region.name
      USING ERRCODE = '23514', CONSTRAINT = 'share_region',
      DETAIL = json_build_object('municipality', used.name, 'region', of_region.name);
  END IF;
END $$;
"""

JOINT = """
CREATE FUNCTION guard_joint_recipient_of(wanted_action bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  joint record;
  bad record;
BEGIN
  SELECT sharing, lead_id INTO joint FROM workplans_action WHERE id = wanted_action FOR SHARE;
  IF joint.sharing IS DISTINCT FROM 'lead' THEN RETURN; END IF;
  SELECT m.name AS found, lead.name AS wanted INTO bad
    FROM workplans_share s
    JOIN workplans_costline c ON c.id = s.cost_line_id
    JOIN municipalities_municipality m ON m.id = s.municipality_id
    JOIN municipalities_municipality lead ON lead.id = joint.lead_id
    WHERE c.action_id = wanted_action AND s.capacity = 'recipient' AND m.id <> lead.id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '% receives of a joint action that % leads', bad.found, bad.wanted
      USING ERRCODE = '23514', CONSTRAINT = 'joint_recipient', TABLE = 'workplans_share',
      DETAIL = json_build_object('found', bad.found, 'lead', bad.wanted);
  END IF;
END $$;

CREATE OR REPLACE FUNCTION guard_share_municipality() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM guard_municipality_of(l.plan_id, s.municipality_id), guard_joint_recipient_of(a.id)
    FROM workplans_share s
    JOIN workplans_costline c ON c.id = s.cost_line_id
    JOIN workplans_action a ON a.id = c.action_id
    JOIN workplans_actionline l ON l.id = a.line_id
    WHERE s.id = NEW.id;
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
  PERFORM guard_joint_recipient_of(NEW.id);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_cost_line_municipalities() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM guard_municipality_of(l.plan_id, s.municipality_id), guard_joint_recipient_of(a.id)
    FROM workplans_share s
    JOIN workplans_costline c ON c.id = s.cost_line_id
    JOIN workplans_action a ON a.id = c.action_id
    JOIN workplans_actionline l ON l.id = a.line_id
    WHERE c.id = NEW.id;
  RETURN NULL;
END $$;
"""

SUBMISSION = """
CREATE FUNCTION guard_submission_of(plan bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  found record;
BEGIN
  SELECT title, status, region_id INTO found
    FROM workplans_workplan WHERE id = plan FOR SHARE;
  IF found.status IS NULL THEN RETURN; END IF;
  IF workplan_is_submitted(found.status) THEN
    PERFORM FROM municipalities_region WHERE id = found.region_id FOR SHARE;
    PERFORM FROM municipalities_municipality m
      WHERE m.id IN (SELECT municipality_id FROM municipalities_regionmembership
                       WHERE region_id = found.region_id)
      ORDER BY m.id FOR SHARE;
  ELSIF EXISTS (SELECT FROM workplans_planapplication
                  WHERE plan_id = plan AND application_id IS NOT NULL) THEN
    RAISE EXCEPTION 'plan % was submitted and is now %', plan, found.status
      USING ERRCODE = '23514', CONSTRAINT = 'submission_stands', TABLE = 'workplans_workplan',
      DETAIL = json_build_object('plan', found.title);
  END IF;
END $$;

CREATE FUNCTION guard_submission() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM guard_submission_of((to_jsonb(NEW) ->> CASE TG_TABLE_NAME
    WHEN 'workplans_workplan' THEN 'id' ELSE 'plan_id' END)::bigint);
  RETURN NULL;
END $$;
"""

BELOW = """
CREATE OR REPLACE FUNCTION guard_municipality_validity() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  bad record;
BEGIN
  SELECT p.title, make_date(p.first_year, 1, 1) AS day, workplan_uses(p.id, NEW.id) AS uses
    INTO bad
    FROM workplans_workplan p
    CROSS JOIN LATERAL (SELECT
      municipality_exists_on(
        OLD.valid_from, OLD.valid_until, make_date(p.first_year, 1, 1)) AS before,
      municipality_exists_on(
        NEW.valid_from, NEW.valid_until, make_date(p.first_year, 1, 1)) AS after
    ) existence
    WHERE (NOT existence.after AND workplan_uses(p.id, NEW.id))
      OR (existence.before <> existence.after AND workplan_is_submitted(p.status)
        AND EXISTS (SELECT FROM municipalities_regionmembership
                      WHERE region_id = p.region_id AND municipality_id = NEW.id))
    ORDER BY uses DESC LIMIT 1;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF bad.uses THEN PERFORM guard_refuse_validity(NEW.name, bad.day); END IF;
  PERFORM guard_refuse_membership(bad.title, bad.day, NEW.name);
  RETURN NULL;
END $$;

CREATE FUNCTION guard_refuse_membership(plan text, day date, municipality text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RAISE EXCEPTION 'plan % was submitted with the members of its region on %', plan, day
    USING ERRCODE = '23514', CONSTRAINT = 'membership_submitted',
    DETAIL = json_build_object('plan', plan, 'day', to_char(day, 'DD-MM-YYYY'),
                               'municipality', municipality);
END $$;

CREATE FUNCTION guard_membership() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  is_moved boolean := TG_OP <> 'UPDATE'
    OR (OLD.region_id, OLD.municipality_id) <> (NEW.region_id, NEW.municipality_id);
  bad record;
BEGIN
  IF NOT is_moved AND OLD.abbreviation = NEW.abbreviation THEN RETURN NEW; END IF;
  PERFORM FROM municipalities_region WHERE id IN (OLD.region_id, NEW.region_id)
    ORDER BY id FOR NO KEY UPDATE;
  IF TG_OP <> 'INSERT' AND is_moved THEN
    SELECT p.title, m.name INTO bad
      FROM workplans_workplan p, municipalities_municipality m
      WHERE p.region_id = OLD.region_id AND m.id = OLD.municipality_id
        AND workplan_uses(p.id, m.id) LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION '% is used by plan %', bad.name, bad.title
        USING ERRCODE = '23514', CONSTRAINT = 'membership_used',
        DETAIL = json_build_object('plan', bad.title, 'municipality', bad.name);
    END IF;
  END IF;
  SELECT p.title, make_date(p.first_year, 1, 1) AS day, m.name INTO bad
    FROM (VALUES (OLD.region_id, OLD.municipality_id), (NEW.region_id, NEW.municipality_id))
      AS touched(region_id, municipality_id)
    JOIN workplans_workplan p ON p.region_id = touched.region_id
    JOIN municipalities_municipality m ON m.id = touched.municipality_id
    WHERE workplan_is_submitted(p.status)
      AND municipality_exists_on(m.valid_from, m.valid_until, make_date(p.first_year, 1, 1))
    LIMIT 1;
  IF FOUND THEN PERFORM guard_refuse_membership(bad.title, bad.day, bad.name); END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION guard_population() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  bad record;
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.municipality_id, OLD.reference_date, OLD.inhabitants)
      IS NOT DISTINCT FROM (NEW.municipality_id, NEW.reference_date, NEW.inhabitants) THEN
    RETURN NEW;
  END IF;
  PERFORM FROM municipalities_region r
    WHERE r.id IN (SELECT region_id FROM municipalities_regionmembership
                     WHERE municipality_id IN (OLD.municipality_id, NEW.municipality_id))
    ORDER BY r.id FOR NO KEY UPDATE;
  SELECT p.title, m.name, touched.day, is_key, make_date(p.first_year, 1, 1) AS first_day
    INTO bad
    FROM (VALUES (OLD.municipality_id, OLD.reference_date),
                 (NEW.municipality_id, NEW.reference_date)) AS touched(municipality_id, day)
    JOIN municipalities_regionmembership member
      ON member.municipality_id = touched.municipality_id
    JOIN workplans_workplan p ON p.region_id = member.region_id
    JOIN municipalities_municipality m ON m.id = touched.municipality_id
    CROSS JOIN LATERAL (SELECT
      replace(p.joint_text, '-', '') = 'inwoners ' || to_char(touched.day, 'YYYYMMDD')
      OR EXISTS (SELECT FROM workplans_action a JOIN workplans_actionline l ON l.id = a.line_id
                   WHERE l.plan_id = p.id AND a.key_date = touched.day) AS is_key
    ) named
    WHERE workplan_is_submitted(p.status)
      AND (is_key OR (p.joint_text = 'inwoners' AND touched.day <= make_date(p.first_year, 1, 1)))
    ORDER BY is_key DESC LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'plan % was submitted with the inhabitants of %', bad.title, bad.name
      USING ERRCODE = '23514',
      CONSTRAINT = CASE WHEN bad.is_key THEN 'population_key' ELSE 'population_newest' END,
      DETAIL = json_build_object('plan', bad.title, 'municipality', bad.name,
                                 'day', to_char(bad.day, 'DD-MM-YYYY'),
                                 'first_day', to_char(bad.first_day, 'DD-MM-YYYY'));
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER workplans_membership
  BEFORE INSERT OR UPDATE OR DELETE ON municipalities_regionmembership
  FOR EACH ROW EXECUTE FUNCTION guard_membership();
CREATE TRIGGER workplans_population
  BEFORE INSERT OR UPDATE OR DELETE ON municipalities_populationfigure
  FOR EACH ROW EXECUTE FUNCTION guard_population();
"""

FORMER = import_module("workplans.migrations.0001_guards").MUNICIPALITY

DROP = """
DROP TRIGGER workplans_membership ON municipalities_regionmembership;
DROP TRIGGER workplans_population ON municipalities_populationfigure;
DROP FUNCTION guard_membership();
DROP FUNCTION guard_population();
DROP FUNCTION guard_refuse_membership(text, date, text);
DROP FUNCTION guard_refuse_validity(text, date);
DROP FUNCTION guard_submission();
DROP FUNCTION guard_submission_of(bigint);
DROP FUNCTION guard_joint_recipient_of(bigint);
DROP FUNCTION workplan_uses(bigint, bigint);
DROP FUNCTION municipality_exists_on(date, date, date);
DROP FUNCTION workplan_is_submitted(text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("workplans", "0004_search"),
        ("municipalities", "0004_history_stands_fast"),
        ("funds", "0004_ledger_guards"),
    ]
    operations = [migrations.RunSQL(USE + JOINT + SUBMISSION + BELOW, FORMER + DROP)]
