"""What happens to a grant after the decision, and the guards that keep its sums.

Every entry first updates the counter of its envelope (`guard_entered`), which is its
turn: the next waits until this one has committed, and at REPEATABLE READ it is refused
with 40001 and tries again. So the sums that the other functions then make see all that
was entered before, at every isolation level. They are made per day, for what is granted
today may not spend what comes tomorrow.

What writes the counter runs with the rights of the owner: no other role needs any there.
"""

import django.db.models.deletion
import djmoney.models.fields
import djmoney.money
import funds.money
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

EURO = """
CREATE FUNCTION euro_text(amount numeric) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path FROM CURRENT AS $$
  SELECT regexp_replace(
    translate(to_char(amount, 'FM999,999,999,999,990.00'), ',.', '.,'), ',00$', '')
$$;
"""

OF_GRANT = """
CREATE FUNCTION envelope_of_grant(granted bigint) RETURNS bigint
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RETURN (SELECT a.envelope_id FROM funds_grant g
    JOIN funds_applicationline l ON l.id = g.line_id
    JOIN funds_application a ON a.id = l.application_id WHERE g.id = granted);
END $$;
"""

ENTERED = """
CREATE FUNCTION guard_entered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  entry jsonb := to_jsonb(NEW);
  day date := coalesce(entry ->> 'dated_on', entry ->> 'submitted_on')::date;
  drawn bigint := CASE TG_TABLE_NAME
    WHEN 'funds_grant' THEN (
      SELECT a.envelope_id FROM funds_applicationline l
        JOIN funds_application a ON a.id = l.application_id
        WHERE l.id = (entry ->> 'line_id')::bigint)
    WHEN 'funds_grantentry' THEN envelope_of_grant((entry ->> 'grant_id')::bigint)
    ELSE (entry ->> 'envelope_id')::bigint END;
  owner record;
BEGIN
  SELECT f.locked_until, f.starts_on, f.ends_on INTO owner FROM funds_fund f
    WHERE f.id = CASE TG_TABLE_NAME WHEN 'funds_envelope' THEN (entry ->> 'fund_id')::bigint
      ELSE (SELECT e.fund_id FROM funds_envelope e WHERE e.id = drawn) END
    FOR SHARE;
  IF day <= owner.locked_until THEN
    RAISE EXCEPTION 'entry of % is in a locked period', day
      USING ERRCODE = '23514', CONSTRAINT = 'entry_locked', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('day', to_char(day, 'DD-MM-YYYY'),
        'locked_until', to_char(owner.locked_until, 'DD-MM-YYYY'));
  END IF;
  IF (TG_TABLE_NAME = 'funds_grant' OR entry ->> 'kind' = 'wijziging')
      AND (day < owner.starts_on OR day > owner.ends_on) THEN
    RAISE EXCEPTION 'decision of % is outside the term of the fund', day
      USING ERRCODE = '23514', CONSTRAINT = 'entry_term', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('day', to_char(day, 'DD-MM-YYYY'),
        'starts_on', coalesce(to_char(owner.starts_on, 'DD-MM-YYYY'), 'het begin'),
        'ends_on', coalesce(to_char(owner.ends_on, 'DD-MM-YYYY'), 'altijd'));
  END IF;
  IF TG_TABLE_NAME IN ('funds_envelopemutation', 'funds_grant', 'funds_grantentry') THEN
    UPDATE funds_envelopecounter SET entries = entries + 1 WHERE envelope_id = drawn;
  END IF;
  NEW.entered_at := clock_timestamp();
  RETURN NEW;
END $$;
"""

