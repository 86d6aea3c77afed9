"""The trail of a plan: its status is the target of its last step, whoever writes it.

Plans that are there already get a first step that says so. What a plan submitted may be
taken back once it is withdrawn from the fund; and a plan of which a new version was begun
is being written again while what it asked still stands.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

TRAIL = """
CREATE FUNCTION guard_plan_trail(wanted bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  plan record;
BEGIN
  SELECT title, status INTO plan FROM workplans_workplan WHERE id = wanted;
  IF NOT FOUND THEN RETURN; END IF;
  IF plan.status IS DISTINCT FROM (
    SELECT target FROM workplans_planstep WHERE plan_id = wanted ORDER BY number DESC LIMIT 1
  ) THEN
    RAISE EXCEPTION 'the status of plan % is not that of its last step', wanted
      USING ERRCODE = '23514', CONSTRAINT = 'plan_trail', TABLE = 'workplans_workplan',
      DETAIL = json_build_object('plan', plan.title, 'status', replace(plan.status, '_', ' '));
  END IF;
END $$;

CREATE FUNCTION guard_plan_status() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM guard_plan_trail(NEW.id);
  RETURN NULL;
END $$;

CREATE FUNCTION guard_plan_step() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  called text;
BEGIN
  IF TG_OP = 'DELETE' THEN
    SELECT title INTO called FROM workplans_workplan WHERE id = OLD.plan_id;
    IF FOUND THEN
      RAISE EXCEPTION 'a step of plan % was removed', OLD.plan_id
        USING ERRCODE = '23514', CONSTRAINT = 'step_kept', TABLE = TG_TABLE_NAME,
        DETAIL = json_build_object('plan', called);
    END IF;
    RETURN NULL;
  END IF;
  SELECT title INTO called FROM workplans_workplan WHERE id = NEW.plan_id;
  IF NEW.number > 1 AND NEW.source IS DISTINCT FROM (
    SELECT target FROM workplans_planstep
      WHERE plan_id = NEW.plan_id AND number = NEW.number - 1
  ) THEN
    RAISE EXCEPTION 'step % of plan % does not follow', NEW.number, NEW.plan_id
      USING ERRCODE = '23514', CONSTRAINT = 'step_chain', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('plan', called);
  END IF;
  IF NEW.version_id IS NOT NULL AND NEW.plan_id <> (
    SELECT plan_id FROM workplans_planversion WHERE id = NEW.version_id
  ) THEN
    RAISE EXCEPTION 'step % of plan % kept a version of another', NEW.number, NEW.plan_id
      USING ERRCODE = '23514', CONSTRAINT = 'step_version', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('plan', called);
  END IF;
  PERFORM guard_plan_trail(NEW.plan_id);
  RETURN NULL;
END $$;

CREATE FUNCTION guard_plan_application() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.plan_id = OLD.plan_id AND NEW.round_id = OLD.round_id THEN
    IF NEW.submitted_on IS NOT DISTINCT FROM OLD.submitted_on
      AND NEW.application_id = OLD.application_id THEN RETURN NEW; END IF;
    IF NEW.submitted_on IS NULL AND NEW.application_id IS NULL AND EXISTS (
      SELECT FROM funds_applicationwithdrawal WHERE application_id = OLD.application_id
    ) THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'rows of % stand fast', TG_TABLE_NAME
    USING ERRCODE = '23514', CONSTRAINT = 'plan_application_append_only', TABLE = TG_TABLE_NAME;
END $$;
"""

DROP = """
DROP FUNCTION guard_plan_application();
DROP FUNCTION guard_plan_step();
DROP FUNCTION guard_plan_status();
DROP FUNCTION guard_plan_trail(bigint);
"""

SUBMISSION = """
CREATE OR REPLACE FUNCTION guard_submission_of(plan bigint) RETURNS void
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
  ELSIF %sEXISTS (SELECT FROM workplans_planapplication
                  WHERE plan_id = plan AND application_id IS NOT NULL) THEN
    RAISE EXCEPTION 'plan %% was submitted and is now %%', plan, found.status
      USING ERRCODE = '23514', CONSTRAINT = 'submission_stands', TABLE = 'workplans_workplan',
      DETAIL = json_build_object('plan', found.title);
  END IF;
END $$;
"""
NEW_VERSION = """NOT (found.status = 'in_afstemming' AND EXISTS (
          SELECT FROM workplans_planstep WHERE plan_id = plan AND name = 'nieuwe-versie'))
        AND """

BEGIN = """
INSERT INTO workplans_planstep
  (plan_id, number, name, source, target, reason, taken_on, entered_at, by_name)
  SELECT id, 1, 'ingelezen', '', status, '', as_of, now(), '' FROM workplans_workplan;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0007_withdrawals'),
        ('workplans', '0019_address_of_new_plans'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(TRAIL, DROP),
        migrations.CreateModel(
            name='PlanStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='nummer')),
                ('name', models.CharField(choices=[('begonnen', 'Begonnen'), ('ingelezen', 'Ingelezen'), ('voorleggen', 'Voorgelegd'), ('indienen', 'Ingediend'), ('vaststellen', 'Vastgesteld'), ('afsluiten', 'Afgesloten'), ('nieuwe-versie', 'Nieuwe versie begonnen'), ('terugnemen', 'Teruggenomen'), ('terug-naar-concept', 'Teruggenomen')], max_length=24, verbose_name='stap')),
                ('source', models.CharField(blank=True, choices=[('concept', 'Concept'), ('in_afstemming', 'In afstemming'), ('aangeboden', 'Aangeboden'), ('vastgesteld', 'Vastgesteld'), ('afgesloten', 'Afgesloten')], max_length=16, verbose_name='van')),
                ('target', models.CharField(choices=[('concept', 'Concept'), ('in_afstemming', 'In afstemming'), ('aangeboden', 'Aangeboden'), ('vastgesteld', 'Vastgesteld'), ('afgesloten', 'Afgesloten')], max_length=16, verbose_name='naar')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reden')),
                ('taken_on', models.DateField(verbose_name='datum')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
                ('by_name', models.CharField(blank=True, max_length=254, verbose_name='naam van wie de stap zette')),
            ],
            options={
                'verbose_name': 'stap van een plan',
                'verbose_name_plural': 'stappen van plannen',
                'ordering': ['plan', '-number'],
            },
        ),
        migrations.CreateModel(
            name='TakenBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'teruggenomen aanvraag',
                'verbose_name_plural': 'teruggenomen aanvragen',
                'ordering': ['step', 'pk'],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='planapplication',
            name='append_only',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planapplication',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."application_id" IS NOT NULL)', execute='guard_plan_application()', func='RETURN NULL;', hash='c8276fe2eac26bfb132002a43ef837d092b3357d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_13f5f', table='workplans_planapplication', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workplan',
            trigger=pgtrigger.compiler.Trigger(name='plan_trail', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_plan_status()', func='RETURN NULL;', hash='ba6c7d965d7a06a85c38c2a7ba010b5cdc2588ff', operation='INSERT OR UPDATE OF "status"', pgid='pgtrigger_plan_trail_8e3b0', table='workplans_workplan', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddField(
            model_name='planstep',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door'),
        ),
        migrations.AddField(
            model_name='planstep',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='workplans.workplan', verbose_name='werkplan'),
        ),
        migrations.AddField(
            model_name='planstep',
            name='version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workplans.planversion', verbose_name='versie'),
        ),
        migrations.AddField(
            model_name='takenback',
            name='application',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to='funds.application', verbose_name='aanvraag'),
        ),
        migrations.AddField(
            model_name='takenback',
            name='step',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to='workplans.planstep', verbose_name='stap'),
        ),
        migrations.AddConstraint(
            model_name='planstep',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='workplans_step_number', violation_error_message='Iemand anders zette net een stap met dit plan; kijk wat de status nu is.'),
        ),
        migrations.AddConstraint(
            model_name='planstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', 'begonnen'), ('source', ''), ('target__in', ['concept'])), models.Q(('name', 'ingelezen'), ('source', ''), ('target__in', ['aangeboden', 'afgesloten', 'concept', 'in_afstemming', 'vastgesteld'])), models.Q(('name', 'voorleggen'), ('source__in', ['concept']), ('target', 'in_afstemming')), models.Q(('name', 'indienen'), ('source__in', ['concept', 'in_afstemming']), ('target', 'aangeboden')), models.Q(('name', 'vaststellen'), ('source__in', ['aangeboden', 'in_afstemming']), ('target', 'vastgesteld')), models.Q(('name', 'afsluiten'), ('source__in', ['vastgesteld']), ('target', 'afgesloten')), models.Q(('name', 'nieuwe-versie'), ('source__in', ['vastgesteld']), ('target', 'in_afstemming')), models.Q(('name', 'terugnemen'), ('source__in', ['aangeboden']), ('target', 'in_afstemming')), models.Q(('name', 'terug-naar-concept'), ('source__in', ['in_afstemming']), ('target', 'concept')), _connector='OR'), name='workplans_step_allowed', violation_error_message='Deze stap bestaat niet; kies een stap die bij de status van het plan hoort.'),
        ),
        migrations.AddConstraint(
            model_name='planstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', 1), ('source', '')), models.Q(('number__gt', 1), models.Q(('source', ''), _negated=True)), _connector='OR'), name='workplans_step_first', violation_error_message='Alleen de eerste stap van een plan begint zonder status.'),
        ),
        migrations.AddConstraint(
            model_name='planstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name__in', ['nieuwe-versie', 'terugnemen', 'terug-naar-concept']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='workplans_step_reason', violation_error_message='Schrijf op waarom u deze stap zet.'),
        ),
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='planstep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('step_append_only', 'plan_id', 'number', 'name', 'source', 'target', 'reason', 'taken_on', 'entered_at', 'by_name', 'version_id')", func='RETURN NULL;', hash='04eabf7c23d11fa231c471862d98a85400dd25a2', operation='UPDATE', pgid='pgtrigger_append_only_61699', table='workplans_planstep', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planstep',
            trigger=pgtrigger.compiler.Trigger(name='plan_trail', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_plan_step()', func='RETURN NULL;', hash='398e6a7c53a34d0faaea1d7a3803b0bd286a377a', operation='INSERT OR DELETE', pgid='pgtrigger_plan_trail_8fd9a', table='workplans_planstep', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takenback',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('taken_back_append_only')", func='RETURN NULL;', hash='e6b9366b4bb105f3c0de3b91f4c99be661fd5e48', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9fcc8', table='workplans_takenback', when='BEFORE')),
        ),
        migrations.RunSQL(SUBMISSION % NEW_VERSION, SUBMISSION % ""),
    ]
