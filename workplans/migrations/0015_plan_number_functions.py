"""The function that numbers a plan and refuses to write an adopted one; its triggers come
in 0016, for PostgreSQL asks that the function is there first.

The row of `workplans_planrevision` is the turn of the writers of a plan: the update waits
until whoever wrote before has committed, and only then the status is looked at. So
nothing slips in beside an adoption, whatever writes and at any isolation level. Of the
plan itself only the status changes then.
"""

from django.db import migrations

TOUCH = """
CREATE OR REPLACE FUNCTION plans_of_sql(path text, written text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path FROM CURRENT AS $$
BEGIN
  RETURN format(CASE path
    WHEN 'self' THEN 'SELECT x.id FROM %1$s x'
    WHEN 'plan' THEN 'SELECT x.plan_id FROM %1$s x'
    WHEN 'line' THEN
      'SELECT l.plan_id FROM %1$s x JOIN workplans_actionline l ON l.id = x.line_id'
    WHEN 'action' THEN
      'SELECT l.plan_id FROM %1$s x JOIN workplans_action a ON a.id = x.action_id '
      'JOIN workplans_actionline l ON l.id = a.line_id'
    WHEN 'cost_line' THEN
      'SELECT l.plan_id FROM %1$s x JOIN workplans_costline c ON c.id = x.cost_line_id '
      'JOIN workplans_action a ON a.id = c.action_id JOIN workplans_actionline l ON l.id = a.line_id'
    WHEN 'block' THEN
      'SELECT b.plan_id FROM %1$s x JOIN workplans_block b ON b.id = x.block_id'
    WHEN 'partner' THEN
      'SELECT coalesce(l.plan_id, b.plan_id) FROM %1$s x '
      'LEFT JOIN workplans_action a ON a.id = x.action_id '
      'LEFT JOIN workplans_actionline l ON l.id = a.line_id '
      'LEFT JOIN workplans_blockrow r ON r.id = x.row_id '
      'LEFT JOIN workplans_block b ON b.id = r.block_id'
    WHEN 'quantity' THEN
      'SELECT coalesce(l.plan_id, b.plan_id, m.plan_id) FROM %1$s x '
      'LEFT JOIN workplans_action a ON a.id = x.action_id '
      'LEFT JOIN workplans_actionline l ON l.id = a.line_id '
      'LEFT JOIN workplans_blockrow r ON r.id = x.row_id '
      'LEFT JOIN workplans_block b ON b.id = r.block_id '
      'LEFT JOIN workplans_intendedresult i ON i.id = x.result_id '
      'LEFT JOIN workplans_actionline m ON m.id = i.line_id'
    END, written);
END $$;

CREATE OR REPLACE FUNCTION touch_plan() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  written text := CASE TG_OP
    WHEN 'INSERT' THEN 'n' WHEN 'DELETE' THEN 'o' ELSE '(TABLE n UNION ALL TABLE o)' END;
  plans bigint[];
  bad record;
BEGIN
  EXECUTE 'SELECT array_agg(DISTINCT plan) FROM (' || plans_of_sql(TG_ARGV[0], written)
    || ') AS found(plan) WHERE plan IS NOT NULL' INTO plans;
  IF plans IS NULL THEN RETURN NULL; END IF;
  IF TG_ARGV[0] = 'self' AND TG_OP = 'INSERT' THEN
    INSERT INTO workplans_planrevision (plan_id, number) SELECT unnest(plans), 1;
    RETURN NULL;
  END IF;
  -- First the plan, then its number: the order of everybody, or two would wait for each other.
  PERFORM 1 FROM workplans_workplan
    WHERE id = ANY (plans) ORDER BY id FOR NO KEY UPDATE;
  PERFORM 1 FROM workplans_planrevision
    WHERE plan_id = ANY (plans) ORDER BY plan_id FOR NO KEY UPDATE;
  UPDATE workplans_planrevision SET number = number + 1 WHERE plan_id = ANY (plans);
  IF TG_ARGV[0] <> 'self' THEN
    SELECT title, status INTO bad FROM workplans_workplan
      WHERE id = ANY (plans) AND status IN ('vastgesteld', 'afgesloten') ORDER BY id LIMIT 1;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT title, status INTO bad FROM o
      WHERE status IN ('vastgesteld', 'afgesloten') ORDER BY id LIMIT 1;
  ELSE
    -- The status itself may still take a step.
    SELECT o.title, o.status INTO bad FROM o LEFT JOIN n ON n.id = o.id
      WHERE o.status IN ('vastgesteld', 'afgesloten')
      AND to_jsonb(n) - 'status' IS DISTINCT FROM to_jsonb(o) - 'status'
      ORDER BY o.id LIMIT 1;
  END IF;
  IF FOUND THEN
    RAISE EXCEPTION 'plan % is adopted', bad.title
      USING ERRCODE = '23514', CONSTRAINT = 'plan_adopted', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('plan', bad.title, 'status', bad.status);
  END IF;
  RETURN NULL;
END $$;
"""

DROP = """
DROP FUNCTION IF EXISTS touch_plan();
DROP FUNCTION IF EXISTS plans_of_sql(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("workplans", "0014_plan_versions")]

    operations = [migrations.RunSQL(TOUCH, DROP)]
