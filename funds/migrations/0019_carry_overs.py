"""What is left of an envelope, carried to a later one or to the reserve.

Both sides are entries with the guards of their own; here they are held to one another at
the commit, and a side in the reserve is not taken back alone.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

CARRY = """
CREATE FUNCTION guard_carry_over() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  here record;
  there record;
  moved record;
  other record;
BEGIN
  SELECT m.*, e.fund_id, e.region_id, e.starts_on INTO here FROM funds_envelopemutation m
    JOIN funds_envelope e ON e.id = m.envelope_id WHERE m.id = NEW.source_id;
  SELECT m.*, e.fund_id, e.region_id, e.starts_on INTO there FROM funds_envelopemutation m
    JOIN funds_envelope e ON e.id = m.envelope_id WHERE m.id = NEW.target_id;
  SELECT * INTO moved FROM funds_reservemovement WHERE id = NEW.movement_id;
  IF here.amount IS NULL OR here.condition <> '' OR here.concludes_id IS NOT NULL
      OR there.condition <> '' OR there.concludes_id IS NOT NULL
      OR coalesce(there.amount, moved.amount) IS DISTINCT FROM -here.amount
      OR coalesce(there.dated_on, moved.dated_on) <> here.dated_on
      OR (NEW.corrects_id IS NULL AND (here.amount >= 0 OR here.decision = '')) THEN
    RAISE EXCEPTION 'the sides of carrying over % differ', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'carry_sides', TABLE = TG_TABLE_NAME;
  END IF;
  IF coalesce(there.fund_id, moved.fund_id) <> here.fund_id
      OR there.region_id <> here.region_id OR there.starts_on <= here.starts_on
      OR moved.kind <> 'toevoeging' THEN
    RAISE EXCEPTION 'carrying over % goes nowhere it may', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'carry_place', TABLE = TG_TABLE_NAME;
  END IF;
  IF NEW.corrects_id IS NULL THEN RETURN NULL; END IF;
  SELECT c.corrects_id, c.movement_id, s.envelope_id, s.amount, s.dated_on,
      t.envelope_id AS target_id INTO other
    FROM funds_carryover c JOIN funds_envelopemutation s ON s.id = c.source_id
    LEFT JOIN funds_envelopemutation t ON t.id = c.target_id WHERE c.id = NEW.corrects_id;
  IF other.corrects_id IS NOT NULL OR here.dated_on < other.dated_on
      OR (here.envelope_id, here.amount) IS DISTINCT FROM (other.envelope_id, -other.amount)
      OR there.envelope_id IS DISTINCT FROM other.target_id
      OR moved.corrects_id IS DISTINCT FROM other.movement_id THEN
    RAISE EXCEPTION 'carrying over % does not take back %', NEW.id, NEW.corrects_id
      USING ERRCODE = '23514', CONSTRAINT = 'carry_correction', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION guard_carry_alone() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM funds_carryover WHERE movement_id = NEW.corrects_id)
      AND NOT EXISTS (
        SELECT 1 FROM funds_carryover WHERE movement_id = NEW.id AND corrects_id IS NOT NULL) THEN
    RAISE EXCEPTION 'movement % is a side of a carrying over', NEW.corrects_id
      USING ERRCODE = '23514', CONSTRAINT = 'carry_alone', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
"""

DROP = """
DROP FUNCTION guard_carry_alone();
DROP FUNCTION guard_carry_over();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0018_payment_schedules'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(CARRY, DROP),
        migrations.CreateModel(
            name='CarryOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
            ],
            options={
                'verbose_name': 'overheveling',
                'verbose_name_plural': 'overhevelingen',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='CarryOverEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservemovement',
            trigger=pgtrigger.compiler.Trigger(name='not_alone', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_carry_alone()', func='RETURN NULL;', hash='d030777537ba1ac53dbc616b04e1da949d3d150b', operation='INSERT', pgid='pgtrigger_not_alone_7a2fd', table='funds_reservemovement', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddField(
            model_name='carryover',
            name='corrects',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='funds.carryover', verbose_name='neemt terug'),
        ),
        migrations.AddField(
            model_name='carryover',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carry_overs', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        migrations.AddField(
            model_name='carryover',
            name='movement',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carry_over', to='funds.reservemovement', verbose_name='naar reserve'),
        ),
        migrations.AddField(
            model_name='carryover',
            name='source',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='carried', to='funds.envelopemutation', verbose_name='van'),
        ),
        migrations.AddField(
            model_name='carryover',
            name='target',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='brought', to='funds.envelopemutation', verbose_name='naar ruimte'),
        ),
        migrations.AddField(
            model_name='carryoverevent',
            name='corrects',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.carryover', verbose_name='neemt terug'),
        ),
        migrations.AddField(
            model_name='carryoverevent',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        migrations.AddField(
            model_name='carryoverevent',
            name='movement',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.reservemovement', verbose_name='naar reserve'),
        ),
        migrations.AddField(
            model_name='carryoverevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='carryoverevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funds.carryover'),
        ),
        migrations.AddField(
            model_name='carryoverevent',
            name='source',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.envelopemutation', verbose_name='van'),
        ),
        migrations.AddField(
            model_name='carryoverevent',
            name='target',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.envelopemutation', verbose_name='naar ruimte'),
        ),
        migrations.AddConstraint(
            model_name='carryover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('movement__isnull', False), ('target__isnull', True)), models.Q(('movement__isnull', True), ('target__isnull', False)), _connector='OR'), name='funds_carry_one_target', violation_error_message='Kies een latere ruimte, of de reserve.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='carryover',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('carry_append_only')", func='RETURN NULL;', hash='ce3ec236d9918114a1d1760f0e25f6f27c5d649f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cb694', table='funds_carryover', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='carryover',
            trigger=pgtrigger.compiler.Trigger(name='sides', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_carry_over()', func='RETURN NULL;', hash='ec8ace175dfa9d3d7c5180a36c2e0e9e8073dee3', operation='INSERT', pgid='pgtrigger_sides_c63e4', table='funds_carryover', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='carryover',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_carryoverevent" ("corrects_id", "entered_at", "entered_by_id", "id", "movement_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "target_id") SELECT new_values."corrects_id", new_values."entered_at", new_values."entered_by_id", new_values."id", new_values."movement_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."source_id", new_values."target_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fc083994dc0951299f4ac7f231a40173928361bb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_62b74', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_carryover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='carryover',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_carryoverevent" ("corrects_id", "entered_at", "entered_by_id", "id", "movement_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "target_id") SELECT new_values."corrects_id", new_values."entered_at", new_values."entered_by_id", new_values."id", new_values."movement_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."source_id", new_values."target_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8d766250f80824383402ae81ca53a48e886e46c3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6891d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_carryover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='carryover',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_carryoverevent" ("corrects_id", "entered_at", "entered_by_id", "id", "movement_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "target_id") SELECT old_values."corrects_id", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."movement_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."source_id", old_values."target_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0efceb96b5bfe4f8469da42e07aed00b3194f4fd', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_cb55f', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_carryover', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='carryoverevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_carry_pgh_cre_1edd91_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='carryoverevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='79c888d955e57668ededbdd7bcf80c5e401f74c5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1cd33', table='funds_carryoverevent', when='BEFORE')),
        ),
    ]
