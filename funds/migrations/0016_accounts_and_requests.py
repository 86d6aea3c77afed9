"""What recipients say of their grants: what was spent, and what should change."""

import django.db.models.deletion
import djmoney.models.fields
import funds.money
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

GRANT_OPEN = """
CREATE FUNCTION guard_grant_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  decided record;
  refusal text;
BEGIN
  -- The turn of the envelope, which every entry on a grant takes too.
  PERFORM 1 FROM funds_envelopecounter WHERE envelope_id = envelope_of_grant(NEW.grant_id)
    FOR NO KEY UPDATE;
  SELECT g.dated_on, trim(l.code || ' ' || l.title) AS line,
      g.amount + coalesce(sum(e.amount) FILTER (WHERE e.kind = 'wijziging'), 0) AS granted,
      coalesce(sum(e.amount + e.released) FILTER (WHERE e.kind = 'vaststelling'), 0) AS settled
    INTO decided FROM funds_grant g JOIN funds_applicationline l ON l.id = g.line_id
    LEFT JOIN funds_grantentry e ON e.grant_id = g.id
    WHERE g.id = NEW.grant_id GROUP BY g.id, l.id;
  refusal := CASE
    WHEN decided.granted <= 0 OR decided.settled <> 0 THEN 'grant_not_open'
    WHEN NEW.dated_on < decided.dated_on THEN 'grant_open_day' END;
  IF refusal IS NOT NULL THEN
    RAISE EXCEPTION 'grant % is not open on %', NEW.grant_id, NEW.dated_on
      USING ERRCODE = '23514', CONSTRAINT = refusal, TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('line', decided.line,
        'day', to_char(decided.dated_on, 'DD-MM-YYYY'));
  END IF;
  NEW.entered_at := clock_timestamp();
  RETURN NEW;
END $$;
"""

REQUEST = """
CREATE FUNCTION guard_request() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  closing text[] := ARRAY['outcome', 'answer', 'closed_by_id', 'closed_at'];
BEGIN
  IF TG_OP = 'DELETE' OR OLD.outcome <> ''
      OR to_jsonb(OLD) - closing <> to_jsonb(NEW) - closing THEN
    RAISE EXCEPTION 'a request is granted or refused, and nothing else'
      USING ERRCODE = '23514', CONSTRAINT = 'request_kept', TABLE = TG_TABLE_NAME;
  END IF;
  NEW.closed_at := clock_timestamp();
  RETURN NEW;
END $$;
"""

NO_OPEN_REQUEST = """
CREATE FUNCTION guard_no_open_request() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.kind = 'vaststelling' AND NEW.corrects_id IS NULL AND EXISTS (
      SELECT 1 FROM funds_changerequest r WHERE r.grant_id = NEW.grant_id AND r.outcome = '') THEN
    RAISE EXCEPTION 'grant % has a request that is open', NEW.grant_id
      USING ERRCODE = '23514', CONSTRAINT = 'request_open', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
"""

