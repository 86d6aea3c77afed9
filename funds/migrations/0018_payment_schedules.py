"""When a grant is paid out: schedules with their instalments, which payments may name.

A schedule takes the turn of its envelope (`0008`), as payments do, so what is summed at its
commit is complete. Planned and paid together are at most what is granted, or settled.
"""

import django.db.models.deletion
import djmoney.models.fields
import funds.money
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

SCHEDULE = """
CREATE FUNCTION guard_schedule() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  owner record;
  last record;
BEGIN
  SELECT e.id AS drawn, f.locked_until INTO owner FROM funds_application a
    JOIN funds_envelope e ON e.id = a.envelope_id JOIN funds_fund f ON f.id = e.fund_id
    WHERE a.id = NEW.application_id FOR SHARE OF f;
  IF NEW.dated_on <= owner.locked_until THEN
    RAISE EXCEPTION 'schedule of % is in a locked period', NEW.dated_on
      USING ERRCODE = '23514', CONSTRAINT = 'entry_locked', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('day', to_char(NEW.dated_on, 'DD-MM-YYYY'),
        'locked_until', to_char(owner.locked_until, 'DD-MM-YYYY'));
  END IF;
  UPDATE funds_envelopecounter SET entries = entries + 1 WHERE envelope_id = owner.drawn;
  SELECT number, dated_on INTO last FROM funds_paymentschedule
    WHERE application_id = NEW.application_id ORDER BY number DESC LIMIT 1;
  IF NEW.number > coalesce(last.number, 0) + 1 OR NEW.dated_on < last.dated_on THEN
    RAISE EXCEPTION 'schedule % does not follow', NEW.number
      USING ERRCODE = '23514', CONSTRAINT = 'schedule_follows', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('day', to_char(last.dated_on, 'DD-MM-YYYY'));
  END IF;
  NEW.entered_at := clock_timestamp();
  RETURN NEW;
END $$;
"""

INSTALMENTS = """
CREATE FUNCTION payable_of_grant(part bigint) RETURNS numeric
LANGUAGE sql SET search_path FROM CURRENT AS $$
  SELECT CASE WHEN m.settled + m.released > 0 THEN m.settled ELSE g.amount + m.changed END
      - m.paid + m.recovered
    FROM funds_grant g CROSS JOIN LATERAL (
      SELECT
          coalesce(sum(amount) FILTER (WHERE kind = 'wijziging'), 0) AS changed,
          coalesce(sum(amount) FILTER (WHERE kind IN ('voorschot', 'eindbetaling')), 0) AS paid,
          coalesce(sum(amount) FILTER (WHERE kind = 'vaststelling'), 0) AS settled,
          coalesce(sum(released), 0) AS released,
          coalesce(sum(amount) FILTER (WHERE kind = 'terugvordering'), 0) AS recovered
        FROM funds_grantentry WHERE grant_id = g.id) AS m
    WHERE g.id = part
$$;

CREATE FUNCTION guard_instalments() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  entry jsonb := to_jsonb(NEW);
  whole record;
  found numeric;
  wrong record;
BEGIN
  SELECT * INTO whole FROM funds_paymentschedule
    WHERE id = CASE TG_TABLE_NAME WHEN 'funds_paymentschedule' THEN NEW.id
      ELSE (entry ->> 'schedule_id')::bigint END;
  SELECT coalesce(sum(amount), 0) INTO found FROM funds_instalment WHERE schedule_id = whole.id;
  IF found <> whole.amount THEN
    RAISE EXCEPTION 'instalments of schedule % come to %', whole.id, found
      USING ERRCODE = '23514', CONSTRAINT = 'schedule_sum', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('found', euro_text(found), 'expected', euro_text(whole.amount));
  END IF;
  -- Whatever comes later breaks that sum; so the rest is looked at once.
  IF TG_TABLE_NAME <> 'funds_paymentschedule' THEN RETURN NULL; END IF;
  SELECT l.application_id, l.code, l.title, g.dated_on AS granted_on, i.due_on INTO wrong
    FROM funds_instalment i JOIN funds_grant g ON g.id = i.grant_id
    JOIN funds_applicationline l ON l.id = g.line_id
    WHERE i.schedule_id = whole.id
      AND (l.application_id <> whole.application_id OR i.due_on < g.dated_on)
    ORDER BY l.application_id = whole.application_id LIMIT 1;
  IF wrong.application_id <> whole.application_id THEN
    RAISE EXCEPTION 'an instalment is of another application'
      USING ERRCODE = '23514', CONSTRAINT = 'schedule_elsewhere', TABLE = TG_TABLE_NAME;
  ELSIF wrong.due_on IS NOT NULL THEN
    RAISE EXCEPTION 'an instalment of % is before its grant', wrong.due_on
      USING ERRCODE = '23514', CONSTRAINT = 'schedule_day', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('day', to_char(wrong.due_on, 'DD-MM-YYYY'),
        'granted', to_char(wrong.granted_on, 'DD-MM-YYYY'));
  END IF;
  SELECT trim(l.code || ' ' || l.title) AS line, p.planned, payable_of_grant(p.grant_id) AS payable
    INTO wrong FROM (
      SELECT i.grant_id, sum(i.amount) - coalesce(sum((
          SELECT sum(x.amount) FROM funds_grantentry x WHERE x.instalment_id = i.id)), 0) AS planned
        FROM funds_instalment i WHERE i.schedule_id = whole.id GROUP BY i.grant_id) AS p
    JOIN funds_grant g ON g.id = p.grant_id JOIN funds_applicationline l ON l.id = g.line_id
    WHERE p.planned > payable_of_grant(p.grant_id) ORDER BY l.position LIMIT 1;
  IF wrong.planned IS NOT NULL THEN
    RAISE EXCEPTION 'schedule % plans more than can be paid', whole.id
      USING ERRCODE = '23514', CONSTRAINT = 'schedule_within_grant', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('line', wrong.line, 'planned', euro_text(wrong.planned),
        'payable', euro_text(greatest(wrong.payable, 0)));
  END IF;
  RETURN NULL;
END $$;
"""

