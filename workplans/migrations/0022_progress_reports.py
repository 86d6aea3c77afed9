"""Progress reports, and the functions that keep them.

A report is written in an open round only. Who writes it holds the row of the round
against a closing (`FOR SHARE`), so nothing slips in beside that. Of rows of a closed
round only the key of the writer may go, when that person is removed.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import djmoney.models.fields
import funds.money
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


FUNCTIONS = """
CREATE FUNCTION guard_round_open(round bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE closed date;
BEGIN
  SELECT closed_on INTO closed FROM workplans_progressround WHERE id = round FOR SHARE;
  IF closed IS NOT NULL THEN
    RAISE EXCEPTION 'progress round % is closed', round
      USING ERRCODE = '23514', CONSTRAINT = 'progress_closed', TABLE = 'workplans_progressround';
  END IF;
END $$;

CREATE FUNCTION guard_report() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'written_by_id' = to_jsonb(OLD) - 'written_by_id' THEN
    RETURN NEW;
  END IF;
  IF TG_OP <> 'INSERT' THEN PERFORM guard_round_open(OLD.round_id); END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'report % stays', OLD.id
      USING ERRCODE = '23514', CONSTRAINT = 'progress_kept', TABLE = TG_TABLE_NAME;
  END IF;
  PERFORM guard_round_open(NEW.round_id);
  IF TG_OP = 'UPDATE' AND NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'report % has version %, not %', OLD.id, OLD.version, NEW.version - 1
      USING ERRCODE = '23514', CONSTRAINT = 'progress_overtaken', TABLE = TG_TABLE_NAME;
  END IF;
  IF NOT EXISTS (
    SELECT FROM workplans_action a JOIN workplans_actionline l ON l.id = a.line_id
      JOIN workplans_progressround r ON r.plan_id = l.plan_id
      WHERE a.id = NEW.action_id AND r.id = NEW.round_id
  ) THEN
    RAISE EXCEPTION 'action % is not of the plan of round %', NEW.action_id, NEW.round_id
      USING ERRCODE = '23514', CONSTRAINT = 'progress_place', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION guard_measurement() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM guard_round_open(round_id) FROM workplans_actionprogress WHERE id = OLD.progress_id;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  PERFORM guard_round_open(round_id) FROM workplans_actionprogress WHERE id = NEW.progress_id;
  RETURN NEW;
END $$;

CREATE FUNCTION guard_action_reported() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT FROM workplans_actionprogress WHERE action_id = OLD.id) THEN
    RAISE EXCEPTION 'action % has a report', OLD.id
      USING ERRCODE = '23514', CONSTRAINT = 'action_reported', TABLE = TG_TABLE_NAME,
        DETAIL = json_build_object('code', OLD.code, 'title', OLD.title);
  END IF;
  RETURN OLD;