COUNTED = """
CREATE FUNCTION guard_counted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  drawn bigint;
  raised numeric := 0;
  used numeric := 0;
  refusal text;
  worst record;
BEGIN
  IF TG_TABLE_NAME = 'funds_envelope' THEN
    INSERT INTO funds_envelopecounter (envelope_id, ceiling, committed, entries)
      VALUES (NEW.id, NEW.amount, 0, 0);
    RETURN NULL;
  ELSIF TG_TABLE_NAME = 'funds_envelopemutation' THEN
    IF NEW.condition <> '' THEN RETURN NULL; END IF;
    refusal := 'mutation_ceiling';
    drawn := NEW.envelope_id;
    raised := NEW.amount;
  ELSIF TG_TABLE_NAME = 'funds_grant' THEN
    refusal := 'grant_ceiling';
    drawn := envelope_of_grant(NEW.id);
    used := NEW.amount;
  ELSE
    IF NEW.kind NOT IN ('wijziging', 'vaststelling') THEN RETURN NULL; END IF;
    refusal := CASE WHEN NEW.kind = 'wijziging' AND NEW.corrects_id IS NULL
      THEN 'change_ceiling' ELSE 'correction_ceiling' END;
    drawn := envelope_of_grant(NEW.grant_id);
    used := CASE NEW.kind WHEN 'wijziging' THEN NEW.amount ELSE -NEW.released END;
  END IF;
  SELECT day, rest INTO worst FROM (
    SELECT day, sum(delta) OVER (ORDER BY day) AS rest FROM (
      SELECT e.dated_on AS day, e.amount AS delta FROM funds_envelope e WHERE e.id = drawn
      UNION ALL
      SELECT m.dated_on, m.amount FROM funds_envelopemutation m
        WHERE m.envelope_id = drawn AND m.condition = ''
      UNION ALL
      SELECT g.dated_on, -g.amount FROM funds_grant g
        JOIN funds_applicationline l ON l.id = g.line_id
        JOIN funds_application a ON a.id = l.application_id WHERE a.envelope_id = drawn
      UNION ALL
      SELECT x.dated_on, CASE x.kind WHEN 'wijziging' THEN -x.amount ELSE x.released END
        FROM funds_grantentry x JOIN funds_grant g ON g.id = x.grant_id
        JOIN funds_applicationline l ON l.id = g.line_id
        JOIN funds_application a ON a.id = l.application_id
        WHERE a.envelope_id = drawn AND x.kind IN ('wijziging', 'vaststelling')) AS moves
    ) AS sums
    WHERE day >= NEW.dated_on ORDER BY rest, day LIMIT 1;
  IF worst.rest < 0 THEN
    RAISE EXCEPTION 'envelope % is % short on %', drawn, -worst.rest, worst.day
      USING ERRCODE = '23514', CONSTRAINT = refusal, TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('asked', euro_text(used - raised),
        'left', euro_text(greatest(worst.rest + used - raised, 0)));
  END IF;
  UPDATE funds_envelopecounter SET ceiling = ceiling + raised, committed = committed + used
    WHERE envelope_id = drawn;
  RETURN NULL;
END $$;
"""