PAID = """
CREATE FUNCTION guard_entry_instalment() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  part record;
  others numeric;
BEGIN
  IF NEW.corrects_id IS NOT NULL THEN
    IF NEW.instalment_id IS DISTINCT FROM (
        SELECT instalment_id FROM funds_grantentry WHERE id = NEW.corrects_id) THEN
      RAISE EXCEPTION 'a correction is of another instalment'
        USING ERRCODE = '23514', CONSTRAINT = 'instalment_correction', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
  END IF;
  IF NEW.instalment_id IS NULL THEN RETURN NULL; END IF;
  SELECT i.grant_id, i.amount, s.application_id, s.number, s.dated_on INTO part
    FROM funds_instalment i JOIN funds_paymentschedule s ON s.id = i.schedule_id
    WHERE i.id = NEW.instalment_id;
  IF part.grant_id <> NEW.grant_id OR NEW.kind NOT IN ('voorschot', 'eindbetaling')
      OR NEW.dated_on < part.dated_on OR EXISTS (
        SELECT 1 FROM funds_paymentschedule s
          WHERE s.application_id = part.application_id AND s.number > part.number) THEN
    RAISE EXCEPTION 'instalment % cannot be paid by this', NEW.instalment_id
      USING ERRCODE = '23514', CONSTRAINT = 'instalment_elsewhere', TABLE = TG_TABLE_NAME;
  END IF;
  SELECT coalesce(sum(amount), 0) INTO others FROM funds_grantentry
    WHERE instalment_id = NEW.instalment_id AND id <> NEW.id;
  IF others + NEW.amount > part.amount THEN
    RAISE EXCEPTION 'instalment % is paid', NEW.instalment_id
      USING ERRCODE = '23514', CONSTRAINT = 'instalment_paid', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('left', euro_text(greatest(part.amount - others, 0)));
  END IF;
  RETURN NULL;
END $$;
"""

