"""What decisions say beside their amounts: a period and obligations, and what came of them."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

PROVISION = """
CREATE FUNCTION guard_provision() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  refusal text;
BEGIN
  IF NEW.proposal_id IS NOT NULL THEN
    IF NOT EXISTS (SELECT 1 FROM funds_grantproposal p WHERE p.id = NEW.proposal_id
        AND p.application_id = NEW.application_id AND p.dated_on = NEW.dated_on
        AND p.outcome = '') THEN
      refusal := 'provision_proposal';
    END IF;
  ELSIF (SELECT f.four_eyes FROM funds_application a
      JOIN funds_envelope e ON e.id = a.envelope_id
      JOIN funds_fund f ON f.id = e.fund_id WHERE a.id = NEW.application_id) THEN
    refusal := 'provision_four_eyes';
  ELSIF NOT EXISTS (SELECT 1 FROM funds_grant g
      JOIN funds_applicationline l ON l.id = g.line_id
      WHERE l.application_id = NEW.application_id AND g.dated_on = NEW.dated_on
        AND g.amount > 0 AND g.entered_at >= now()) THEN
    refusal := 'provision_granted';
  END IF;
  IF refusal IS NOT NULL THEN
    RAISE EXCEPTION 'provision of application % is of no decision', NEW.application_id
      USING ERRCODE = '23514', CONSTRAINT = refusal, TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('day', to_char(NEW.dated_on, 'DD-MM-YYYY'));
  END IF;
  NEW.entered_at := clock_timestamp();
  RETURN NEW;
END $$;
"""

OBLIGATION = """
CREATE FUNCTION guard_obligation() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  decided record;
BEGIN
  SELECT p.dated_on, p.entered_at INTO decided
    FROM funds_provision p WHERE p.id = NEW.provision_id;
  IF decided.entered_at < now() THEN
    RAISE EXCEPTION 'provision % was entered before', NEW.provision_id
      USING ERRCODE = '23514', CONSTRAINT = 'obligation_later', TABLE = TG_TABLE_NAME;
  END IF;
  IF NEW.due_on < decided.dated_on THEN
    RAISE EXCEPTION 'obligation is due before its decision'
      USING ERRCODE = '23514', CONSTRAINT = 'obligation_due', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('day', to_char(decided.dated_on, 'DD-MM-YYYY'),
        'due_on', to_char(NEW.due_on, 'DD-MM-YYYY'));
  END IF;
  RETURN NEW;
END $$;
"""

OBLIGATION_ENTRY = """
CREATE FUNCTION guard_obligation_entry() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  decided record;
  last record;
  refusal text;
  day date;
BEGIN
  PERFORM 1 FROM funds_obligation o WHERE o.id = NEW.obligation_id FOR NO KEY UPDATE;
  SELECT p.dated_on, coalesce(d.outcome, 'bevestigd') AS outcome INTO decided
    FROM funds_obligation o JOIN funds_provision p ON p.id = o.provision_id
    LEFT JOIN funds_grantproposal d ON d.id = p.proposal_id
    WHERE o.id = NEW.obligation_id;
  SELECT e.outcome, e.dated_on INTO last FROM funds_obligationentry e
    WHERE e.obligation_id = NEW.obligation_id ORDER BY e.id DESC LIMIT 1;
  day := greatest(decided.dated_on, last.dated_on);
  refusal := CASE
    WHEN decided.outcome <> 'bevestigd' THEN 'obligation_proposed'
    WHEN NEW.dated_on < day THEN 'obligation_day'
    WHEN NEW.outcome = coalesce(last.outcome, 'heropend') THEN 'obligation_same' END;
  IF refusal IS NOT NULL THEN
    RAISE EXCEPTION 'entry of obligation % cannot be', NEW.obligation_id
      USING ERRCODE = '23514', CONSTRAINT = refusal, TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('day', to_char(day, 'DD-MM-YYYY'));
  END IF;
  NEW.entered_at := clock_timestamp();
  RETURN NEW;
