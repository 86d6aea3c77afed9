"""An application may be taken back as long as nothing was decided on it, and the same may be
asked again then.

Who withdraws and who grants take turns on the envelope: the later of the two sees what the
first one wrote.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

WITHDRAWAL = """
CREATE FUNCTION guard_withdrawal() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  asked record;
BEGIN
  SELECT title, envelope_id, submitted_on INTO asked
    FROM funds_application WHERE id = NEW.application_id;
  PERFORM FROM funds_envelope WHERE id = asked.envelope_id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT FROM funds_grant WHERE line_id IN (
      SELECT id FROM funds_applicationline WHERE application_id = NEW.application_id)
  ) THEN
    RAISE EXCEPTION 'application % was decided on', NEW.application_id
      USING ERRCODE = '23514', CONSTRAINT = 'withdrawal_granted', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('application', asked.title);
  END IF;
  IF NEW.dated_on < asked.submitted_on THEN
    RAISE EXCEPTION 'withdrawal of % is before the submission', NEW.dated_on
      USING ERRCODE = '23514', CONSTRAINT = 'withdrawal_day', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('submitted_on', to_char(asked.submitted_on, 'DD-MM-YYYY'));
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION guard_grant_withdrawn() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  asked record;
BEGIN
  SELECT id, title, envelope_id INTO asked FROM funds_application
    WHERE id = (SELECT application_id FROM funds_applicationline WHERE id = NEW.line_id);
  PERFORM FROM funds_envelope WHERE id = asked.envelope_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM funds_applicationwithdrawal WHERE application_id = asked.id) THEN
    RAISE EXCEPTION 'application % was withdrawn', asked.id
      USING ERRCODE = '23514', CONSTRAINT = 'application_withdrawn', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('application', asked.title);
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION guard_application_again() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.attempt <> 1 AND NOT EXISTS (
    SELECT FROM funds_applicationwithdrawal WHERE application_id = (
      SELECT id FROM funds_application
        WHERE envelope_id = NEW.envelope_id AND round_id = NEW.round_id
          AND title = NEW.title AND attempt = NEW.attempt - 1)
  ) THEN
    RAISE EXCEPTION 'attempt % of % follows none that was withdrawn', NEW.attempt, NEW.title
      USING ERRCODE = '23514', CONSTRAINT = 'application_again', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('application', NEW.title);
  END IF;
  RETURN NEW;
END $$;
"""

DROP = """
DROP FUNCTION guard_withdrawal();
DROP FUNCTION guard_grant_withdrawn();
DROP FUNCTION guard_application_again();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0006_rules'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.RunSQL(WITHDRAWAL, DROP),
        migrations.CreateModel(
            name='ApplicationWithdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('reason', models.CharField(max_length=500, verbose_name='reden')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
            ],
            options={
                'verbose_name': 'intrekking',
                'verbose_name_plural': 'intrekkingen',
                'ordering': ['dated_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ApplicationWithdrawalEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('reason', models.CharField(max_length=500, verbose_name='reden')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
            ],
            options={
                'abstract': False,
            },
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
        migrations.RemoveConstraint(
            model_name='application',
            name='funds_application_once',
        ),
        migrations.AddField(
            model_name='application',
            name='attempt',
            field=models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='keer'),
        ),
        migrations.AddField(
            model_name='applicationevent',
            name='attempt',
            field=models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='keer'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='again', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_application_again()', func='RETURN NULL;', hash='4f98b220269067001a148c120bdb06602c82da98', operation='INSERT', pgid='pgtrigger_again_786b7', table='funds_application', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_applicationevent" ("attempt", "entered_at", "envelope_id", "id", "line_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "submitted_on", "title") SELECT new_values."attempt", new_values."entered_at", new_values."envelope_id", new_values."id", new_values."line_count", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."round_id", new_values."submitted_on", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='76369ebcae0fb7b8110049ae063001b5200b535b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e7426', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_applicationevent" ("attempt", "entered_at", "envelope_id", "id", "line_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "submitted_on", "title") SELECT new_values."attempt", new_values."entered_at", new_values."envelope_id", new_values."id", new_values."line_count", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."round_id", new_values."submitted_on", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cba09c37409f33c4b8a57b627c3fa99b11a1b4f5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_29727', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_applicationevent" ("attempt", "entered_at", "envelope_id", "id", "line_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "submitted_on", "title") SELECT old_values."attempt", old_values."entered_at", old_values."envelope_id", old_values."id", old_values."line_count", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."round_id", old_values."submitted_on", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c6be16f9d3618157f36eda8a4f31b1c8afa55e41', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6adf3', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='not_withdrawn', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_grant_withdrawn()', func='RETURN NULL;', hash='9eeccf50e5505f88102b5fcb8b94c7735de8d84b', operation='INSERT', pgid='pgtrigger_not_withdrawn_f0138', table='funds_grant', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(fields=('envelope', 'round', 'title', 'attempt'), name='funds_application_once', violation_error_message='Deze aanvraag is in deze ronde al ingediend.'),
        ),
        migrations.AddField(
            model_name='applicationwithdrawal',
            name='application',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='funds.application', verbose_name='aanvraag'),
        ),
        migrations.AddField(
            model_name='applicationwithdrawalevent',
            name='application',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.application', verbose_name='aanvraag'),
        ),
        migrations.AddField(
            model_name='applicationwithdrawalevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='applicationwithdrawalevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funds.applicationwithdrawal'),
        ),
        migrations.AddConstraint(
            model_name='applicationwithdrawal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='funds_withdrawal_reason', violation_error_message='Schrijf op waarom de aanvraag wordt ingetrokken.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationwithdrawal',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('withdrawal_append_only')", func='RETURN NULL;', hash='0b79e5db959edfa48a480bfd8b90b3bb1aa4587b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_af6c3', table='funds_applicationwithdrawal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationwithdrawal',
            trigger=pgtrigger.compiler.Trigger(name='undecided', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_withdrawal()', func='RETURN NULL;', hash='be6aab01df440a54ff31438c6bba365f9c6c778c', operation='INSERT', pgid='pgtrigger_undecided_7c67f', table='funds_applicationwithdrawal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationwithdrawal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_applicationwithdrawalevent" ("application_id", "dated_on", "entered_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."application_id", new_values."dated_on", new_values."entered_at", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b3c3a676c434b3acc2789038c403e9109abee0c5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ed3b0', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_applicationwithdrawal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationwithdrawal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_applicationwithdrawalevent" ("application_id", "dated_on", "entered_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."application_id", new_values."dated_on", new_values."entered_at", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4cef9ba4ce9b5fe96bb72d1d11792647830e0593', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f4664', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_applicationwithdrawal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationwithdrawal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_applicationwithdrawalevent" ("application_id", "dated_on", "entered_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT old_values."application_id", old_values."dated_on", old_values."entered_at", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='58180f37ed374bf8cabff903b7c4443bf360c60f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_33d43', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_applicationwithdrawal', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='applicationwithdrawalevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_appli_pgh_cre_ae5a95_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationwithdrawalevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='5c7508c98d7f00cc2b75a9275df8cc7a98c171fe', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fbe68', table='funds_applicationwithdrawalevent', when='BEFORE')),
        ),
    ]