LIFE = """
CREATE FUNCTION guard_grant_entry() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  first date := (SELECT dated_on FROM funds_grant WHERE id = NEW.grant_id);
  is_payment boolean := NEW.kind IN ('voorschot', 'eindbetaling') AND NEW.corrects_id IS NULL;
  is_recovery boolean := NEW.kind = 'terugvordering' AND NEW.corrects_id IS NULL;
  other record;
  sums record;
  refusal text;
  remains numeric;
BEGIN
  IF NEW.fund_id <> (SELECT fund_id FROM funds_envelope
                     WHERE id = envelope_of_grant(NEW.grant_id)) THEN
    RAISE EXCEPTION 'entry is of another fund than its grant'
      USING ERRCODE = '23514', CONSTRAINT = 'entry_fund', TABLE = TG_TABLE_NAME;
  END IF;
  IF NEW.corrects_id IS NOT NULL THEN
    SELECT * INTO other FROM funds_grantentry WHERE id = NEW.corrects_id;
    IF other.corrects_id IS NOT NULL
        OR (other.grant_id, other.kind, -other.amount, -other.released)
        IS DISTINCT FROM (NEW.grant_id, NEW.kind, NEW.amount, NEW.released) THEN
      RAISE EXCEPTION 'a correction takes back exactly one entry'
        USING ERRCODE = '23514', CONSTRAINT = 'entry_correction', TABLE = TG_TABLE_NAME;
    END IF;
    first := other.dated_on;
  END IF;
  IF NEW.dated_on < first THEN
    RAISE EXCEPTION 'entry of % is before %', NEW.dated_on, first
      USING ERRCODE = '23514', CONSTRAINT = 'entry_day', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('day', to_char(first, 'DD-MM-YYYY'));
  END IF;
  -- The sums of each day; the last row is what stands now.
  FOR sums IN
    SELECT day, sum(g) OVER w AS granted, sum(p) OVER w AS paid, sum(s) OVER w AS settled,
        sum(v) OVER w AS released, sum(r) OVER w AS recovered
      FROM (
        SELECT dated_on AS day, amount AS g, 0 AS p, 0 AS s, 0 AS v, 0 AS r
          FROM funds_grant WHERE id = NEW.grant_id
        UNION ALL
        SELECT dated_on,
            CASE WHEN kind = 'wijziging' THEN amount ELSE 0 END,
            CASE WHEN kind IN ('voorschot', 'eindbetaling') THEN amount ELSE 0 END,
            CASE WHEN kind = 'vaststelling' THEN amount ELSE 0 END,
            released,
            CASE WHEN kind = 'terugvordering' THEN amount ELSE 0 END
          FROM funds_grantentry WHERE grant_id = NEW.grant_id) AS moves
      WINDOW w AS (ORDER BY day) ORDER BY day
  LOOP
    refusal := CASE
      WHEN sums.granted < 0 OR (sums.paid > sums.granted AND NEW.kind = 'wijziging')
        THEN 'change_below_paid'
      WHEN sums.paid > sums.granted THEN 'paid_within_grant'
      WHEN sums.settled > sums.granted AND sums.released = 0 THEN 'settled_within_grant'
      WHEN sums.settled + sums.released NOT IN (0, sums.granted)
        OR sums.settled < 0 OR sums.released < 0 THEN 'change_settled'
      WHEN sums.recovered > sums.paid OR sums.paid < 0 OR sums.recovered < 0
        THEN 'recovered_within_paid' END;
    EXIT WHEN refusal IS NOT NULL;
  END LOOP;
  remains := sums.granted - sums.paid + NEW.amount;
  IF refusal IS NULL AND is_payment AND sums.settled + sums.released > 0
      AND sums.paid - sums.recovered > sums.settled THEN
    refusal := 'paid_within_settled';
    remains := sums.settled - sums.paid + sums.recovered + NEW.amount;
  END IF;
  IF is_recovery AND (refusal IS NOT NULL OR sums.settled + sums.released = 0
      OR sums.paid - sums.recovered < sums.settled) THEN
    refusal := 'recovered_within_paid';
    remains := CASE WHEN sums.settled + sums.released = 0 THEN 0
      ELSE sums.paid - sums.settled - sums.recovered + NEW.amount END;
  END IF;
  IF refusal IS NOT NULL THEN
    RAISE EXCEPTION 'grant % would not add up', NEW.grant_id
      USING ERRCODE = '23514', CONSTRAINT = refusal, TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('granted', euro_text(sums.granted),
        'paid', euro_text(sums.paid), 'settled', euro_text(sums.settled),
        'left', euro_text(greatest(remains, 0)));
  END IF;
  RETURN NULL;
END $$;
"""

COUNTER = """
CREATE FUNCTION guard_counter() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'only the guards write the counter of an envelope'
      USING ERRCODE = '23514', CONSTRAINT = 'counter_kept', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""

DROP = """
DROP FUNCTION guard_counter();
DROP FUNCTION guard_grant_entry();
DROP FUNCTION guard_counted();
DROP FUNCTION guard_entered();
DROP FUNCTION envelope_of_grant(bigint);
DROP FUNCTION euro_text(numeric);
"""

FILL = """
INSERT INTO funds_envelopecounter (envelope_id, ceiling, committed, entries)
SELECT e.id,
  e.amount + coalesce((SELECT sum(m.amount) FROM funds_envelopemutation m
                       WHERE m.envelope_id = e.id AND m.condition = ''), 0),
  coalesce((SELECT sum(g.amount) FROM funds_grant g
            JOIN funds_applicationline l ON l.id = g.line_id
            JOIN funds_application a ON a.id = l.application_id WHERE a.envelope_id = e.id), 0),
  0