DROP = """
DROP FUNCTION guard_entry_instalment();
DROP FUNCTION guard_instalments();
DROP FUNCTION payable_of_grant(bigint);
DROP FUNCTION guard_schedule();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0017_completion_requests'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(SCHEDULE + INSTALMENTS + PAID, DROP),
        migrations.CreateModel(
            name='Instalment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='dag')),
                ('kind', models.CharField(choices=[('voorschot', 'voorschot'), ('eindbetaling', 'eindbetaling')], max_length=16, verbose_name='soort')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('amount', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='bedrag')),
            ],
            options={
                'verbose_name': 'termijn',
                'verbose_name_plural': 'termijnen',
                'ordering': ['schedule', 'due_on', '-kind', 'grant', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PaymentSchedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='nummer')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('amount', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='bedrag')),
                ('typed', models.TextField(max_length=2000, verbose_name='termijnen zoals getypt')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reden')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
            ],
            options={
                'verbose_name': 'betaalschema',
                'verbose_name_plural': 'betaalschema’s',
                'ordering': ['application', 'number'],
            },
        ),
        migrations.CreateModel(
            name='PaymentScheduleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField(verbose_name='nummer')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('amount', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='bedrag')),
                ('typed', models.TextField(max_length=2000, verbose_name='termijnen zoals getypt')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reden')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grantentry',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grantentry',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grantentry',
            name='delete_delete',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantentry',
            trigger=pgtrigger.compiler.Trigger(name='within_instalment', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_entry_instalment()', func='RETURN NULL;', hash='791b3a10e98ec6027d6419719befbcd91d2330d1', operation='INSERT', pgid='pgtrigger_within_instalment_7c708', table='funds_grantentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantentry',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantentryevent" ("amount", "amount_currency", "corrects_id", "dated_on", "decision", "entered_at", "entered_by_id", "fund_id", "grant_id", "id", "instalment_id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "realised", "realised_currency", "reason", "reference", "released", "released_currency") SELECT new_values."amount", new_values."amount_currency", new_values."corrects_id", new_values."dated_on", new_values."decision", new_values."entered_at", new_values."entered_by_id", new_values."fund_id", new_values."grant_id", new_values."id", new_values."instalment_id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."realised", new_values."realised_currency", new_values."reason", new_values."reference", new_values."released", new_values."released_currency" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='30c72bfdbe3362231f7ffd4f27fcd72057df558f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a1c7e', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_grantentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantentry',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantentryevent" ("amount", "amount_currency", "corrects_id", "dated_on", "decision", "entered_at", "entered_by_id", "fund_id", "grant_id", "id", "instalment_id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "realised", "realised_currency", "reason", "reference", "released", "released_currency") SELECT new_values."amount", new_values."amount_currency", new_values."corrects_id", new_values."dated_on", new_values."decision", new_values."entered_at", new_values."entered_by_id", new_values."fund_id", new_values."grant_id", new_values."id", new_values."instalment_id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."realised", new_values."realised_currency", new_values."reason", new_values."reference", new_values."released", new_values."released_currency" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a5ced9124d8f844fb7bafbc1650b4aca7cfc59a2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c7196', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_grantentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantentry',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantentryevent" ("amount", "amount_currency", "corrects_id", "dated_on", "decision", "entered_at", "entered_by_id", "fund_id", "grant_id", "id", "instalment_id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "realised", "realised_currency", "reason", "reference", "released", "released_currency") SELECT old_values."amount", old_values."amount_currency", old_values."corrects_id", old_values."dated_on", old_values."decision", old_values."entered_at", old_values."entered_by_id", old_values."fund_id", old_values."grant_id", old_values."id", old_values."instalment_id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."realised", old_values."realised_currency", old_values."reason", old_values."reference", old_values."released", old_values."released_currency" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e14974df88ff3d1a5239a8fc69b0dcb99796681a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_99bf0', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_grantentry', when='AFTER')),
        ),
        migrations.AddField(
            model_name='instalment',
            name='grant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='instalments', to='funds.grant', verbose_name='beschikking'),
        ),
        migrations.AddField(
            model_name='grantentry',
            name='instalment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='funds.instalment', verbose_name='termijn'),
        ),
        migrations.AddField(
            model_name='grantentryevent',
            name='instalment',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.instalment', verbose_name='termijn'),
        ),
        migrations.AddField(
            model_name='paymentschedule',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schedules', to='funds.application', verbose_name='aanvraag'),
        ),
        migrations.AddField(
            model_name='paymentschedule',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payment_schedules', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        migrations.AddField(
            model_name='instalment',
            name='schedule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='instalments', to='funds.paymentschedule', verbose_name='betaalschema'),
        ),
        migrations.AddField(
            model_name='paymentscheduleevent',
            name='application',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.application', verbose_name='aanvraag'),
        ),
        migrations.AddField(
            model_name='paymentscheduleevent',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        migrations.AddField(
            model_name='paymentscheduleevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='paymentscheduleevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funds.paymentschedule'),
        ),
        migrations.AddConstraint(
            model_name='paymentschedule',
            constraint=models.CheckConstraint(condition=models.Q(('amount_currency', 'EUR'), ('amount_currency__isnull', False), models.Q(('amount__isnull', True), models.Q(('amount__lt', Decimal('1000000000000')), ('amount__gte', 0)), _connector='OR')), name='funds_schedule_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'),
        ),
        migrations.AddConstraint(
            model_name='paymentschedule',
            constraint=models.UniqueConstraint(fields=('application', 'number'), name='funds_schedule_once', violation_error_message='Er is intussen een ander betaalschema; bekijk dat eerst.'),
        ),
        migrations.AddConstraint(
            model_name='paymentschedule',
            constraint=models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='funds_schedule_reason', violation_error_message='Schrijf op waarom er een nieuw betaalschema komt.'),
        ),
        migrations.AddConstraint(
            model_name='paymentschedule',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='funds_schedule_something', violation_error_message='Plan minstens één termijn, van meer dan nul.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentschedule',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('schedule_append_only')", func='RETURN NULL;', hash='8c8254caf69b5996be1c58c2b6095aefbd363eba', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_60d7e', table='funds_paymentschedule', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentschedule',
            trigger=pgtrigger.compiler.Trigger(name='entered', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_schedule()', func='RETURN NULL;', hash='0fd6214e6b7db8725d427aaf03425ae9b4e99165', operation='INSERT', pgid='pgtrigger_entered_edb67', table='funds_paymentschedule', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentschedule',
            trigger=pgtrigger.compiler.Trigger(name='adds_up', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_instalments()', func='RETURN NULL;', hash='5d63f40be28bb6dd6ec554dc8e0f596f08559070', operation='INSERT', pgid='pgtrigger_adds_up_ca8c0', table='funds_paymentschedule', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentschedule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_paymentscheduleevent" ("amount", "amount_currency", "application_id", "dated_on", "entered_at", "entered_by_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "typed") SELECT new_values."amount", new_values."amount_currency", new_values."application_id", new_values."dated_on", new_values."entered_at", new_values."entered_by_id", new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."typed" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9fd5d783fb12b23a0508e3d3b4c301074645ff1c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f1f72', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_paymentschedule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentschedule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_paymentscheduleevent" ("amount", "amount_currency", "application_id", "dated_on", "entered_at", "entered_by_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "typed") SELECT new_values."amount", new_values."amount_currency", new_values."application_id", new_values."dated_on", new_values."entered_at", new_values."entered_by_id", new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."typed" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9203b909474aa5c7dab8926e4daeaf2a6a67a6b4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7ece3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_paymentschedule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentschedule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_paymentscheduleevent" ("amount", "amount_currency", "application_id", "dated_on", "entered_at", "entered_by_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "typed") SELECT old_values."amount", old_values."amount_currency", old_values."application_id", old_values."dated_on", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."typed" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8a072b269204fca51a98c5c689c6d7d19dd8f318', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ea236', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_paymentschedule', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='instalment',
            constraint=models.CheckConstraint(condition=models.Q(('amount_currency', 'EUR'), ('amount_currency__isnull', False), models.Q(('amount__isnull', True), models.Q(('amount__lt', Decimal('1000000000000')), ('amount__gte', 0)), _connector='OR')), name='funds_instalment_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'),
        ),
        migrations.AddConstraint(
            model_name='instalment',
            constraint=models.UniqueConstraint(fields=('schedule', 'grant', 'due_on', 'kind'), name='funds_instalment_once', violation_error_message='Deze termijn staat er al; tel het bedrag daarbij op.'),
        ),
        migrations.AddConstraint(
            model_name='instalment',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['voorschot', 'eindbetaling'])), name='funds_instalment_kind', violation_error_message='Een termijn is een voorschot of een eindbetaling.'),
        ),
        migrations.AddConstraint(
            model_name='instalment',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='funds_instalment_something', violation_error_message='Een termijn is meer dan nul; vul dat bedrag in.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='instalment',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('schedule_append_only')", func='RETURN NULL;', hash='e571e0f50be119ee4ed84f9641caf800ab982768', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_052e3', table='funds_instalment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='instalment',
            trigger=pgtrigger.compiler.Trigger(name='adds_up', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_instalments()', func='RETURN NULL;', hash='c2999438335100be57ac05fed726520ef4989901', operation='INSERT', pgid='pgtrigger_adds_up_a5368', table='funds_instalment', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='paymentscheduleevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_payme_pgh_cre_2bb66b_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentscheduleevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='077a623bb26c4399f3a5ca223453303f94cbea9a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c7d86', table='funds_paymentscheduleevent', when='BEFORE')),
        ),
    ]
