"""Tables of partners, their scenarios and votes, and the one that was chosen. With their
guards.

Votes and the choice take turns at the row of the table: a vote that comes while the
choice is counted waits, and a choice sees every vote that was given before it.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


GUARDS = """
CREATE FUNCTION guard_scenario_stands() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE of_plan bigint; chosen integer;
BEGIN
  of_plan := CASE WHEN TG_OP = 'INSERT' THEN NEW.plan_id ELSE OLD.plan_id END;
  SELECT s.number INTO chosen FROM workplans_scenariochoice c
    JOIN workplans_scenario s ON s.id = c.scenario_id WHERE c.plan_id = of_plan;
  IF FOUND THEN
    RAISE EXCEPTION 'a scenario of a plan of which one was chosen'
      USING ERRCODE = '23514', CONSTRAINT = 'scenario_chosen',
        DETAIL = json_build_object('number', chosen);
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION guard_scenario_vote() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE of_plan bigint;
BEGIN
  SELECT m.table_id INTO of_plan FROM workplans_tablemember m WHERE m.id = NEW.member_id;
  PERFORM FROM workplans_allocationtable t WHERE t.plan_id = of_plan FOR SHARE;
  IF NOT EXISTS (
    SELECT FROM workplans_scenario s WHERE s.id = NEW.scenario_id AND s.plan_id = of_plan
  ) THEN
    RAISE EXCEPTION 'a vote of a member of another table'
      USING ERRCODE = '23514', CONSTRAINT = 'vote_other_plan', DETAIL = '{}';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION guard_scenario_choice() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE rule text; members integer; agreed integer; wanted integer;
BEGIN
  IF NOT EXISTS (
    SELECT FROM workplans_scenario s, workplans_planversion v
      WHERE s.id = NEW.scenario_id AND s.plan_id = NEW.plan_id
        AND v.id = NEW.version_id AND v.plan_id = NEW.plan_id
  ) THEN
    RAISE EXCEPTION 'a choice about another plan'
      USING ERRCODE = '23514', CONSTRAINT = 'choice_other_plan', DETAIL = '{}';
  END IF;
  SELECT t.majority INTO rule FROM workplans_allocationtable t
    WHERE t.plan_id = NEW.plan_id FOR UPDATE;
  SELECT count(*) INTO members FROM workplans_tablemember m WHERE m.table_id = NEW.plan_id;
  wanted := CASE rule
    WHEN 'allen' THEN members
    WHEN 'meerderheid' THEN members / 2 + 1
    WHEN 'twee_derde' THEN (2 * members + 2) / 3
    ELSE 0 END;
  SELECT count(*) INTO agreed FROM (
    SELECT DISTINCT ON (v.member_id) v.vote FROM workplans_scenariovote v
      WHERE v.scenario_id = NEW.scenario_id AND v.digest = NEW.digest
      ORDER BY v.member_id, v.dated_on DESC, v.entered_at DESC, v.id DESC
  ) AS latest WHERE latest.vote = 'voor';
  IF agreed < wanted THEN
    RAISE EXCEPTION 'a choice without enough votes'
      USING ERRCODE = '23514', CONSTRAINT = 'choice_votes',
        DETAIL = json_build_object('found', agreed, 'needed', wanted);
  END IF;
  RETURN NEW;
