"""Who decides about a plan and what they decided; versions that everybody may read. With
their guards.

A body is locked by the decision that is entered for it, so that nobody renames it
meanwhile: a change of the body waits for the row, and then sees the decision.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE FUNCTION guard_kept_on(kept_at timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE AS $$ SELECT (kept_at AT TIME ZONE 'Europe/Amsterdam')::date $$;

CREATE FUNCTION guard_adoption_version() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (
    SELECT FROM workplans_planversion v WHERE v.id = NEW.version_id AND v.plan_id <> NEW.plan_id
  ) THEN
    RAISE EXCEPTION 'a version of another plan is put forward'
      USING ERRCODE = '23514', CONSTRAINT = 'adoption_other_plan', DETAIL = '{}';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION guard_body_stands() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.plan_id, OLD.kind, OLD.municipality_id, OLD.name, OLD.role)
    IS NOT DISTINCT FROM (NEW.plan_id, NEW.kind, NEW.municipality_id, NEW.name, NEW.role)
  THEN RETURN NEW; END IF;
  IF EXISTS (SELECT FROM workplans_bodydecision d WHERE d.body_id = OLD.id) THEN
    RAISE EXCEPTION 'a body that decided is changed'
      USING ERRCODE = '23514', CONSTRAINT = 'body_decided',
        DETAIL = json_build_object('name', OLD.name);
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION guard_decision_version() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE of_plan bigint; v record;
BEGIN
  SELECT b.plan_id INTO of_plan FROM workplans_decisionbody b WHERE b.id = NEW.body_id FOR SHARE;
  SELECT p.plan_id, p.number, guard_kept_on(p.kept_at) AS kept_on INTO v
    FROM workplans_planversion p WHERE p.id = NEW.version_id;
  IF v.plan_id <> of_plan THEN
    RAISE EXCEPTION 'a decision about a version of another plan'
      USING ERRCODE = '23514', CONSTRAINT = 'decision_other_plan', DETAIL = '{}';
  END IF;
  IF NEW.dated_on < v.kept_on THEN
    RAISE EXCEPTION 'a decision from before its version'
      USING ERRCODE = '23514', CONSTRAINT = 'decision_before_version',
        DETAIL = json_build_object('number', v.number, 'day', to_char(v.kept_on, 'DD-MM-YYYY'));
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION guard_publication_version() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE v record;
BEGIN
  SELECT p.number, p.status, guard_kept_on(p.kept_at) AS kept_on INTO v
    FROM workplans_planversion p WHERE p.id = NEW.version_id;
  IF v.status IN ('concept', 'in_afstemming') THEN
    RAISE EXCEPTION 'a concept is published'
      USING ERRCODE = '23514', CONSTRAINT = 'publication_unsubmitted',
        DETAIL = json_build_object('number', v.number);
  END IF;
  IF NEW.published_on < v.kept_on THEN
    RAISE EXCEPTION 'a publication from before its version'
      USING ERRCODE = '23514', CONSTRAINT = 'publication_before_version',
        DETAIL = json_build_object('number', v.number, 'day', to_char(v.kept_on, 'DD-MM-YYYY'));
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION guard_withdrawal_day() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE since date;
BEGIN
  SELECT p.published_on INTO since FROM workplans_publication p WHERE p.id = NEW.publication_id;
  IF NEW.withdrawn_on < since THEN
    RAISE EXCEPTION 'a withdrawal from before its publication'
      USING ERRCODE = '23514', CONSTRAINT = 'withdrawal_before_publication',
        DETAIL = json_build_object('day', to_char(since, 'DD-MM-YYYY'));
  END IF;
  RETURN NEW;
END $$;
"""