END $$;
"""

DROP = """
DROP FUNCTION guard_action_reported();
DROP FUNCTION guard_measurement();
DROP FUNCTION guard_report();
DROP FUNCTION guard_round_open(bigint);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('municipalities', '0007_mailing'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('workplans', '0021_adoption_and_publication'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        migrations.CreateModel(
            name='ActionProgress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('niet_begonnen', 'niet begonnen'), ('op_schema', 'op schema'), ('vertraagd', 'vertraagd'), ('afgerond', 'afgerond'), ('vervallen', 'vervallen')], max_length=16, verbose_name='voortgang')),
                ('text', models.TextField(blank=True, max_length=10000, verbose_name='tekst')),
                ('attention', models.TextField(blank=True, max_length=10000, verbose_name='aandachtspunten')),
                ('actual_text', models.CharField(blank=True, max_length=500, verbose_name='realisatie zoals getypt')),
                ('state', models.CharField(choices=[('known', 'bekend'), ('pm', 'PM'), ('not_applicable', 'n.v.t.'), ('tbd', 'n.t.b.'), ('unknown', 'niet bekend'), ('blank', 'niet ingevuld'), ('unread', 'niet gelezen')], editable=False, max_length=16, verbose_name='toestand')),
                ('actual_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('actual', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', editable=False, max_digits=14, null=True, verbose_name='realisatie')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='nummer')),
                ('written_by_name', models.CharField(blank=True, max_length=254, verbose_name='naam van wie schreef')),
                ('written_at', models.DateTimeField(verbose_name='geschreven op')),
            ],
            options={
                'verbose_name': 'voortgang van een actie',
                'verbose_name_plural': 'voortgang van acties',
                'ordering': ['round', 'action'],
            },
        ),
        migrations.CreateModel(
            name='ActionProgressEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('status', models.CharField(choices=[('niet_begonnen', 'niet begonnen'), ('op_schema', 'op schema'), ('vertraagd', 'vertraagd'), ('afgerond', 'afgerond'), ('vervallen', 'vervallen')], max_length=16, verbose_name='voortgang')),
                ('text', models.TextField(blank=True, max_length=10000, verbose_name='tekst')),
                ('attention', models.TextField(blank=True, max_length=10000, verbose_name='aandachtspunten')),
                ('actual_text', models.CharField(blank=True, max_length=500, verbose_name='realisatie zoals getypt')),
                ('state', models.CharField(choices=[('known', 'bekend'), ('pm', 'PM'), ('not_applicable', 'n.v.t.'), ('tbd', 'n.t.b.'), ('unknown', 'niet bekend'), ('blank', 'niet ingevuld'), ('unread', 'niet gelezen')], editable=False, max_length=16, verbose_name='toestand')),
                ('actual_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('actual', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', editable=False, max_digits=14, null=True, verbose_name='realisatie')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='nummer')),
                ('written_by_name', models.CharField(blank=True, max_length=254, verbose_name='naam van wie schreef')),
                ('written_at', models.DateTimeField(verbose_name='geschreven op')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('target', models.CharField(blank=True, max_length=500, verbose_name='beoogd')),
                ('reached', models.CharField(max_length=500, verbose_name='bereikt')),
            ],
            options={
                'verbose_name': 'meting',
                'verbose_name_plural': 'metingen',
                'ordering': ['progress', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeasurementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('target', models.CharField(blank=True, max_length=500, verbose_name='beoogd')),
                ('reached', models.CharField(max_length=500, verbose_name='bereikt')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProgressRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='jaar')),
                ('half', models.PositiveSmallIntegerField(choices=[(1, 'eerste half jaar'), (2, 'tweede half jaar')], verbose_name='half jaar')),
                ('due_on', models.DateField(verbose_name='klaar op')),
                ('opened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='geopend op')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='gesloten op')),
            ],
            options={
                'verbose_name': 'voortgangsronde',
                'verbose_name_plural': 'voortgangsrondes',
                'ordering': ['plan', '-year', '-half'],
            },
        ),
        migrations.CreateModel(
            name='ProgressRoundEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='jaar')),
                ('half', models.PositiveSmallIntegerField(choices=[(1, 'eerste half jaar'), (2, 'tweede half jaar')], verbose_name='half jaar')),
                ('due_on', models.DateField(verbose_name='klaar op')),
                ('opened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='geopend op')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='gesloten op')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='notice',
            name='workplans_notice_subject',
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('genoemd', 'genoemd'), ('antwoord', 'antwoord'), ('status', 'status'), ('voortgang', 'voortgang'), ('herinnering', 'herinnering'), ('vandaag', 'vandaag')], max_length=12, verbose_name='soort'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='action',
            trigger=pgtrigger.compiler.Trigger(name='reported', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_action_reported()', func='RETURN NULL;', hash='d7c700a2c9c047178b989852c52c2baafcac709e', operation='DELETE', pgid='pgtrigger_reported_1acc1', table='workplans_action', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='actionprogress',
            name='action',
            field=models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='progress', to='workplans.action', verbose_name='actie'),
        ),
        migrations.AddField(
            model_name='actionprogress',
            name='written_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geschreven door'),
        ),
        migrations.AddField(
            model_name='actionprogressevent',
            name='action',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.action', verbose_name='actie'),
        ),
        migrations.AddField(
            model_name='actionprogressevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='actionprogressevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.actionprogress'),
        ),
        migrations.AddField(
            model_name='actionprogressevent',
            name='written_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geschreven door'),
        ),
        migrations.AddField(
            model_name='measurement',
            name='progress',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measurements', to='workplans.actionprogress', verbose_name='voortgang van een actie'),
        ),
        migrations.AddField(
            model_name='measurementevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='measurementevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.measurement'),
        ),
        migrations.AddField(
            model_name='measurementevent',
            name='progress',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.actionprogress', verbose_name='voortgang van een actie'),
        ),
        migrations.AddField(
            model_name='progressround',
            name='opened_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geopend door'),
        ),
        migrations.AddField(
            model_name='progressround',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress_rounds', to='workplans.workplan', verbose_name='werkplan'),
        ),
        migrations.AddField(
            model_name='actionprogressevent',
            name='round',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.progressround', verbose_name='voortgangsronde'),
        ),
        migrations.AddField(
            model_name='actionprogress',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='workplans.progressround', verbose_name='voortgangsronde'),
        ),
        migrations.AddField(
            model_name='notice',
            name='round',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='workplans.progressround', verbose_name='voortgangsronde'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('comment__isnull', True), ('kind', 'status'), ('round__isnull', True)), models.Q(('comment__isnull', False), ('kind__in', ['genoemd', 'antwoord']), ('round__isnull', True)), models.Q(('comment__isnull', True), ('kind__in', ['voortgang', 'herinnering', 'vandaag']), ('round__isnull', False)), _connector='OR'), name='workplans_notice_subject', violation_error_message='Een melding gaat over een opmerking, over een status of over de voortgang.'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('user', 'round', 'kind'), name='workplans_notice_round_once', violation_error_message='Deze persoon weet al van deze voortgangsronde.'),
        ),
        migrations.AddField(
            model_name='progressroundevent',
            name='opened_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geopend door'),
        ),
        migrations.AddField(
            model_name='progressroundevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='progressroundevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.progressround'),
        ),
        migrations.AddField(
            model_name='progressroundevent',
            name='plan',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.workplan', verbose_name='werkplan'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('progress', 'position'), name='workplans_measurement_once', violation_error_message='Op deze plaats staat al een meting.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurement',
            trigger=pgtrigger.compiler.Trigger(name='measurement', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_measurement()', func='RETURN NULL;', hash='ef6ab98f8d7d4f20d35aa924080e6652b1aa2077', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_measurement_e5d6c', table='workplans_measurement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_measurementevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "progress_id", "reached", "target") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."progress_id", new_values."reached", new_values."target" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='edb939376cb36b9b71164b77b1aca0bfadb046da', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6022a', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_measurement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_measurementevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "progress_id", "reached", "target") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."progress_id", new_values."reached", new_values."target" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1b00cbae35385edb4838a2b4daae27b1dc2439fd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e98ff', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_measurement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_measurementevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "progress_id", "reached", "target") SELECT old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."progress_id", old_values."reached", old_values."target" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='337c198b727223defe6adaffc868d50d94edb53b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_70894', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_measurement', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='measurementevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_m_pgh_cre_801be0_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurementevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='bdd9da01cb2cc81974c8423af2f44c41971f9d25', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_663d4', table='workplans_measurementevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='progressround',
            constraint=models.UniqueConstraint(fields=('plan', 'year', 'half'), name='workplans_progress_round_once', violation_error_message='Deze voortgangsronde is er al; kijk bij de voortgang.'),
        ),
        migrations.AddConstraint(
            model_name='progressround',
            constraint=models.CheckConstraint(condition=models.Q(('half__in', [1, 2])), name='workplans_progress_half', violation_error_message='Een jaar heeft een eerste en een tweede half jaar.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='progressround',
            trigger=pgtrigger.compiler.Trigger(name='round_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('progress_round_fixed', 'plan_id', 'year', 'half')", func='RETURN NULL;', hash='974c17bd5442e38f27987f767348d3d37d8da1d7', operation='UPDATE', pgid='pgtrigger_round_fixed_03fa1', table='workplans_progressround', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='progressround',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."closed_on" IS NOT NULL)', execute="guard_ledger('progress_closed', 'due_on', 'opened_at', 'closed_on')", func='RETURN NULL;', hash='2c7b21bb34293ca60c3f90fa9afa8ce7884902ac', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_72359', table='workplans_progressround', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='progressround',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_progressroundevent" ("closed_on", "due_on", "half", "id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "year") SELECT new_values."closed_on", new_values."due_on", new_values."half", new_values."id", new_values."opened_at", new_values."opened_by_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_id", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='187acea267444ef6d6521b010d11c96557546a8b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_45f66', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_progressround', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='progressround',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_progressroundevent" ("closed_on", "due_on", "half", "id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "year") SELECT new_values."closed_on", new_values."due_on", new_values."half", new_values."id", new_values."opened_at", new_values."opened_by_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_id", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c02f01be3d6e92732d960e820925ef4694f1b46b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4f595', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_progressround', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='progressround',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_progressroundevent" ("closed_on", "due_on", "half", "id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "year") SELECT old_values."closed_on", old_values."due_on", old_values."half", old_values."id", old_values."opened_at", old_values."opened_by_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='25cefe921eee74da0860c9680d518101d93e92e1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bf8a3', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_progressround', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='actionprogressevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_a_pgh_cre_ed2991_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionprogressevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='726482d07215955f63d94e7cf657d5ae7df4d09b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9eb84', table='workplans_actionprogressevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='actionprogress',
            constraint=models.CheckConstraint(condition=models.Q(('actual_currency', 'EUR'), ('actual_currency__isnull', False), models.Q(('actual__isnull', True), models.Q(('actual__lt', Decimal('1000000000000')), ('actual__gte', 0)), _connector='OR')), name='workplans_progress_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'),
        ),
        migrations.AddConstraint(
            model_name='actionprogress',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('actual__isnull', False), ('state', 'known')), models.Q(('actual__isnull', True), ('state__in', ['pm', 'not_applicable', 'tbd', 'unknown', 'blank', 'unread'])), _connector='OR'), name='workplans_progress_state', violation_error_message='Een bekend bedrag heeft een getal nodig, en PM of n.t.b. heeft er geen.'),
        ),
        migrations.AddConstraint(
            model_name='actionprogress',
            constraint=models.UniqueConstraint(fields=('round', 'action'), name='workplans_progress_once', violation_error_message='Van deze actie is in deze ronde al een verslag.'),
        ),
        migrations.AddConstraint(
            model_name='actionprogress',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('niet_begonnen', 'op_schema', 'vertraagd', 'afgerond', 'vervallen'))), name='workplans_progress_status', violation_error_message='Deze voortgang kennen wij niet; kies er een uit de lijst.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionprogress',
            trigger=pgtrigger.compiler.Trigger(name='report', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_report()', func='RETURN NULL;', hash='2f25a2e56d182cbb7c3556e330e2538a59eef7e7', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_report_4fa1a', table='workplans_actionprogress', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionprogress',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionprogressevent" ("action_id", "actual", "actual_currency", "actual_text", "attention", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "state", "status", "text", "version", "written_at", "written_by_id", "written_by_name") SELECT new_values."action_id", new_values."actual", new_values."actual_currency", new_values."actual_text", new_values."attention", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."round_id", new_values."state", new_values."status", new_values."text", new_values."version", new_values."written_at", new_values."written_by_id", new_values."written_by_name" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='80f087a0560f900c24948f93ef97a7454f5adcb3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2e2ae', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_actionprogress', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionprogress',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionprogressevent" ("action_id", "actual", "actual_currency", "actual_text", "attention", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "state", "status", "text", "version", "written_at", "written_by_id", "written_by_name") SELECT new_values."action_id", new_values."actual", new_values."actual_currency", new_values."actual_text", new_values."attention", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."round_id", new_values."state", new_values."status", new_values."text", new_values."version", new_values."written_at", new_values."written_by_id", new_values."written_by_name" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f5a8f6ffcb50e9360c0538cffbebf42e09152d69', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6d15d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_actionprogress', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actionprogress',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionprogressevent" ("action_id", "actual", "actual_currency", "actual_text", "attention", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "state", "status", "text", "version", "written_at", "written_by_id", "written_by_name") SELECT old_values."action_id", old_values."actual", old_values."actual_currency", old_values."actual_text", old_values."attention", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."round_id", old_values."state", old_values."status", old_values."text", old_values."version", old_values."written_at", old_values."written_by_id", old_values."written_by_name" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='00f6e76767bff3da4303b7c1ef10e3db0758c8df', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_176ff', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_actionprogress', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='progressroundevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_p_pgh_cre_c1c34d_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='progressroundevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='420c7fbf4be0ab6c05c61ef84bca9c4652ed2f50', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_73a3a', table='workplans_progressroundevent', when='BEFORE')),
        ),
    ]
