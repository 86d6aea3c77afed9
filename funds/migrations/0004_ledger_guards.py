"""Ledgers stand fast by the function of `municipalities`, an application is closed with its
lines, and a grant stays within what was asked.

The functions lock nothing: they read rows that never change.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

LINES = """
CREATE FUNCTION guard_application_lines() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  asked bigint := (to_jsonb(NEW) ->> CASE TG_TABLE_NAME WHEN 'funds_application' THEN 'id'
                                     ELSE 'application_id' END)::bigint;
  bad record;
BEGIN
  SELECT a.line_count AS expected, count(l.id) AS found INTO bad
    FROM funds_application a LEFT JOIN funds_applicationline l ON l.application_id = a.id
    WHERE a.id = asked GROUP BY a.id HAVING count(l.id) <> a.line_count;
  IF FOUND THEN
    RAISE EXCEPTION 'application % has % lines, not %', asked, bad.found, bad.expected
      USING ERRCODE = '23514', CONSTRAINT = 'application_lines', TABLE = 'funds_applicationline',
      DETAIL = json_build_object('found', bad.found, 'expected', bad.expected);
  END IF;
  RETURN NULL;
END $$;
"""

GRANT = """
CREATE FUNCTION guard_grant() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  asked record;
BEGIN
  SELECT l.amount, a.submitted_on INTO asked
    FROM funds_applicationline l JOIN funds_application a ON a.id = l.application_id
    WHERE l.id = NEW.line_id;
  IF NEW.amount > asked.amount THEN
    RAISE EXCEPTION 'grant % is above the % that was asked', NEW.amount, asked.amount
      USING ERRCODE = '23514', CONSTRAINT = 'grant_amount', TABLE = 'funds_grant',
      DETAIL = json_build_object('granted', NEW.amount, 'asked', asked.amount);
  END IF;
  IF NEW.dated_on < asked.submitted_on THEN
    RAISE EXCEPTION 'grant of % is before the submission', NEW.dated_on
      USING ERRCODE = '23514', CONSTRAINT = 'grant_day', TABLE = 'funds_grant',
      DETAIL = json_build_object('submitted_on', to_char(asked.submitted_on, 'DD-MM-YYYY'));
  END IF;
  RETURN NULL;
END $$;
"""

DROP = """
DROP FUNCTION guard_application_lines();
DROP FUNCTION guard_grant();
"""

CLOSE = """
UPDATE funds_application a SET line_count =
  (SELECT count(*) FROM funds_applicationline l WHERE l.application_id = a.id);
UPDATE funds_applicationevent e SET line_count =
  (SELECT count(*) FROM funds_applicationline l WHERE l.application_id = e.pgh_obj_id);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

FORMER = """
CREATE FUNCTION guard_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME
    USING ERRCODE = '23514', CONSTRAINT = 'append_only', TABLE = TG_TABLE_NAME;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0003_search'),
        ('municipalities', '0003_ledger_guard'),
    ]

    operations = [
        migrations.RunSQL(LINES + GRANT, DROP),
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='application_append_only',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='applicationline',
            name='application_line_append_only',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grant',
            name='grant_append_only',
        ),
        migrations.RemoveConstraint(
            model_name='applicationline',
            name='funds_line_state',
        ),
        migrations.AddField(
            model_name='application',
            name='line_count',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='aantal regels'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='applicationevent',
            name='line_count',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='aantal regels'),
            preserve_default=False,
        ),
        migrations.RunSQL("DROP FUNCTION guard_append_only();", FORMER),
        migrations.RunSQL(CLOSE, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('append_only')", func='RETURN NULL;', hash='38a553f19f25bc788f345225fe12593ca463d0b7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fc8c5', table='funds_application', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='line_count', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_application_lines()', func='RETURN NULL;', hash='d3219f6a6b99287abf8671247785c3c3f8a95c63', operation='INSERT', pgid='pgtrigger_line_count_a8e0d', table='funds_application', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_applicationevent" ("entered_at", "envelope_id", "id", "line_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "submitted_on", "title") SELECT new_values."entered_at", new_values."envelope_id", new_values."id", new_values."line_count", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."round_id", new_values."submitted_on", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c548a2b1050990f58aa87e02eb8fbab136d54fdf', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e7426', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_applicationevent" ("entered_at", "envelope_id", "id", "line_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "submitted_on", "title") SELECT new_values."entered_at", new_values."envelope_id", new_values."id", new_values."line_count", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."round_id", new_values."submitted_on", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='44fd11dd26b8bee2ff6b13f8a8b355a6ffa0c831', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_29727', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_applicationevent" ("entered_at", "envelope_id", "id", "line_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "submitted_on", "title") SELECT old_values."entered_at", old_values."envelope_id", old_values."id", old_values."line_count", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."round_id", old_values."submitted_on", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='aeeb9b7f1a4cadd174767540f4d57df33ca7318d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6adf3', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='b10b8820f12a078d3c59617150cab23fa41941a6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_81b95', table='funds_applicationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationline',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('append_only')", func='RETURN NULL;', hash='beab8f8ec59a6853c30e146fb770205ea9df2cef', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_77973', table='funds_applicationline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationline',
            trigger=pgtrigger.compiler.Trigger(name='line_count', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_application_lines()', func='RETURN NULL;', hash='405f11c7de84e0bbadaed9686fb25ba540d062c1', operation='INSERT', pgid='pgtrigger_line_count_41f7c', table='funds_applicationline', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationlineevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='1886efdb14e3e5984f6635ce2b2c2f3a9e7e9c79', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4915b', table='funds_applicationlineevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='envelope',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('envelope_append_only', 'fund_id', 'region_id', 'amount', 'dated_on')", func='RETURN NULL;', hash='209df878e862add4d7b4000579cc6d87138c818a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f31cf', table='funds_envelope', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='envelopeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='318d37d1eb7f45f6aebd447d1dcb9487871e4555', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0c7ca', table='funds_envelopeevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='envelopemutation',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('mutation_append_only')", func='RETURN NULL;', hash='a654ba065486e29f165e9d7dc613950c2dd7b1a1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4ca9d', table='funds_envelopemutation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='envelopemutationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='170d65c5800756e11b73eee5c362a6334c4d706a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f41cd', table='funds_envelopemutationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='e75308111a281a8c31e54191980e7e4d7103ce01', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d402d', table='funds_fundevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('append_only')", func='RETURN NULL;', hash='0d1dd6f27886f7718ebb9f8d386c02a248cdc80e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9b094', table='funds_grant', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='within_request', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_grant()', func='RETURN NULL;', hash='7ad23e932aa9f8accbd3a69a8c8ae9dae520051f', operation='INSERT', pgid='pgtrigger_within_request_0b1c4', table='funds_grant', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='4ea268021083cbe1b80704fb15dc531d7cc9daba', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_887bb', table='funds_grantevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='54802fcf8ac7b1f8d43a037603e682a982620408', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c149f', table='funds_roundevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('line_count__gte', 1)), name='funds_application_lines', violation_error_message='Een aanvraag heeft minstens één regel; voeg die toe.'),
        ),
        migrations.AddConstraint(
            model_name='applicationline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', False), ('state', 'known')), models.Q(('amount__isnull', True), ('state__in', ['pm', 'not_applicable', 'tbd', 'unknown', 'blank'])), _connector='OR'), name='funds_line_state', violation_error_message='Een bekend bedrag heeft een getal nodig, en PM of n.t.b. heeft er geen.'),
        ),
    ]
