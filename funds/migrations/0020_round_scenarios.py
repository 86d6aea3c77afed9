"""Scenarios of a round, and the choice of one. With their guard.

A choice closes the scenarios of its round, so that they are read as they were; it is the
only thing that `choice_id` can come to say.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE FUNCTION guard_round_scenario() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE chosen text;
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.choice_id IS NOT NULL THEN
    SELECT 'scenario ' || c.number INTO chosen FROM funds_roundchoice c
      WHERE c.id = OLD.choice_id;
    RAISE EXCEPTION 'a scenario of a round of which one was chosen since'
      USING ERRCODE = '23514', CONSTRAINT = 'round_scenario_closed', TABLE = TG_TABLE_NAME,
        DETAIL = json_build_object('scenario', chosen);
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.choice_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM funds_roundchoice c
        WHERE c.id = NEW.choice_id AND c.round_id = NEW.round_id) THEN
    RAISE EXCEPTION 'a choice of another round'
      USING ERRCODE = '23514', CONSTRAINT = 'round_choice_elsewhere', TABLE = TG_TABLE_NAME,
        DETAIL = '{}';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
"""

DROP = "DROP FUNCTION guard_round_scenario();"


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0019_carry_overs'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(GUARDS, DROP),
        migrations.CreateModel(
            name='RoundChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='nummer')),
                ('digest', models.CharField(editable=False, max_length=64, verbose_name='herkenning van het gevolg')),
                ('material', models.JSONField(editable=False, verbose_name='wat is aangevraagd')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='besluit')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
            ],
            options={
                'verbose_name': 'keuze in een ronde',
                'verbose_name_plural': 'keuzes in rondes',
                'ordering': ['-dated_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RoundScenario',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='nummer')),
                ('title', models.CharField(max_length=200, verbose_name='naam')),
                ('text', models.TextField(blank=True, max_length=10000, verbose_name='toelichting')),
                ('stored', models.JSONField(blank=True, default=list, editable=False, verbose_name='bewerkingen')),
                ('within', models.JSONField(blank=True, default=dict, editable=False, verbose_name='oormerken')),
            ],
            options={
                'verbose_name': 'scenario van een ronde',
                'verbose_name_plural': 'scenario’s van rondes',
                'ordering': ['round', 'number'],
            },
        ),
        migrations.CreateModel(
            name='RoundScenarioEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveIntegerField(verbose_name='nummer')),
                ('title', models.CharField(max_length=200, verbose_name='naam')),
                ('text', models.TextField(blank=True, max_length=10000, verbose_name='toelichting')),
                ('stored', models.JSONField(blank=True, default=list, editable=False, verbose_name='bewerkingen')),
                ('within', models.JSONField(blank=True, default=dict, editable=False, verbose_name='oormerken')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grantproposal',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grantproposal',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grantproposal',
            name='delete_delete',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantproposal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantproposalevent" ("answers", "application_id", "choice_id", "closed_at", "closed_by_id", "dated_on", "decision", "digest", "entered_at", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id") SELECT new_values."answers", new_values."application_id", new_values."choice_id", new_values."closed_at", new_values."closed_by_id", new_values."dated_on", new_values."decision", new_values."digest", new_values."entered_at", new_values."id", new_values."outcome", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposed_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7b04afe7ed3be85c762f43d57f04a3293a1ac6f4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6343a', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_grantproposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantproposal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantproposalevent" ("answers", "application_id", "choice_id", "closed_at", "closed_by_id", "dated_on", "decision", "digest", "entered_at", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id") SELECT new_values."answers", new_values."application_id", new_values."choice_id", new_values."closed_at", new_values."closed_by_id", new_values."dated_on", new_values."decision", new_values."digest", new_values."entered_at", new_values."id", new_values."outcome", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposed_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3465cd1b5126fa0fb4fb589631644bdea246e383', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c1861', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_grantproposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantproposal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantproposalevent" ("answers", "application_id", "choice_id", "closed_at", "closed_by_id", "dated_on", "decision", "digest", "entered_at", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id") SELECT old_values."answers", old_values."application_id", old_values."choice_id", old_values."closed_at", old_values."closed_by_id", old_values."dated_on", old_values."decision", old_values."digest", old_values."entered_at", old_values."id", old_values."outcome", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposed_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='20a4350252d64982b6989c334affafdde4a6ce41', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6b215', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_grantproposal', when='AFTER')),
        ),
        migrations.AddField(
            model_name='roundchoice',
            name='entered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='round_choices', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        migrations.AddField(
            model_name='roundchoice',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='funds.round', verbose_name='ronde'),
        ),
        migrations.AddField(
            model_name='grantproposal',
            name='choice',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='funds.roundchoice', verbose_name='keuze'),
        ),
        migrations.AddField(
            model_name='grantproposalevent',
            name='choice',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.roundchoice', verbose_name='keuze'),
        ),
        migrations.AddField(
            model_name='roundscenario',
            name='choice',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closes', to='funds.roundchoice', verbose_name='keuze'),
        ),
        migrations.AddField(
            model_name='roundscenario',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scenarios', to='funds.round', verbose_name='ronde'),
        ),
        migrations.AddField(
            model_name='roundscenarioevent',
            name='choice',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.roundchoice', verbose_name='keuze'),
        ),
        migrations.AddField(
            model_name='roundscenarioevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='roundscenarioevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funds.roundscenario'),
        ),
        migrations.AddField(
            model_name='roundscenarioevent',
            name='round',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.round', verbose_name='ronde'),
        ),
        migrations.AddConstraint(
            model_name='roundchoice',
            constraint=models.UniqueConstraint(fields=('round', 'number'), name='funds_choice_once', violation_error_message='Dit scenario is al gekozen; maak een nieuw.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundchoice',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('round_choice_kept')", func='RETURN NULL;', hash='3feb20e05f4ab9a3e892c96ab90cd9a240611203', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b8b21', table='funds_roundchoice', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='roundscenario',
            constraint=models.UniqueConstraint(fields=('round', 'number'), name='funds_scenario_number', violation_error_message='Dit nummer kreeg net een ander scenario; bewaar het nog een keer.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundscenario',
            trigger=pgtrigger.compiler.Trigger(name='closed', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_round_scenario()', func='RETURN NULL;', hash='3db9f7283f765428d1f23977f81d2f7e8e73ba2c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_closed_7012b', table='funds_roundscenario', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundscenario',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_roundscenarioevent" ("choice_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "stored", "text", "title", "within") SELECT new_values."choice_id", new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."round_id", new_values."stored", new_values."text", new_values."title", new_values."within" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bcae60da0bdbdebc0453b60ed5fc93b96af6cb0a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_012c4', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_roundscenario', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundscenario',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_roundscenarioevent" ("choice_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "stored", "text", "title", "within") SELECT new_values."choice_id", new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."round_id", new_values."stored", new_values."text", new_values."title", new_values."within" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fd46ccb01b3f2dd26ac2f51b0a33a80843a09e02', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_abcd1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_roundscenario', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundscenario',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_roundscenarioevent" ("choice_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "stored", "text", "title", "within") SELECT old_values."choice_id", old_values."id", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."round_id", old_values."stored", old_values."text", old_values."title", old_values."within" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d90f2150d10c2bbc9e3757b4cbc213a3722f7f67', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_771af', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_roundscenario', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='roundscenarioevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_round_pgh_cre_1c80f1_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundscenarioevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='2eb4cc935dd2da8000512cf4d08ba8abbdcd80d6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d1144', table='funds_roundscenarioevent', when='BEFORE')),
        ),
    ]
