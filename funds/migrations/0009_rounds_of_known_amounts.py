"""A round says whether an amount may be asked that is not known; the database holds who
asks to it, whatever the round said when the form was opened.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

KNOWN = """
CREATE FUNCTION guard_line_known() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  asked record;
BEGIN
  IF NEW.state IN ('known', 'not_applicable') THEN
    RETURN NEW;
  END IF;
  SELECT round.name INTO asked
    FROM funds_application application JOIN funds_round round ON round.id = application.round_id
    WHERE application.id = NEW.application_id AND NOT round.accepts_unknown;
  IF FOUND THEN
    RAISE EXCEPTION 'round % takes only known amounts', asked.name
      USING ERRCODE = '23514', CONSTRAINT = 'line_known', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object(
        'line', COALESCE(NULLIF(NEW.code, ''), NEW.title), 'round', asked.name);
  END IF;
  RETURN NEW;
END $$;
"""
DROP = "DROP FUNCTION guard_line_known();"


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0008_grant_entries'),
    ]

    operations = [
        migrations.RunSQL(KNOWN, DROP),
        pgtrigger.migrations.RemoveTrigger(
            model_name='round',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='round',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='round',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='round',
            name='accepts_unknown',
            field=models.BooleanField(default=True, help_text='Uit: een aanvraag met PM, n.t.b., niet bekend of een lege cel wordt geweigerd.', verbose_name='neemt onbekende bedragen aan'),
        ),
        migrations.AddField(
            model_name='roundevent',
            name='accepts_unknown',
            field=models.BooleanField(default=True, help_text='Uit: een aanvraag met PM, n.t.b., niet bekend of een lege cel wordt geweigerd.', verbose_name='neemt onbekende bedragen aan'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationline',
            trigger=pgtrigger.compiler.Trigger(name='known', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_line_known()', func='RETURN NULL;', hash='492c1b65e2fb5a0c8b0b538e20837ddbf693c6ed', operation='INSERT', pgid='pgtrigger_known_45463', table='funds_applicationline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_roundevent" ("accepts_unknown", "closes_on", "dated_on", "fund_id", "id", "name", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT new_values."accepts_unknown", new_values."closes_on", new_values."dated_on", new_values."fund_id", new_values."id", new_values."name", new_values."opens_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."slug" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='366d6f7427c1113ff5c1f66dd924473d5d79da70', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_229b0', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_round', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_roundevent" ("accepts_unknown", "closes_on", "dated_on", "fund_id", "id", "name", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT new_values."accepts_unknown", new_values."closes_on", new_values."dated_on", new_values."fund_id", new_values."id", new_values."name", new_values."opens_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."slug" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6bf3144b86d6f025ac8408a8216a2916e233b018', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fa7ec', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_round', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_roundevent" ("accepts_unknown", "closes_on", "dated_on", "fund_id", "id", "name", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT old_values."accepts_unknown", old_values."closes_on", old_values."dated_on", old_values."fund_id", old_values."id", old_values."name", old_values."opens_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."slug" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='93254f5b1a1344f88e63a00645387a70253f8822', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3e1df', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_round', when='AFTER')),
        ),
    ]