END $$;
"""

DROP = """
DROP FUNCTION guard_obligation_entry();
DROP FUNCTION guard_obligation();
DROP FUNCTION guard_provision();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0014_grants_in_public_register'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(PROVISION + OBLIGATION + OBLIGATION_ENTRY, DROP),
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='volgorde')),
                ('kind', models.CharField(choices=[('voorwaarde', 'voorwaarde'), ('verplichting', 'verplichting')], max_length=16, verbose_name='soort')),
                ('text', models.CharField(max_length=500, verbose_name='tekst')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='uiterlijk op')),
            ],
            options={
                'verbose_name': 'verplichting',
                'verbose_name_plural': 'verplichtingen',
                'ordering': ['provision', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ObligationEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('voldaan', 'voldaan'), ('vervallen', 'vervallen'), ('heropend', 'weer open')], max_length=16, verbose_name='uitkomst')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('note', models.CharField(max_length=500, verbose_name='toelichting')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='obligation_entries', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='funds.obligation', verbose_name='verplichting')),
            ],
            options={
                'verbose_name': 'afdoening van een verplichting',
                'verbose_name_plural': 'afdoeningen van verplichtingen',
                'ordering': ['dated_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ObligationEntryEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('outcome', models.CharField(choices=[('voldaan', 'voldaan'), ('vervallen', 'vervallen'), ('heropend', 'weer open')], max_length=16, verbose_name='uitkomst')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('note', models.CharField(max_length=500, verbose_name='toelichting')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
                ('entered_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door')),
                ('obligation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.obligation', verbose_name='verplichting')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funds.obligationentry')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Provision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='periode vanaf')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='periode tot en met')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='provisions', to='funds.application', verbose_name='aanvraag')),
                ('entered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='provisions', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door')),
                ('proposal', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='provision', to='funds.grantproposal', verbose_name='voorstel')),
            ],
            options={
                'verbose_name': 'bepalingen bij een besluit',
                'verbose_name_plural': 'bepalingen bij besluiten',
                'ordering': ['dated_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ObligationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField(verbose_name='volgorde')),
                ('kind', models.CharField(choices=[('voorwaarde', 'voorwaarde'), ('verplichting', 'verplichting')], max_length=16, verbose_name='soort')),
                ('text', models.CharField(max_length=500, verbose_name='tekst')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='uiterlijk op')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funds.obligation')),
                ('provision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.provision', verbose_name='bepalingen')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='obligation',
            name='provision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='funds.provision', verbose_name='bepalingen'),
        ),
        migrations.CreateModel(
            name='ProvisionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='periode vanaf')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='periode tot en met')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
                ('application', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.application', verbose_name='aanvraag')),
                ('entered_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funds.provision')),
                ('proposal', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.grantproposal', verbose_name='voorstel')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='obligationentry',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('obligation_entry_append_only')", func='RETURN NULL;', hash='65e608d4485f5cd75fa7a8661dc4fc18bfbe6fef', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2df02', table='funds_obligationentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='obligationentry',
            trigger=pgtrigger.compiler.Trigger(name='in_order', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_obligation_entry()', func='RETURN NULL;', hash='d26a6dd359d50c731f51990eabd5bcdb2c910713', operation='INSERT', pgid='pgtrigger_in_order_bc954', table='funds_obligationentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='obligationentry',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_obligationentryevent" ("dated_on", "entered_at", "entered_by_id", "id", "note", "obligation_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."dated_on", new_values."entered_at", new_values."entered_by_id", new_values."id", new_values."note", new_values."obligation_id", new_values."outcome", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4498e5866b53a11bb60d685b1879f10345d8f585', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_cd53e', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_obligationentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='obligationentry',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_obligationentryevent" ("dated_on", "entered_at", "entered_by_id", "id", "note", "obligation_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."dated_on", new_values."entered_at", new_values."entered_by_id", new_values."id", new_values."note", new_values."obligation_id", new_values."outcome", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='02d419e6a241d8ad81302fa30ba23f5f8cf643d2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_81604', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_obligationentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='obligationentry',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_obligationentryevent" ("dated_on", "entered_at", "entered_by_id", "id", "note", "obligation_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."dated_on", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."note", old_values."obligation_id", old_values."outcome", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a5cb1facf7eab326e84603352cf481ae585160b4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_89548', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_obligationentry', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='obligationentryevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_oblig_pgh_cre_d3281f_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='obligationentryevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='3a1699486fe8ebc21d3fb996aaf788a2f86ae06c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d08f9', table='funds_obligationentryevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='provision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_on__isnull', True), ('starts_on__isnull', True)), models.Q(('ends_on__gte', models.F('starts_on')), ('ends_on__isnull', False), ('starts_on__isnull', False)), _connector='OR'), name='funds_provision_period', violation_error_message='Een periode heeft een eerste en een laatste dag, in die volgorde; vul beide in, of geen van beide.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provision',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('provision_append_only')", func='RETURN NULL;', hash='8ab11bb0db4bac0b6e99ef31e014ad7f2267ecb3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cef70', table='funds_provision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provision',
            trigger=pgtrigger.compiler.Trigger(name='of_decision', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_provision()', func='RETURN NULL;', hash='1c118eb4fb2c9ad83c96314441448bbbae543bae', operation='INSERT', pgid='pgtrigger_of_decision_22b07', table='funds_provision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_provisionevent" ("application_id", "dated_on", "ends_on", "entered_at", "entered_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "starts_on") SELECT new_values."application_id", new_values."dated_on", new_values."ends_on", new_values."entered_at", new_values."entered_by_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposal_id", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='15ebb5a7db285e2b7223c7264f3fd69593770f9d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4d555', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_provision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_provisionevent" ("application_id", "dated_on", "ends_on", "entered_at", "entered_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "starts_on") SELECT new_values."application_id", new_values."dated_on", new_values."ends_on", new_values."entered_at", new_values."entered_by_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposal_id", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4e4fa4270d12ad18ffc66a6ef3b9551b3e7f3e31', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fe9fa', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_provision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_provisionevent" ("application_id", "dated_on", "ends_on", "entered_at", "entered_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "starts_on") SELECT old_values."application_id", old_values."dated_on", old_values."ends_on", old_values."entered_at", old_values."entered_by_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposal_id", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5ca0ec87d1e609e4365b04b41579556a2c8a974c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_abf96', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_provision', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='obligationevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_oblig_pgh_cre_d69bbd_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='obligationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='7a13c5b0976cc8a45aecddefc9756a6483686c86', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_951e7', table='funds_obligationevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.UniqueConstraint(fields=('provision', 'position'), name='funds_obligation_place', violation_error_message='Dit besluit heeft op deze plaats al een verplichting.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='obligation',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('obligation_append_only')", func='RETURN NULL;', hash='0f80b6f2e50a8cd96d7e1679630f2e7de6d7801f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9ac67', table='funds_obligation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='obligation',
            trigger=pgtrigger.compiler.Trigger(name='of_decision', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_obligation()', func='RETURN NULL;', hash='181fdf72d58c15c00c50303707d5e5bba1080bb7', operation='INSERT', pgid='pgtrigger_of_decision_9c671', table='funds_obligation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='obligation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_obligationevent" ("due_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "provision_id", "text") SELECT new_values."due_on", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."provision_id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bf757d9db6e16df329de619e1f371a7ea306ed1f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5ee0d', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_obligation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='obligation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_obligationevent" ("due_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "provision_id", "text") SELECT new_values."due_on", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."provision_id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f6d377dc593ca5525aa554fd98c39ed42c009757', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c1c12', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_obligation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='obligation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_obligationevent" ("due_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "provision_id", "text") SELECT old_values."due_on", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."provision_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='09c42281d3a728d6a85c96f551cb8a9611554ff6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_cb45c', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_obligation', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='provisionevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_provi_pgh_cre_34c070_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provisionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='71b4cbb05cbc363de02dbc38b228f279dfd2ae66', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_08262', table='funds_provisionevent', when='BEFORE')),
        ),
    ]
