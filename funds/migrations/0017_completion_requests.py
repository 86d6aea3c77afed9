"""That an application was asked to be completed, and when it was."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE FUNCTION guard_completion() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  closing text[] := ARRAY['answered_on', 'closed_by_id'];
  asked record;
  refusal text;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    IF TG_OP = 'DELETE' OR OLD.answered_on IS NOT NULL
        OR to_jsonb(OLD) - closing <> to_jsonb(NEW) - closing THEN
      RAISE EXCEPTION 'a request to complete is answered once, and nothing else'
        USING ERRCODE = '23514', CONSTRAINT = 'completion_kept', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
  END IF;
  SELECT a.submitted_on, EXISTS (
      SELECT 1 FROM funds_applicationline l WHERE l.application_id = a.id
        AND NOT EXISTS (SELECT 1 FROM funds_grant g WHERE g.line_id = l.id)
    ) AND NOT EXISTS (
      SELECT 1 FROM funds_applicationwithdrawal w WHERE w.application_id = a.id
    ) AS waits INTO asked FROM funds_application a WHERE a.id = NEW.application_id;
  refusal := CASE WHEN NOT asked.waits THEN 'completion_decided'
    WHEN NEW.dated_on < asked.submitted_on THEN 'completion_day' END;
  IF refusal IS NOT NULL THEN
    RAISE EXCEPTION 'application % cannot be completed', NEW.application_id
      USING ERRCODE = '23514', CONSTRAINT = refusal, TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('day', to_char(asked.submitted_on, 'DD-MM-YYYY'));
  END IF;
  NEW.entered_at := clock_timestamp();
  RETURN NEW;
END $$;
"""

DROP = 'DROP FUNCTION guard_completion();'


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0016_accounts_and_requests'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(GUARD, DROP),
        migrations.CreateModel(
            name='CompletionRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('due_on', models.DateField(verbose_name='uiterlijk op')),
                ('text', models.CharField(max_length=500, verbose_name='tekst')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='aangevuld op')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='completions', to='funds.application', verbose_name='aanvraag')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closed_completions', to=settings.AUTH_USER_MODEL, verbose_name='afgehandeld door')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='completion_requests', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door')),
            ],
            options={
                'verbose_name': 'verzoek om aanvulling',
                'verbose_name_plural': 'verzoeken om aanvulling',
                'ordering': ['dated_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CompletionRequestEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('due_on', models.DateField(verbose_name='uiterlijk op')),
                ('text', models.CharField(max_length=500, verbose_name='tekst')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='aangevuld op')),
                ('application', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.application', verbose_name='aanvraag')),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgehandeld door')),
                ('entered_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funds.completionrequest')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='completionrequest',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('dated_on'))), name='funds_completion_due', violation_error_message='Geef ten minste één dag om aan te vullen; kies een latere uiterste dag.'),
        ),
        migrations.AddConstraint(
            model_name='completionrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', True), ('closed_by__isnull', True)), models.Q(('answered_on__gte', models.F('dated_on')), ('answered_on__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='funds_completion_answered', violation_error_message='Aanvullen kan niet voor het verzoek; kies die dag of een latere.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='completionrequest',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_completion()', func='RETURN NULL;', hash='2771b98999299822f18bf86aeaa4731fe96f372e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_kept_5f783', table='funds_completionrequest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='completionrequest',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_completionrequestevent" ("answered_on", "application_id", "closed_by_id", "dated_on", "due_on", "entered_at", "entered_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT new_values."answered_on", new_values."application_id", new_values."closed_by_id", new_values."dated_on", new_values."due_on", new_values."entered_at", new_values."entered_by_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6833babe6c14dfa95fbc341851f7377d724b0e57', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1a70e', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_completionrequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='completionrequest',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_completionrequestevent" ("answered_on", "application_id", "closed_by_id", "dated_on", "due_on", "entered_at", "entered_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT new_values."answered_on", new_values."application_id", new_values."closed_by_id", new_values."dated_on", new_values."due_on", new_values."entered_at", new_values."entered_by_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e44d0a156ef95efde7ec80ec081dcb5ae735e340', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3cdad', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_completionrequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='completionrequest',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_completionrequestevent" ("answered_on", "application_id", "closed_by_id", "dated_on", "due_on", "entered_at", "entered_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT old_values."answered_on", old_values."application_id", old_values."closed_by_id", old_values."dated_on", old_values."due_on", old_values."entered_at", old_values."entered_by_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='203f6983ea92e9fc08ac5419af2cae8bb45766d9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d4909', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_completionrequest', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='completionrequestevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_compl_pgh_cre_2608d8_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='completionrequestevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='6e6441d4b3affe22e65a5f26655ab1eaca2d2643', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f4a62', table='funds_completionrequestevent', when='BEFORE')),
        ),
    ]