END $$;
"""

DROP = """
DROP FUNCTION guard_scenario_choice();
DROP FUNCTION guard_scenario_vote();
DROP FUNCTION guard_scenario_stands();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('municipalities', '0007_mailing'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('workplans', '0023_journal_stands'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(GUARDS, DROP),
        migrations.CreateModel(
            name='AllocationTable',
            fields=[
                ('plan', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='allocation_table', serialize=False, to='workplans.workplan', verbose_name='werkplan')),
                ('budget_code', models.CharField(max_length=40, verbose_name='cijfer van het budget')),
                ('requested_code', models.CharField(blank=True, max_length=40, verbose_name='cijfer van wat is aangevraagd')),
                ('majority', models.CharField(blank=True, choices=[('allen', 'allemaal'), ('meerderheid', 'meer dan de helft'), ('twee_derde', 'twee derde')], max_length=12, verbose_name='meerderheid')),
            ],
            options={
                'verbose_name': 'tafel',
                'verbose_name_plural': 'tafels',
            },
        ),
        migrations.CreateModel(
            name='AllocationTableEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('budget_code', models.CharField(max_length=40, verbose_name='cijfer van het budget')),
                ('requested_code', models.CharField(blank=True, max_length=40, verbose_name='cijfer van wat is aangevraagd')),
                ('majority', models.CharField(blank=True, choices=[('allen', 'allemaal'), ('meerderheid', 'meer dan de helft'), ('twee_derde', 'twee derde')], max_length=12, verbose_name='meerderheid')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Scenario',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='nummer')),
                ('title', models.CharField(max_length=200, verbose_name='naam')),
                ('text', models.TextField(blank=True, max_length=10000, verbose_name='toelichting')),
                ('stored', models.JSONField(blank=True, default=list, editable=False, verbose_name='bewerkingen')),
            ],
            options={
                'verbose_name': 'scenario',
                'verbose_name_plural': 'scenario’s',
                'ordering': ['plan', 'number'],
            },
        ),
        migrations.CreateModel(
            name='ScenarioChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=64, verbose_name='kenmerk van de uitkomst')),
                ('material', models.JSONField(editable=False, verbose_name='wat is aangevraagd')),
                ('dated_on', models.DateField(verbose_name='gekozen op')),
                ('reference', models.CharField(blank=True, max_length=200, verbose_name='kenmerk van het besluit')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
                ('entered_by_name', models.CharField(blank=True, max_length=254, verbose_name='naam van wie invoerde')),
            ],
            options={
                'verbose_name': 'keuze',
                'verbose_name_plural': 'keuzes',
                'ordering': ['-dated_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ScenarioEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveIntegerField(verbose_name='nummer')),
                ('title', models.CharField(max_length=200, verbose_name='naam')),
                ('text', models.TextField(blank=True, max_length=10000, verbose_name='toelichting')),
                ('stored', models.JSONField(blank=True, default=list, editable=False, verbose_name='bewerkingen')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ScenarioVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vote', models.CharField(choices=[('voor', 'Voor'), ('tegen', 'Tegen'), ('onthouding', 'Onthouding')], max_length=12, verbose_name='stem')),
                ('digest', models.CharField(editable=False, max_length=64, verbose_name='kenmerk van de uitkomst')),
                ('dated_on', models.DateField(verbose_name='gestemd op')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
                ('entered_by_name', models.CharField(blank=True, max_length=254, verbose_name='naam van wie invoerde')),
            ],
            options={
                'verbose_name': 'stem',
                'verbose_name_plural': 'stemmen',
                'ordering': ['-dated_on', '-entered_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TableMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='volgorde')),
                ('name', models.CharField(max_length=200, verbose_name='naam')),
            ],
            options={
                'verbose_name': 'lid van een tafel',
                'verbose_name_plural': 'leden van tafels',
                'ordering': ['table', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TableMemberEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(default=0, verbose_name='volgorde')),
                ('name', models.CharField(max_length=200, verbose_name='naam')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='allocationtable',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_allocationtableevent" ("budget_code", "majority", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "requested_code") SELECT new_values."budget_code", new_values."majority", _pgh_attached_context.value, NOW(), \'insert\', new_values."plan_id", new_values."plan_id", new_values."requested_code" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2fce2f2cfe5d8fa1b205bac5aec57105706d30f7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_88ea1', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_allocationtable', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='allocationtable',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_allocationtableevent" ("budget_code", "majority", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "requested_code") SELECT new_values."budget_code", new_values."majority", _pgh_attached_context.value, NOW(), \'update\', new_values."plan_id", new_values."plan_id", new_values."requested_code" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."plan_id") = (new_values."plan_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c1e869f2747362c909be5361adba7eaf19919e77', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_adbb7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_allocationtable', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='allocationtable',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_allocationtableevent" ("budget_code", "majority", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "requested_code") SELECT old_values."budget_code", old_values."majority", _pgh_attached_context.value, NOW(), \'delete\', old_values."plan_id", old_values."plan_id", old_values."requested_code" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='76ec03e0ca9a205c6720d8e59473a9cf030c4d4c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c4487', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_allocationtable', when='AFTER')),
        ),
        migrations.AddField(
            model_name='allocationtableevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='allocationtableevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.allocationtable'),
        ),
        migrations.AddField(
            model_name='allocationtableevent',
            name='plan',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='workplans.workplan', verbose_name='werkplan'),
        ),
        migrations.AddField(
            model_name='scenario',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scenarios', to='workplans.workplan', verbose_name='werkplan'),
        ),
        migrations.AddField(
            model_name='scenariochoice',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        migrations.AddField(
            model_name='scenariochoice',
            name='plan',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='scenario_choice', to='workplans.workplan', verbose_name='werkplan'),
        ),
        migrations.AddField(
            model_name='scenariochoice',
            name='scenario',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workplans.scenario', verbose_name='scenario'),
        ),
        migrations.AddField(
            model_name='scenariochoice',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workplans.planversion', verbose_name='versie'),
        ),
        migrations.AddField(
            model_name='scenarioevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='scenarioevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.scenario'),
        ),
        migrations.AddField(
            model_name='scenarioevent',
            name='plan',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.workplan', verbose_name='werkplan'),
        ),
        migrations.AddField(
            model_name='scenariovote',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        migrations.AddField(
            model_name='scenariovote',
            name='scenario',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='workplans.scenario', verbose_name='scenario'),
        ),
        migrations.AddField(
            model_name='tablemember',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='table_members', to='municipalities.organisation', verbose_name='organisatie'),
        ),
        migrations.AddField(
            model_name='tablemember',
            name='table',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='workplans.allocationtable', verbose_name='tafel'),
        ),
        migrations.AddField(
            model_name='scenariovote',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='workplans.tablemember', verbose_name='lid van een tafel'),
        ),
        migrations.AddField(
            model_name='tablememberevent',
            name='organisation',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.organisation', verbose_name='organisatie'),
        ),
        migrations.AddField(
            model_name='tablememberevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='tablememberevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.tablemember'),
        ),
        migrations.AddField(
            model_name='tablememberevent',
            name='table',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.allocationtable', verbose_name='tafel'),
        ),
        migrations.AddIndex(
            model_name='allocationtableevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_a_pgh_cre_2dfe93_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='allocationtableevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='f7a5c14e02ca36194c1d9ac96daf6123bb3ca714', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f33b2', table='workplans_allocationtableevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='scenario',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='workplans_scenario_number', violation_error_message='Dit nummer kreeg net een ander scenario; bewaar het nog een keer.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenario',
            trigger=pgtrigger.compiler.Trigger(name='scenario_stands', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_scenario_stands()', func='RETURN NULL;', hash='29ed757e6b64ab4ef631a162390bab12f526e13c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_scenario_stands_7fad2', table='workplans_scenario', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenario',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_scenarioevent" ("id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "stored", "text", "title") SELECT new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_id", new_values."stored", new_values."text", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bf45117c32fd2e9b83f293cafc110920ad9719ad', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3ff53', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_scenario', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenario',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_scenarioevent" ("id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "stored", "text", "title") SELECT new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_id", new_values."stored", new_values."text", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7c6cce53eb948bdaa1f9560f82e9e531871d8708', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_da2ad', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_scenario', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenario',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_scenarioevent" ("id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "stored", "text", "title") SELECT old_values."id", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."stored", old_values."text", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1a6342fd76b8cc81dabbcd5fbe35e606b881d5be', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9d15f', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_scenario', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariochoice',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('choice_append_only', 'plan_id', 'scenario_id', 'version_id', 'digest', 'material', 'dated_on', 'reference', 'entered_at', 'entered_by_name')", func='RETURN NULL;', hash='a5ba08862fc36d0025d91e72ad06782127850755', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a3683', table='workplans_scenariochoice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariochoice',
            trigger=pgtrigger.compiler.Trigger(name='choice_votes', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_scenario_choice()', func='RETURN NULL;', hash='f05c594eeb831222b59e3a1313f96e7554efbe0d', operation='INSERT', pgid='pgtrigger_choice_votes_9ceac', table='workplans_scenariochoice', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='scenarioevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_s_pgh_cre_02b244_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenarioevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='92682da9d44f252c929dede7431142e2cdb2f3fc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_847a6', table='workplans_scenarioevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='tablemember',
            constraint=models.UniqueConstraint(fields=('table', 'name'), name='workplans_member_once', violation_error_message='Dit lid staat al aan deze tafel; noem elk lid één keer.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tablemember',
            trigger=pgtrigger.compiler.Trigger(name='member_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('table_member_fixed', 'table_id', 'name')", func='RETURN NULL;', hash='fd3e0f3323f37894c4f7ffab3b8533b7675b9e81', operation='UPDATE', pgid='pgtrigger_member_fixed_a70c3', table='workplans_tablemember', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tablemember',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_tablememberevent" ("id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "table_id") SELECT new_values."id", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."table_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a4252b710fd71c4d3a0d8a59c9fbba350af7ad4b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_fe2fe', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_tablemember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tablemember',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_tablememberevent" ("id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "table_id") SELECT new_values."id", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."table_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5077a3e894132908696d2bcd627229704408d21f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_ba2bf', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_tablemember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tablemember',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_tablememberevent" ("id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "table_id") SELECT old_values."id", old_values."name", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."table_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='94cc30f25cefae977caa64744103d6c81435c17a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d640e', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_tablemember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariovote',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('vote_append_only', 'scenario_id', 'member_id', 'vote', 'digest', 'dated_on', 'entered_at', 'entered_by_name')", func='RETURN NULL;', hash='24b097e83f73d94d0895e766662e5141fb62468a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6b692', table='workplans_scenariovote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariovote',
            trigger=pgtrigger.compiler.Trigger(name='vote_place', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_scenario_vote()', func='RETURN NULL;', hash='b800ff483ff52e13a186e8344efbd1dce774299d', operation='INSERT', pgid='pgtrigger_vote_place_ae2db', table='workplans_scenariovote', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='tablememberevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_t_pgh_cre_3e24c0_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tablememberevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='de46588392dc6cd913aa524f017007f36d166ccd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bff20', table='workplans_tablememberevent', when='BEFORE')),
        ),
    ]