DROP = """
DROP FUNCTION guard_withdrawal_day();
DROP FUNCTION guard_publication_version();
DROP FUNCTION guard_decision_version();
DROP FUNCTION guard_body_stands();
DROP FUNCTION guard_adoption_version();
DROP FUNCTION guard_kept_on(timestamptz);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('municipalities', '0007_mailing'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('workplans', '0020_plan_steps'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(GUARDS, DROP),
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('plan', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='adoption', serialize=False, to='workplans.workplan', verbose_name='werkplan')),
                ('majority', models.CharField(choices=[('allen', 'allemaal'), ('meerderheid', 'meer dan de helft'), ('twee_derde', 'twee derde')], default='allen', max_length=12, verbose_name='meerderheid')),
                ('put_forward_on', models.DateField(blank=True, null=True, verbose_name='voorgelegd op')),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workplans.planversion', verbose_name='voorgelegde versie')),
            ],
            options={
                'verbose_name': 'besluitvorming',
                'verbose_name_plural': 'besluitvorming',
            },
        ),
        migrations.CreateModel(
            name='AdoptionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('majority', models.CharField(choices=[('allen', 'allemaal'), ('meerderheid', 'meer dan de helft'), ('twee_derde', 'twee derde')], default='allen', max_length=12, verbose_name='meerderheid')),
                ('put_forward_on', models.DateField(blank=True, null=True, verbose_name='voorgelegd op')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.adoption')),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='workplans.workplan', verbose_name='werkplan')),
                ('version', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.planversion', verbose_name='voorgelegde versie')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DecisionBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='volgorde')),
                ('kind', models.CharField(choices=[('college', 'college'), ('raad', 'gemeenteraad'), ('pho', 'portefeuillehoudersoverleg'), ('tafel', 'tafel'), ('anders', 'anders')], max_length=8, verbose_name='soort')),
                ('name', models.CharField(max_length=120, verbose_name='naam')),
                ('role', models.CharField(choices=[('besluit', 'besluit'), ('adviseert', 'adviseert')], default='besluit', max_length=10, verbose_name='rol')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='uiterlijk op')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision_bodies', to='municipalities.municipality', verbose_name='gemeente')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bodies', to='workplans.workplan', verbose_name='werkplan')),
            ],
            options={
                'verbose_name': 'orgaan',
                'verbose_name_plural': 'organen',
                'ordering': ['plan', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BodyDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('akkoord', 'Akkoord'), ('voorwaarde', 'Akkoord onder voorwaarde'), ('niet_akkoord', 'Niet akkoord'), ('aangehouden', 'Aangehouden'), ('kennisname', 'Ter kennisname')], max_length=12, verbose_name='uitkomst')),
                ('dated_on', models.DateField(verbose_name='besloten op')),
                ('reference', models.CharField(blank=True, max_length=200, verbose_name='kenmerk van het besluit')),
                ('condition', models.CharField(blank=True, max_length=1000, verbose_name='voorwaarde')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
                ('entered_by_name', models.CharField(blank=True, max_length=254, verbose_name='naam van wie invoerde')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='workplans.planversion', verbose_name='versie')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='workplans.decisionbody', verbose_name='orgaan')),
            ],
            options={
                'verbose_name': 'besluit',
                'verbose_name_plural': 'besluiten',
                'ordering': ['-dated_on', '-entered_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DecisionBodyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(default=0, verbose_name='volgorde')),
                ('kind', models.CharField(choices=[('college', 'college'), ('raad', 'gemeenteraad'), ('pho', 'portefeuillehoudersoverleg'), ('tafel', 'tafel'), ('anders', 'anders')], max_length=8, verbose_name='soort')),
                ('name', models.CharField(max_length=120, verbose_name='naam')),
                ('role', models.CharField(choices=[('besluit', 'besluit'), ('adviseert', 'adviseert')], default='besluit', max_length=10, verbose_name='rol')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='uiterlijk op')),
                ('municipality', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality', verbose_name='gemeente')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.decisionbody')),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.workplan', verbose_name='werkplan')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='openbare titel')),
                ('published_on', models.DateField(verbose_name='openbaar sinds')),
                ('adopted_on', models.DateField(blank=True, null=True, verbose_name='vastgesteld op')),
                ('retention_until', models.DateField(verbose_name='bewaren tot en met')),
                ('published_at', models.DateTimeField(auto_now_add=True, verbose_name='openbaar gemaakt op')),
                ('published_by_name', models.CharField(blank=True, max_length=254, verbose_name='naam van wie openbaar maakte')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='openbaar gemaakt door')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='workplans.planversion', verbose_name='versie')),
            ],
            options={
                'verbose_name': 'publicatie',
                'verbose_name_plural': 'publicaties',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PublicationWithdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn_on', models.DateField(verbose_name='ingetrokken per')),
                ('reason', models.CharField(max_length=500, verbose_name='reden')),
                ('withdrawn_at', models.DateTimeField(auto_now_add=True, verbose_name='ingetrokken op')),
                ('withdrawn_by_name', models.CharField(blank=True, max_length=254, verbose_name='naam van wie introk')),
                ('publication', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='workplans.publication', verbose_name='publicatie')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingetrokken door')),
            ],
            options={
                'verbose_name': 'intrekking',
                'verbose_name_plural': 'intrekkingen',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PublishedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('page', 'pagina'), ('pdf', 'pdf'), ('csv', 'csv'), ('json', 'json')], max_length=8, verbose_name='vorm')),
                ('name', models.CharField(max_length=200, verbose_name='bestandsnaam')),
                ('media_type', models.CharField(max_length=60, verbose_name='mediatype')),
                ('body', models.BinaryField(verbose_name='inhoud')),
                ('digest', models.CharField(max_length=64, verbose_name='kenmerk van de inhoud')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='workplans.publication', verbose_name='publicatie')),
            ],
            options={
                'verbose_name': 'openbaar bestand',
                'verbose_name_plural': 'openbare bestanden',
                'ordering': ['publication', 'form'],
            },
        ),
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('put_forward_on__isnull', True), ('version__isnull', True)), models.Q(('put_forward_on__isnull', False), ('version__isnull', False)), _connector='OR'), name='workplans_adoption_put_forward', violation_error_message='Bij een voorgelegde versie hoort de dag waarop.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoption',
            trigger=pgtrigger.compiler.Trigger(name='adoption_version', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_adoption_version()', func='RETURN NULL;', hash='067a2cab8d2792fb85d3672e1dce7dc6cd7d54ec', operation='INSERT OR UPDATE OF "plan_id", "version_id"', pgid='pgtrigger_adoption_version_1a900', table='workplans_adoption', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoption',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_adoptionevent" ("majority", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "put_forward_on", "version_id") SELECT new_values."majority", _pgh_attached_context.value, NOW(), \'insert\', new_values."plan_id", new_values."plan_id", new_values."put_forward_on", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b1e47f52ca4befe1b80a9d4fa0713b37327d24bc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_741b7', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_adoption', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoption',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_adoptionevent" ("majority", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "put_forward_on", "version_id") SELECT new_values."majority", _pgh_attached_context.value, NOW(), \'update\', new_values."plan_id", new_values."plan_id", new_values."put_forward_on", new_values."version_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."plan_id") = (new_values."plan_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2671f6ef4bbbbe7fc22e09f4c57f80a100f18e18', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_19b07', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_adoption', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoption',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_adoptionevent" ("majority", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "put_forward_on", "version_id") SELECT old_values."majority", _pgh_attached_context.value, NOW(), \'delete\', old_values."plan_id", old_values."plan_id", old_values."put_forward_on", old_values."version_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='11e273929580b338e2ff98e4d3a790e6eef31f0b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e049b', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_adoption', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='adoptionevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_a_pgh_cre_2140cf_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='b2b7f768cbef654a589a341395f43b5f446d1788', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b3f4a', table='workplans_adoptionevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='decisionbody',
            constraint=models.UniqueConstraint(fields=('plan', 'name'), name='workplans_body_once', violation_error_message='Dit orgaan staat al bij dit plan.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionbody',
            trigger=pgtrigger.compiler.Trigger(name='body_stands', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_body_stands()', func='RETURN NULL;', hash='a6642bb63f29a5d698d9b7f9f98f08b0feb78b59', operation='UPDATE OR DELETE', pgid='pgtrigger_body_stands_f1583', table='workplans_decisionbody', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionbody',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_decisionbodyevent" ("due_on", "id", "kind", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "role") SELECT new_values."due_on", new_values."id", new_values."kind", new_values."municipality_id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_id", new_values."position", new_values."role" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5a970669444a18a2b1abfbc5b9ab74b69cef266c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5090b', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_decisionbody', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionbody',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_decisionbodyevent" ("due_on", "id", "kind", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "role") SELECT new_values."due_on", new_values."id", new_values."kind", new_values."municipality_id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_id", new_values."position", new_values."role" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fce91c1e03142b83da64c8058eb27269e53330a6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f4db9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_decisionbody', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionbody',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_decisionbodyevent" ("due_on", "id", "kind", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "role") SELECT old_values."due_on", old_values."id", old_values."kind", old_values."municipality_id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."position", old_values."role" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9109183407be674e154df7992e3cfba448be583b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b5bc3', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_decisionbody', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='bodydecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'voorwaarde'), models.Q(('condition', ''), _negated=True)), models.Q(models.Q(('outcome', 'voorwaarde'), _negated=True), ('condition', '')), _connector='OR'), name='workplans_decision_condition', violation_error_message='Een voorwaarde hoort bij “akkoord onder voorwaarde”, en daar alleen; schrijf haar op, of kies een andere uitkomst.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bodydecision',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('decision_append_only', 'body_id', 'version_id', 'outcome', 'dated_on', 'reference', 'condition', 'entered_at', 'entered_by_name')", func='RETURN NULL;', hash='e0ebbc684b9ef252f29865e1ba0e698f62dc6a6c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_64fe8', table='workplans_bodydecision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bodydecision',
            trigger=pgtrigger.compiler.Trigger(name='decision_version', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_decision_version()', func='RETURN NULL;', hash='a2e7d83645501edf2d7cb6834ab8a2a90f7d26cd', operation='INSERT', pgid='pgtrigger_decision_version_e2527', table='workplans_bodydecision', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='decisionbodyevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_d_pgh_cre_2e9091_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionbodyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='9bde46312ade867f37eec58803370df844ce1855', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5b3d4', table='workplans_decisionbodyevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('retention_until__gt', models.F('published_on'))), name='workplans_publication_term', violation_error_message='De bewaartermijn eindigt na de dag van publicatie.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('publication_append_only', 'version_id', 'title', 'published_on', 'adopted_on', 'retention_until', 'published_at', 'published_by_name')", func='RETURN NULL;', hash='9d89d5f064e107c8297f73f301c00481ace15649', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a5802', table='workplans_publication', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='publication_version', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_publication_version()', func='RETURN NULL;', hash='3fd036fd43b10c97835089242e027097b4364bc8', operation='INSERT', pgid='pgtrigger_publication_version_675ca', table='workplans_publication', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicationwithdrawal',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('publication_withdrawal', 'publication_id', 'withdrawn_on', 'reason', 'withdrawn_at', 'withdrawn_by_name')", func='RETURN NULL;', hash='5504f5b0b121664f49a9d42dd52097bfa9d495a8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_28dee', table='workplans_publicationwithdrawal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicationwithdrawal',
            trigger=pgtrigger.compiler.Trigger(name='withdrawal_day', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_withdrawal_day()', func='RETURN NULL;', hash='0c932d6be05a251f997eeb78d21c14362e2b8a8e', operation='INSERT', pgid='pgtrigger_withdrawal_day_b1849', table='workplans_publicationwithdrawal', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='publishedfile',
            constraint=models.UniqueConstraint(fields=('publication', 'form'), name='workplans_published_file_once', violation_error_message='Deze vorm is er al bij deze publicatie.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedfile',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('published_file_append_only')", func='RETURN NULL;', hash='c09f51502302c6856ff88f6f15bde0fca990dfd8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ad1bb', table='workplans_publishedfile', when='BEFORE')),
        ),
    ]