DROP = """
DROP FUNCTION guard_no_open_request();
DROP FUNCTION guard_request();
DROP FUNCTION guard_grant_open();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0015_provisions'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(GRANT_OPEN + REQUEST + NO_OPEN_REQUEST, DROP),
        migrations.CreateModel(
            name='Accountability',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('realised_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('realised', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='gerealiseerd')),
                ('text', models.CharField(max_length=500, verbose_name='tekst')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
            ],
            options={
                'verbose_name': 'verantwoording',
                'verbose_name_plural': 'verantwoordingen',
                'ordering': ['dated_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AccountabilityEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('realised_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('realised', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='gerealiseerd')),
                ('text', models.CharField(max_length=500, verbose_name='tekst')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ChangeRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('granted_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('granted', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='beschikt')),
                ('requested_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('requested', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='gevraagd bedrag')),
                ('reason', models.CharField(max_length=200, verbose_name='reden')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
                ('outcome', models.CharField(blank=True, choices=[('toegewezen', 'toegewezen'), ('afgewezen', 'afgewezen')], max_length=16, verbose_name='uitkomst')),
                ('answer', models.CharField(blank=True, max_length=200, verbose_name='antwoord')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='afgehandeld op')),
            ],
            options={
                'verbose_name': 'wijzigingsverzoek',
                'verbose_name_plural': 'wijzigingsverzoeken',
                'ordering': ['dated_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ChangeRequestEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('granted_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('granted', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='beschikt')),
                ('requested_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('requested', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='gevraagd bedrag')),
                ('reason', models.CharField(max_length=200, verbose_name='reden')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
                ('outcome', models.CharField(blank=True, choices=[('toegewezen', 'toegewezen'), ('afgewezen', 'afgewezen')], max_length=16, verbose_name='uitkomst')),
                ('answer', models.CharField(blank=True, max_length=200, verbose_name='antwoord')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='afgehandeld op')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantentry',
            trigger=pgtrigger.compiler.Trigger(name='no_open_request', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_no_open_request()', func='RETURN NULL;', hash='172ef36b2d8a22cf6a1785b10a792fe927ec2ab2', operation='INSERT', pgid='pgtrigger_no_open_request_d0d53', table='funds_grantentry', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='accountability',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        migrations.AddField(
            model_name='accountability',
            name='grant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='funds.grant', verbose_name='beschikking'),
        ),
        migrations.AddField(
            model_name='accountabilityevent',
            name='entered_by',
            field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        migrations.AddField(
            model_name='accountabilityevent',
            name='grant',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.grant', verbose_name='beschikking'),
        ),
        migrations.AddField(
            model_name='accountabilityevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='accountabilityevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funds.accountability'),
        ),
        migrations.AddField(
            model_name='changerequest',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closed_requests', to=settings.AUTH_USER_MODEL, verbose_name='afgehandeld door'),
        ),
        migrations.AddField(
            model_name='changerequest',
            name='entered_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='change_requests', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        migrations.AddField(
            model_name='changerequest',
            name='grant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='funds.grant', verbose_name='beschikking'),
        ),
        migrations.AddField(
            model_name='changerequestevent',
            name='closed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgehandeld door'),
        ),
        migrations.AddField(
            model_name='changerequestevent',
            name='entered_by',
            field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        migrations.AddField(
            model_name='changerequestevent',
            name='grant',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.grant', verbose_name='beschikking'),
        ),
        migrations.AddField(
            model_name='changerequestevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='changerequestevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funds.changerequest'),
        ),
        migrations.AddConstraint(
            model_name='accountability',
            constraint=models.CheckConstraint(condition=models.Q(('realised_currency', 'EUR'), ('realised_currency__isnull', False), models.Q(('realised__isnull', True), models.Q(('realised__lt', Decimal('1000000000000')), ('realised__gte', 0)), _connector='OR')), name='funds_account_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountability',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('account_append_only')", func='RETURN NULL;', hash='9079c70a495da5fe8bff3a12f2b1452c537abc88', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2fe46', table='funds_accountability', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountability',
            trigger=pgtrigger.compiler.Trigger(name='grant_open', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_grant_open()', func='RETURN NULL;', hash='764a907b4c9ba46584669c2801a7b4f9e84963eb', operation='INSERT', pgid='pgtrigger_grant_open_f2831', table='funds_accountability', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountability',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_accountabilityevent" ("dated_on", "entered_at", "entered_by_id", "grant_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "realised", "realised_currency", "text") SELECT new_values."dated_on", new_values."entered_at", new_values."entered_by_id", new_values."grant_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."realised", new_values."realised_currency", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ebdf9db797f810fbac74eec31538a07d04395470', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_53394', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_accountability', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountability',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_accountabilityevent" ("dated_on", "entered_at", "entered_by_id", "grant_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "realised", "realised_currency", "text") SELECT new_values."dated_on", new_values."entered_at", new_values."entered_by_id", new_values."grant_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."realised", new_values."realised_currency", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='16f2ef7869a7ce62b3457c9cc93748b1d5458efb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2690e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_accountability', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountability',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_accountabilityevent" ("dated_on", "entered_at", "entered_by_id", "grant_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "realised", "realised_currency", "text") SELECT old_values."dated_on", old_values."entered_at", old_values."entered_by_id", old_values."grant_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."realised", old_values."realised_currency", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f50134d4d281ddcba72fe41c62abe784a8028989', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1674b', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_accountability', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='accountabilityevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_accou_pgh_cre_cffe6b_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountabilityevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='65cf613ccfa5579549971cb7e8296a12d5ae1cd2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5a4de', table='funds_accountabilityevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='changerequest',
            constraint=models.CheckConstraint(condition=models.Q(('granted_currency', 'EUR'), ('granted_currency__isnull', False), models.Q(('granted__isnull', True), models.Q(('granted__lt', Decimal('1000000000000')), ('granted__gte', 0)), _connector='OR')), name='funds_request_granted_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'),
        ),
        migrations.AddConstraint(
            model_name='changerequest',
            constraint=models.CheckConstraint(condition=models.Q(('requested_currency', 'EUR'), ('requested_currency__isnull', False), models.Q(('requested__isnull', True), models.Q(('requested__lt', Decimal('1000000000000')), ('requested__gte', 0)), _connector='OR')), name='funds_request_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'),
        ),
        migrations.AddConstraint(
            model_name='changerequest',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('grant',), name='funds_request_once', violation_error_message='Op deze regel ligt al een wijzigingsverzoek; wacht op het antwoord.'),
        ),
        migrations.AddConstraint(
            model_name='changerequest',
            constraint=models.CheckConstraint(condition=models.Q(('requested', models.F('granted')), _negated=True), name='funds_request_differs', violation_error_message='Dit bedrag is al beschikt; vraag een ander bedrag, of laat de regel leeg.'),
        ),
        migrations.AddConstraint(
            model_name='changerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('closed_by__isnull', True), ('outcome', '')), models.Q(('closed_by__isnull', False), ('outcome__in', ['toegewezen', 'afgewezen']), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='funds_request_answered', violation_error_message='Een verzoek dat is toegewezen of afgewezen, zegt door wie en waarom; vul dat in.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changerequest',
            trigger=pgtrigger.compiler.Trigger(name='grant_open', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_grant_open()', func='RETURN NULL;', hash='60db009e6a04cff0c3a52bb520e9e6fa8264e38f', operation='INSERT', pgid='pgtrigger_grant_open_ce231', table='funds_changerequest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changerequest',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_request()', func='RETURN NULL;', hash='67866f3213836af50e44c7666558e6d1ee3c07b5', operation='UPDATE OR DELETE', pgid='pgtrigger_kept_f39d4', table='funds_changerequest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changerequest',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_changerequestevent" ("answer", "closed_at", "closed_by_id", "dated_on", "entered_at", "entered_by_id", "grant_id", "granted", "granted_currency", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested", "requested_currency") SELECT new_values."answer", new_values."closed_at", new_values."closed_by_id", new_values."dated_on", new_values."entered_at", new_values."entered_by_id", new_values."grant_id", new_values."granted", new_values."granted_currency", new_values."id", new_values."outcome", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."requested", new_values."requested_currency" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='481c6162cf7a0b00bf9e95914e929c89e98556bf', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_885f9', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_changerequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changerequest',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_changerequestevent" ("answer", "closed_at", "closed_by_id", "dated_on", "entered_at", "entered_by_id", "grant_id", "granted", "granted_currency", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested", "requested_currency") SELECT new_values."answer", new_values."closed_at", new_values."closed_by_id", new_values."dated_on", new_values."entered_at", new_values."entered_by_id", new_values."grant_id", new_values."granted", new_values."granted_currency", new_values."id", new_values."outcome", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."requested", new_values."requested_currency" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5fedb486102cd14a9b3e294d4878985dc28b5146', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_dc388', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_changerequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changerequest',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_changerequestevent" ("answer", "closed_at", "closed_by_id", "dated_on", "entered_at", "entered_by_id", "grant_id", "granted", "granted_currency", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested", "requested_currency") SELECT old_values."answer", old_values."closed_at", old_values."closed_by_id", old_values."dated_on", old_values."entered_at", old_values."entered_by_id", old_values."grant_id", old_values."granted", old_values."granted_currency", old_values."id", old_values."outcome", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."requested", old_values."requested_currency" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4c727c0c1d6416c391b6ad2afe36bf333975bc08', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b025f', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_changerequest', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='changerequestevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_chang_pgh_cre_959bdf_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changerequestevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='fdefa82908995314632131d10870d9db17c1bd36', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_366a0', table='funds_changerequestevent', when='BEFORE')),
        ),
    ]