FROM funds_envelope e;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0007_withdrawals'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(EURO + OF_GRANT + ENTERED + COUNTED + LIFE + COUNTER, DROP),
        migrations.CreateModel(
            name='EnvelopeCounter',
            fields=[
                ('envelope', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='counter', serialize=False, to='funds.envelope', verbose_name='ruimte')),
                ('ceiling', models.DecimalField(decimal_places=2, editable=False, max_digits=16, verbose_name='plafond')),
                ('committed', models.DecimalField(decimal_places=2, editable=False, max_digits=16, verbose_name='vastgelegd')),
                ('entries', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='aantal boekingen')),
            ],
            options={
                'verbose_name': 'teller van een ruimte',
                'verbose_name_plural': 'tellers van ruimtes',
            },
        ),
        migrations.CreateModel(
            name='GrantEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('wijziging', 'wijziging'), ('voorschot', 'voorschot'), ('eindbetaling', 'eindbetaling'), ('vaststelling', 'vaststelling'), ('terugvordering', 'terugvordering')], max_length=16, verbose_name='soort')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('amount', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='bedrag')),
                ('released_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('released', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default=djmoney.money.Money(0, 'EUR'), default_currency='EUR', max_digits=14, verbose_name='vrijgevallen')),
                ('realised_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('realised', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, null=True, verbose_name='gerealiseerd')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='besluit')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reden')),
                ('reference', models.CharField(blank=True, max_length=80, verbose_name='betalingskenmerk')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
            ],
            options={
                'verbose_name': 'boeking op een beschikking',
                'verbose_name_plural': 'boekingen op beschikkingen',
                'ordering': ['dated_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='GrantEntryEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('wijziging', 'wijziging'), ('voorschot', 'voorschot'), ('eindbetaling', 'eindbetaling'), ('vaststelling', 'vaststelling'), ('terugvordering', 'terugvordering')], max_length=16, verbose_name='soort')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('amount', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='bedrag')),
                ('released_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('released', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default=djmoney.money.Money(0, 'EUR'), default_currency='EUR', max_digits=14, verbose_name='vrijgevallen')),
                ('realised_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('realised', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, null=True, verbose_name='gerealiseerd')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='besluit')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reden')),
                ('reference', models.CharField(blank=True, max_length=80, verbose_name='betalingskenmerk')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fund',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fund',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fund',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grant',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grant',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grant',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='fund',
            name='locked_until',
            field=models.DateField(blank=True, help_text='Boekingen op of voor deze dag komen er niet meer bij.', null=True, verbose_name='afgesloten tot en met'),
        ),
        migrations.AddField(
            model_name='fundevent',
            name='locked_until',
            field=models.DateField(blank=True, help_text='Boekingen op of voor deze dag komen er niet meer bij.', null=True, verbose_name='afgesloten tot en met'),
        ),
        migrations.AddField(
            model_name='grant',
            name='answers',
            field=models.JSONField(blank=True, default=list, verbose_name='antwoorden van de regels'),
        ),
        migrations.AddField(
            model_name='grant',
            name='entered_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        migrations.AddField(
            model_name='grantevent',
            name='answers',
            field=models.JSONField(blank=True, default=list, verbose_name='antwoorden van de regels'),
        ),
        migrations.AddField(
            model_name='grantevent',
            name='entered_by',
            field=models.ForeignKey(blank=True, editable=False, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='entered', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_entered()', func='RETURN NULL;', hash='4763b0a36ad8f2b4a72c432acc6aac1683863d3f', operation='INSERT', pgid='pgtrigger_entered_e9b35', table='funds_application', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='envelope',
            trigger=pgtrigger.compiler.Trigger(name='entered', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_entered()', func='RETURN NULL;', hash='5cbf0be51c06180175fe4b6174a3fd6cd89692be', operation='INSERT', pgid='pgtrigger_entered_e8048', table='funds_envelope', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='envelope',
            trigger=pgtrigger.compiler.Trigger(name='counted', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_counted()', func='RETURN NULL;', hash='a0fa7b3928f70ca15c295a30ee24eb55b55d1e9c', operation='INSERT', pgid='pgtrigger_counted_92de7', table='funds_envelope', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='envelopemutation',
            trigger=pgtrigger.compiler.Trigger(name='entered', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_entered()', func='RETURN NULL;', hash='a7774171d904fe054d52e0d4e1af2adec7022eb1', operation='INSERT', pgid='pgtrigger_entered_166c7', table='funds_envelopemutation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='envelopemutation',
            trigger=pgtrigger.compiler.Trigger(name='counted', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_counted()', func='RETURN NULL;', hash='6ea73f28ed16b4d9df5567022be2db81290fc0dd', operation='INSERT', pgid='pgtrigger_counted_83db6', table='funds_envelopemutation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fund',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_fundevent" ("ends_on", "id", "legal_basis", "locked_until", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regime", "slug", "starts_on") SELECT new_values."ends_on", new_values."id", new_values."legal_basis", new_values."locked_until", new_values."name", new_values."owner_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."regime", new_values."slug", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5d10010a53f7c4d5ece3b7d9827b779947607883', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_77452', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_fund', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fund',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_fundevent" ("ends_on", "id", "legal_basis", "locked_until", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regime", "slug", "starts_on") SELECT new_values."ends_on", new_values."id", new_values."legal_basis", new_values."locked_until", new_values."name", new_values."owner_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."regime", new_values."slug", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1b74e8e2afed908ca0b88e0ccddfb4285886760d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_29cb6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_fund', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fund',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_fundevent" ("ends_on", "id", "legal_basis", "locked_until", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regime", "slug", "starts_on") SELECT old_values."ends_on", old_values."id", old_values."legal_basis", old_values."locked_until", old_values."name", old_values."owner_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."regime", old_values."slug", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f4ea79dda12249252ee167ab439044c041f583f7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d323f', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_fund', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='entered', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_entered()', func='RETURN NULL;', hash='2f8b43a1e77afe586dcac87efd58c62e42c1db74', operation='INSERT', pgid='pgtrigger_entered_7a768', table='funds_grant', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='counted', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_counted()', func='RETURN NULL;', hash='2a102ec9fe49b8d9a8b717f262a0a71bc10eacab', operation='INSERT', pgid='pgtrigger_counted_90bd9', table='funds_grant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantevent" ("amount", "amount_currency", "answers", "dated_on", "decision", "entered_at", "entered_by_id", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."amount", new_values."amount_currency", new_values."answers", new_values."dated_on", new_values."decision", new_values."entered_at", new_values."entered_by_id", new_values."id", new_values."line_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='53e3da0aae0878eb55189b9a4816864260d68e5f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3c238', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_grant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantevent" ("amount", "amount_currency", "answers", "dated_on", "decision", "entered_at", "entered_by_id", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."amount", new_values."amount_currency", new_values."answers", new_values."dated_on", new_values."decision", new_values."entered_at", new_values."entered_by_id", new_values."id", new_values."line_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4fbbee90b9409929836d8a6159667c7c37635060', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9b1d7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_grant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantevent" ("amount", "amount_currency", "answers", "dated_on", "decision", "entered_at", "entered_by_id", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."amount", old_values."amount_currency", old_values."answers", old_values."dated_on", old_values."decision", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."line_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8ab8f96acc63099c6de31503cb174c3e24642428', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5b277', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_grant', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='envelopecounter',
            constraint=models.CheckConstraint(condition=models.Q(('committed__lte', models.F('ceiling'))), name='funds_counter_ceiling', violation_error_message='Zoveel is er niet meer beschikbaar; beschik hoogstens wat er nog is.'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='envelopecounter',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_counter()', func='RETURN NULL;', hash='58371ab222978b3518f9ed3efc70485c5c2b7088', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_kept_adfe3', table='funds_envelopecounter', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='grantentry',
            name='corrects',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='funds.grantentry', verbose_name='neemt terug'),
        ),
        migrations.AddField(
            model_name='grantentry',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grant_entries', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        migrations.AddField(
            model_name='grantentry',
            name='fund',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='funds.fund', verbose_name='fonds'),
        ),
        migrations.AddField(
            model_name='grantentry',
            name='grant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='funds.grant', verbose_name='beschikking'),
        ),
        migrations.AddField(
            model_name='grantentryevent',
            name='corrects',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.grantentry', verbose_name='neemt terug'),
        ),
        migrations.AddField(
            model_name='grantentryevent',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        migrations.AddField(
            model_name='grantentryevent',
            name='fund',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.fund', verbose_name='fonds'),
        ),
        migrations.AddField(
            model_name='grantentryevent',
            name='grant',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.grant', verbose_name='beschikking'),
        ),
        migrations.AddField(
            model_name='grantentryevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='grantentryevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funds.grantentry'),
        ),
        migrations.AddConstraint(
            model_name='grantentry',
            constraint=models.CheckConstraint(condition=models.Q(('amount_currency', 'EUR'), ('amount_currency__isnull', False), models.Q(('amount__isnull', True), ('amount__lt', Decimal('1000000000000')), _connector='OR')), name='funds_entry_amount', violation_error_message='Een bedrag is in euro’s en kleiner dan duizend miljard.'),
        ),
        migrations.AddConstraint(
            model_name='grantentry',
            constraint=models.CheckConstraint(condition=models.Q(('released_currency', 'EUR'), ('released_currency__isnull', False), models.Q(('released__isnull', True), ('released__lt', Decimal('1000000000000')), _connector='OR')), name='funds_entry_released_amount', violation_error_message='Een bedrag is in euro’s en kleiner dan duizend miljard.'),
        ),
        migrations.AddConstraint(
            model_name='grantentry',
            constraint=models.CheckConstraint(condition=models.Q(('realised_currency', 'EUR'), ('realised_currency__isnull', False), models.Q(('realised__isnull', True), models.Q(('realised__lt', Decimal('1000000000000')), ('realised__gte', 0)), _connector='OR')), name='funds_entry_realised_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'),
        ),
        migrations.AddConstraint(
            model_name='grantentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['wijziging', 'voorschot', 'eindbetaling', 'vaststelling', 'terugvordering'])), name='funds_entry_kind', violation_error_message='Kies een soort boeking uit de lijst.'),
        ),
        migrations.AddConstraint(
            model_name='grantentry',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', False), models.Q(('kind', 'wijziging'), models.Q(('amount', 0), _negated=True)), models.Q(('kind', 'vaststelling'), ('amount__gte', 0), ('released__gte', 0)), models.Q(('kind__in', ('voorschot', 'eindbetaling', 'terugvordering')), ('amount__gt', 0)), _connector='OR'), name='funds_entry_sign', violation_error_message='Een betaling of terugvordering is meer dan nul, en een wijziging verandert iets; vul dat bedrag in.'),
        ),
        migrations.AddConstraint(
            model_name='grantentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'vaststelling'), models.Q(('realised__isnull', True), ('released', 0)), _connector='OR'), name='funds_entry_settlement', violation_error_message='Alleen een vaststelling noemt wat er gerealiseerd is en wat er vrijvalt.'),
        ),
        migrations.AddConstraint(
            model_name='grantentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('kind__in', ('voorschot', 'eindbetaling', 'terugvordering'))), models.Q(('reason', ''), _negated=True), _connector='OR'), name='funds_entry_reason', violation_error_message='Een wijziging, vaststelling of correctie heeft een reden nodig; vul die in.'),
        ),
        migrations.AddConstraint(
            model_name='grantentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('kind__in', ('voorschot', 'eindbetaling')), models.Q(('reference', ''), _negated=True)), models.Q(models.Q(('corrects__isnull', True), ('kind__in', ('voorschot', 'eindbetaling')), _negated=True), ('reference', '')), _connector='OR'), name='funds_entry_reference', violation_error_message='Een betaling heeft een betalingskenmerk nodig, en alleen een betaling.'),
        ),
        migrations.AddConstraint(
            model_name='grantentry',
            constraint=models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('fund', 'reference'), name='funds_entry_once', violation_error_message='In dit fonds staat al een betaling met dit betalingskenmerk; gebruik een ander kenmerk, of betaal niet nog een keer.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantentry',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('entry_append_only')", func='RETURN NULL;', hash='f40a2310f0bb1beb61078eb42b3073c8cf460894', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0df1d', table='funds_grantentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantentry',
            trigger=pgtrigger.compiler.Trigger(name='entered', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_entered()', func='RETURN NULL;', hash='2fc12c04fcfb1775f57c990117da23411ee1a05c', operation='INSERT', pgid='pgtrigger_entered_9997a', table='funds_grantentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantentry',
            trigger=pgtrigger.compiler.Trigger(name='counted', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_counted()', func='RETURN NULL;', hash='60c4dad052db996fc0dfbf9c9bbffa625eb34c95', operation='INSERT', pgid='pgtrigger_counted_ae13d', table='funds_grantentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantentry',
            trigger=pgtrigger.compiler.Trigger(name='within_grant', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_grant_entry()', func='RETURN NULL;', hash='e2dee318381a333df6b882c9979cfa9a720bb893', operation='INSERT', pgid='pgtrigger_within_grant_9e83e', table='funds_grantentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantentry',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantentryevent" ("amount", "amount_currency", "corrects_id", "dated_on", "decision", "entered_at", "entered_by_id", "fund_id", "grant_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "realised", "realised_currency", "reason", "reference", "released", "released_currency") SELECT new_values."amount", new_values."amount_currency", new_values."corrects_id", new_values."dated_on", new_values."decision", new_values."entered_at", new_values."entered_by_id", new_values."fund_id", new_values."grant_id", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."realised", new_values."realised_currency", new_values."reason", new_values."reference", new_values."released", new_values."released_currency" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='224620f8f8c448ca5fa36d0376eb10a2e1bb8b52', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a1c7e', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_grantentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantentry',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantentryevent" ("amount", "amount_currency", "corrects_id", "dated_on", "decision", "entered_at", "entered_by_id", "fund_id", "grant_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "realised", "realised_currency", "reason", "reference", "released", "released_currency") SELECT new_values."amount", new_values."amount_currency", new_values."corrects_id", new_values."dated_on", new_values."decision", new_values."entered_at", new_values."entered_by_id", new_values."fund_id", new_values."grant_id", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."realised", new_values."realised_currency", new_values."reason", new_values."reference", new_values."released", new_values."released_currency" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ebaf261fd0b1c669cdbedbe6e03b78f234e0ac36', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c7196', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_grantentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantentry',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantentryevent" ("amount", "amount_currency", "corrects_id", "dated_on", "decision", "entered_at", "entered_by_id", "fund_id", "grant_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "realised", "realised_currency", "reason", "reference", "released", "released_currency") SELECT old_values."amount", old_values."amount_currency", old_values."corrects_id", old_values."dated_on", old_values."decision", old_values."entered_at", old_values."entered_by_id", old_values."fund_id", old_values."grant_id", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."realised", old_values."realised_currency", old_values."reason", old_values."reference", old_values."released", old_values."released_currency" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ac90a955f1a1ff9b419de041ead23cb365c84c41', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_99bf0', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_grantentry', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='grantentryevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_grant_pgh_cre_185cb7_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantentryevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='80ae912a07a0cc76e5c03a231e2ef9a8cd5d939c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fdc8b', table='funds_grantentryevent', when='BEFORE')),
        ),
    ]
