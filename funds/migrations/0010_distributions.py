"""Amounts divided over municipalities, and the reserve of a fund, with their guards.

The turn and the sums per day of the reserve are those of the envelopes (`0008`): whoever
moves it first updates its counter. A distribution is whole at its commit: tranches add up
to the amount, shares to their tranche, and their numbers say that nothing comes later.
"""

import django.db.models.deletion
import djmoney.models.fields
import funds.money
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

ENTERED = """
CREATE FUNCTION guard_fund_entered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  entry jsonb := to_jsonb(NEW);
  day date := (entry ->> 'dated_on')::date;
  owner bigint := (entry ->> 'fund_id')::bigint;
  moves boolean := TG_TABLE_NAME = 'funds_reservemovement';
  closed date;
BEGIN
  IF TG_TABLE_NAME = 'funds_distributiontranche' THEN
    SELECT d.fund_id, d.from_reserve INTO owner, moves FROM funds_distribution d
      WHERE d.id = (entry ->> 'distribution_id')::bigint;
  END IF;
  SELECT f.locked_until INTO closed FROM funds_fund f WHERE f.id = owner FOR SHARE;
  IF day <= closed THEN
    RAISE EXCEPTION 'entry of % is in a locked period', day
      USING ERRCODE = '23514', CONSTRAINT = 'entry_locked', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('day', to_char(day, 'DD-MM-YYYY'),
        'locked_until', to_char(closed, 'DD-MM-YYYY'));
  END IF;
  IF moves THEN
    INSERT INTO funds_reservecounter AS c (fund_id, rest, entries) VALUES (owner, 0, 1)
      ON CONFLICT (fund_id) DO UPDATE SET entries = c.entries + 1;
  END IF;
  IF entry ? 'entered_at' THEN
    NEW.entered_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
"""

RESERVE = """
CREATE FUNCTION guard_reserve() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  entry jsonb := to_jsonb(NEW);
  owner bigint := (entry ->> 'fund_id')::bigint;
  delta numeric := NEW.amount;
  from_reserve boolean := true;
  other record;
  begins date;
  worst record;
BEGIN
  IF TG_TABLE_NAME = 'funds_distributiontranche' THEN
    SELECT d.fund_id, d.from_reserve INTO owner, from_reserve FROM funds_distribution d
      WHERE d.id = (entry ->> 'distribution_id')::bigint;
    delta := -NEW.amount;
  ELSIF entry ->> 'corrects_id' IS NOT NULL THEN
    SELECT * INTO other FROM funds_reservemovement
      WHERE id = (entry ->> 'corrects_id')::bigint;
    IF other.corrects_id IS NOT NULL OR NEW.dated_on < other.dated_on
        OR (other.fund_id, other.kind, -other.amount)
        IS DISTINCT FROM (owner, (entry ->> 'kind')::varchar, NEW.amount) THEN
      RAISE EXCEPTION 'a correction takes back exactly one movement'
        USING ERRCODE = '23514', CONSTRAINT = 'reserve_correction', TABLE = TG_TABLE_NAME;
    END IF;
  END IF;
  IF NOT from_reserve THEN RETURN NULL; END IF;
  SELECT day, rest INTO worst FROM (
    SELECT day, sum(moved) OVER (ORDER BY day) AS rest FROM (
      SELECT m.dated_on AS day, m.amount AS moved FROM funds_reservemovement m
        WHERE m.fund_id = owner
      UNION ALL
      SELECT t.dated_on, -t.amount FROM funds_distribution d
        JOIN funds_distributiontranche t ON t.distribution_id = d.id
        WHERE d.fund_id = owner AND d.from_reserve) AS moves
    ) AS sums
    WHERE day >= NEW.dated_on ORDER BY rest, day LIMIT 1;
  IF worst.rest < 0 THEN
    RAISE EXCEPTION 'reserve of fund % is % short on %', owner, -worst.rest, worst.day
      USING ERRCODE = '23514', CONSTRAINT = 'reserve_below_zero', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('day', to_char(worst.day, 'DD-MM-YYYY'),
        'taken', euro_text(-delta), 'left', euro_text(greatest(worst.rest - delta, 0)));
  END IF;
  SELECT max(m.dated_on) INTO begins FROM funds_reservemovement m
    WHERE m.fund_id = owner AND m.kind = 'beginstand' AND m.corrects_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM funds_reservemovement c WHERE c.corrects_id = m.id);
  IF EXISTS (
    SELECT 1 FROM funds_reservemovement m
      WHERE m.fund_id = owner AND m.kind = 'beginstand' AND m.corrects_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM funds_reservemovement c WHERE c.corrects_id = m.id)
      OFFSET 1)
    OR EXISTS (SELECT 1 FROM funds_reservemovement m
      WHERE m.fund_id = owner AND m.kind <> 'beginstand' AND m.dated_on < begins)
    OR EXISTS (SELECT 1 FROM funds_distribution d
      JOIN funds_distributiontranche t ON t.distribution_id = d.id
      WHERE d.fund_id = owner AND d.from_reserve AND t.dated_on < begins) THEN
    RAISE EXCEPTION 'a reserve begins once, before anything else'
      USING ERRCODE = '23514', CONSTRAINT = 'reserve_begin', TABLE = TG_TABLE_NAME;
  END IF;
  UPDATE funds_reservecounter SET rest = rest + delta WHERE fund_id = owner;
  RETURN NULL;
END $$;
"""

SUMS = """
CREATE FUNCTION guard_tranche(part bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  tranche record;
  whole record;
  sums record;
BEGIN
  SELECT * INTO tranche FROM funds_distributiontranche WHERE id = part;
  SELECT * INTO whole FROM funds_distribution WHERE id = tranche.distribution_id;
  SELECT coalesce(sum(amount), 0) AS found, count(*) AS shares,
      coalesce(bool_or(amount * sign(whole.amount) < 0), false) AS is_against,
      coalesce(bool_or(amount <> trunc(amount)), false) AS has_cents
    INTO sums FROM funds_distributionshare WHERE tranche_id = part;
  IF sums.found <> tranche.amount THEN
    RAISE EXCEPTION 'shares of tranche % come to %, not %', part, sums.found, tranche.amount
      USING ERRCODE = '23514', CONSTRAINT = 'distribution_shares',
      TABLE = 'funds_distributionshare',
      DETAIL = json_build_object('tranche', tranche.number, 'found', euro_text(sums.found),
        'expected', euro_text(tranche.amount));
  END IF;
  IF sums.shares <> whole.share_count THEN
    RAISE EXCEPTION 'tranche % has % shares, not %', part, sums.shares, whole.share_count
      USING ERRCODE = '23514', CONSTRAINT = 'distribution_closed',
      TABLE = 'funds_distributionshare',
      DETAIL = json_build_object('found', sums.shares, 'expected', whole.share_count);
  END IF;
  IF sums.is_against OR tranche.amount * sign(whole.amount) <= 0 THEN
    RAISE EXCEPTION 'tranche % gives and takes', part
      USING ERRCODE = '23514', CONSTRAINT = 'distribution_sign',
      TABLE = 'funds_distributionshare';
  END IF;
  IF whole.unit = 'euro' AND sums.has_cents THEN
    RAISE EXCEPTION 'tranche % has cents', part
      USING ERRCODE = '23514', CONSTRAINT = 'distribution_unit',
      TABLE = 'funds_distributionshare';
  END IF;
END $$;

CREATE FUNCTION guard_distribution() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  whole record;
  sums record;
  place record;
BEGIN
  IF TG_TABLE_NAME = 'funds_distributionshare' THEN
    PERFORM guard_tranche(NEW.tranche_id);
    SELECT d.* INTO whole FROM funds_distributiontranche t
      JOIN funds_distribution d ON d.id = t.distribution_id WHERE t.id = NEW.tranche_id;
    SELECT * INTO place FROM municipalities_municipality WHERE id = NEW.municipality_id;
    IF whole.corrects_id IS NULL AND (whole.decided_on < place.valid_from
        OR whole.decided_on > place.valid_until) THEN
      RAISE EXCEPTION 'municipality % is not valid on %', place.code, whole.decided_on
        USING ERRCODE = '23514', CONSTRAINT = 'distribution_municipality',
        TABLE = TG_TABLE_NAME,
        DETAIL = json_build_object('municipality', place.name,
          'day', to_char(whole.decided_on, 'DD-MM-YYYY'));
    END IF;
    RETURN NULL;
  END IF;
  IF TG_TABLE_NAME = 'funds_distributiontranche' THEN
    PERFORM guard_tranche(NEW.id);
    SELECT * INTO whole FROM funds_distribution WHERE id = NEW.distribution_id;
  ELSE
    SELECT * INTO whole FROM funds_distribution WHERE id = NEW.id;
  END IF;
  SELECT coalesce(sum(amount), 0) AS found, count(*) AS tranches, min(dated_on) AS first
    INTO sums FROM funds_distributiontranche WHERE distribution_id = whole.id;
  IF sums.found <> whole.amount THEN
    RAISE EXCEPTION 'tranches of distribution % come to %', whole.id, sums.found
      USING ERRCODE = '23514', CONSTRAINT = 'distribution_tranches', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('found', euro_text(sums.found),
        'expected', euro_text(whole.amount));
  END IF;
  IF sums.tranches <> whole.tranche_count THEN
    RAISE EXCEPTION 'distribution % has % tranches', whole.id, sums.tranches
      USING ERRCODE = '23514', CONSTRAINT = 'distribution_closed', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('found', sums.tranches, 'expected', whole.tranche_count);
  END IF;
  IF sums.first < whole.decided_on THEN
    RAISE EXCEPTION 'tranche of % is before the decision', sums.first
      USING ERRCODE = '23514', CONSTRAINT = 'distribution_day', TABLE = TG_TABLE_NAME,
      DETAIL = json_build_object('day', to_char(sums.first, 'DD-MM-YYYY'),
        'decided', to_char(whole.decided_on, 'DD-MM-YYYY'));
  END IF;
  IF TG_TABLE_NAME = 'funds_distribution' AND whole.corrects_id IS NOT NULL
      AND NOT takes_back(whole.id, whole.corrects_id) THEN
    RAISE EXCEPTION 'distribution % does not take back %', whole.id, whole.corrects_id
      USING ERRCODE = '23514', CONSTRAINT = 'distribution_correction', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION takes_back(opposite bigint, original bigint) RETURNS boolean
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RETURN EXISTS (
      SELECT 1 FROM funds_distribution n JOIN funds_distribution o ON o.id = original
        WHERE n.id = opposite AND o.corrects_id IS NULL
          AND (n.fund_id, n.region_id, n.from_reserve, n.unit, n.amount)
            = (o.fund_id, o.region_id, o.from_reserve, o.unit, -o.amount))
    AND NOT EXISTS (
      SELECT 1 FROM (
          SELECT t.number, t.dated_on, s.municipality_id, s.amount
            FROM funds_distributiontranche t JOIN funds_distributionshare s
              ON s.tranche_id = t.id WHERE t.distribution_id = original) AS o
        FULL JOIN (
          SELECT t.number, t.dated_on, s.municipality_id, s.amount
            FROM funds_distributiontranche t JOIN funds_distributionshare s
              ON s.tranche_id = t.id WHERE t.distribution_id = opposite) AS n
        USING (number, municipality_id)
        WHERE n.amount IS DISTINCT FROM -o.amount OR n.dated_on < o.dated_on);
END $$;
"""

DROP = """
DROP FUNCTION takes_back(bigint, bigint);
DROP FUNCTION guard_distribution();
DROP FUNCTION guard_tranche(bigint);
DROP FUNCTION guard_reserve();
DROP FUNCTION guard_fund_entered();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0009_rounds_of_known_amounts'),
        ('municipalities', '0007_mailing'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(ENTERED + RESERVE + SUMS, DROP),
        migrations.CreateModel(
            name='ReserveMovement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('beginstand', 'beginstand'), ('toevoeging', 'toevoeging'), ('onttrekking', 'onttrekking')], max_length=12, verbose_name='soort')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('amount', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='bedrag')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('reason', models.CharField(max_length=200, verbose_name='reden')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='besluit')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
            ],
            options={
                'verbose_name': 'boeking op de reserve',
                'verbose_name_plural': 'boekingen op de reserve',
                'ordering': ['dated_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReserveMovementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('beginstand', 'beginstand'), ('toevoeging', 'toevoeging'), ('onttrekking', 'onttrekking')], max_length=12, verbose_name='soort')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('amount', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='bedrag')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('reason', models.CharField(max_length=200, verbose_name='reden')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='besluit')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Distribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='omschrijving')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('amount', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='bedrag')),
                ('unit', models.CharField(choices=[('euro', 'hele euro’s'), ('cent', 'centen')], max_length=4, verbose_name='eenheid')),
                ('decided_on', models.DateField(verbose_name='besloten op')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='besluit')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reden')),
                ('from_reserve', models.BooleanField(default=False, verbose_name='uit de reserve')),
                ('proof', models.JSONField(blank=True, default=dict, verbose_name='bewijs')),
                ('tranche_count', models.PositiveSmallIntegerField(editable=False, verbose_name='aantal tranches')),
                ('share_count', models.PositiveSmallIntegerField(editable=False, verbose_name='aantal gemeenten')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='funds.distribution', verbose_name='neemt terug')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='distributions', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='distributions', to='funds.fund', verbose_name='fonds')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='distributions', to='municipalities.region', verbose_name='regio')),
            ],
            options={
                'verbose_name': 'verdeling',
                'verbose_name_plural': 'verdelingen',
                'ordering': ['-decided_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DistributionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=120, verbose_name='omschrijving')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('amount', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='bedrag')),
                ('unit', models.CharField(choices=[('euro', 'hele euro’s'), ('cent', 'centen')], max_length=4, verbose_name='eenheid')),
                ('decided_on', models.DateField(verbose_name='besloten op')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='besluit')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reden')),
                ('from_reserve', models.BooleanField(default=False, verbose_name='uit de reserve')),
                ('proof', models.JSONField(blank=True, default=dict, verbose_name='bewijs')),
                ('tranche_count', models.PositiveSmallIntegerField(editable=False, verbose_name='aantal tranches')),
                ('share_count', models.PositiveSmallIntegerField(editable=False, verbose_name='aantal gemeenten')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
                ('corrects', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.distribution', verbose_name='neemt terug')),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door')),
                ('fund', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.fund', verbose_name='fonds')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funds.distribution')),
                ('region', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.region', verbose_name='regio')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DistributionTranche',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='nummer')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('amount', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='bedrag')),
                ('distribution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tranches', to='funds.distribution', verbose_name='verdeling')),
            ],
            options={
                'verbose_name': 'tranche',
                'verbose_name_plural': 'tranches',
                'ordering': ['distribution', 'number'],
            },
        ),
        migrations.CreateModel(
            name='DistributionShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('amount', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='bedrag')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='distribution_shares', to='municipalities.municipality', verbose_name='gemeente')),
                ('tranche', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='funds.distributiontranche', verbose_name='tranche')),
            ],
            options={
                'verbose_name': 'deel van een verdeling',
                'verbose_name_plural': 'delen van verdelingen',
                'ordering': ['tranche', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReserveCounter',
            fields=[
                ('fund', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='reserve_counter', serialize=False, to='funds.fund', verbose_name='fonds')),
                ('rest', models.DecimalField(decimal_places=2, editable=False, max_digits=16, verbose_name='stand')),
                ('entries', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='aantal boekingen')),
            ],
            options={
                'verbose_name': 'teller van een reserve',
                'verbose_name_plural': 'tellers van reserves',
                'constraints': [models.CheckConstraint(condition=models.Q(('rest__gte', 0)), name='funds_reserve_rest', violation_error_message='Zoveel zit er niet meer in de reserve; neem er hoogstens uit wat er nog is.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservecounter',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_counter()', func='RETURN NULL;', hash='783b124349e2da7085d64db5de367c60e0b040fa', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_kept_e0ac1', table='funds_reservecounter', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='reservemovement',
            name='corrects',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='funds.reservemovement', verbose_name='neemt terug'),
        ),
        migrations.AddField(
            model_name='reservemovement',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reserve_movements', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        migrations.AddField(
            model_name='reservemovement',
            name='fund',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reserve_movements', to='funds.fund', verbose_name='fonds'),
        ),
        migrations.AddField(
            model_name='reservemovementevent',
            name='corrects',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.reservemovement', verbose_name='neemt terug'),
        ),
        migrations.AddField(
            model_name='reservemovementevent',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingevoerd door'),
        ),
        migrations.AddField(
            model_name='reservemovementevent',
            name='fund',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.fund', verbose_name='fonds'),
        ),
        migrations.AddField(
            model_name='reservemovementevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='reservemovementevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funds.reservemovement'),
        ),
        migrations.AddConstraint(
            model_name='distribution',
            constraint=models.CheckConstraint(condition=models.Q(('amount_currency', 'EUR'), ('amount_currency__isnull', False), models.Q(('amount__isnull', True), ('amount__lt', Decimal('1000000000000')), _connector='OR')), name='funds_distribution_amount', violation_error_message='Een bedrag is in euro’s en kleiner dan duizend miljard.'),
        ),
        migrations.AddConstraint(
            model_name='distribution',
            constraint=models.CheckConstraint(condition=models.Q(('unit__in', ['euro', 'cent'])), name='funds_distribution_unit', violation_error_message='Verdeel in hele euro’s of in centen.'),
        ),
        migrations.AddConstraint(
            model_name='distribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('corrects__isnull', True)), models.Q(('amount__lt', 0), ('corrects__isnull', False)), _connector='OR'), name='funds_distribution_amount_sign', violation_error_message='Verdeel meer dan nul; vul dat bedrag in.'),
        ),
        migrations.AddConstraint(
            model_name='distribution',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='funds_distribution_reason', violation_error_message='Schrijf op waarom de verdeling wordt teruggenomen.'),
        ),
        migrations.AddConstraint(
            model_name='distribution',
            constraint=models.CheckConstraint(condition=models.Q(('from_reserve', False), ('corrects__isnull', False), models.Q(('decision', ''), _negated=True), _connector='OR'), name='funds_distribution_decision', violation_error_message='Wat uit de reserve komt, heeft een besluit nodig; vul in welk.'),
        ),
        migrations.AddConstraint(
            model_name='distribution',
            constraint=models.CheckConstraint(condition=models.Q(('share_count__gte', 1), ('tranche_count__gte', 1)), name='funds_distribution_parts', violation_error_message='Verdeel over minstens één gemeente.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distribution',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('distribution_append_only')", func='RETURN NULL;', hash='1c0fc52aa0038690ca3b848755dcdc1c0964a0e7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_58c2c', table='funds_distribution', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distribution',
            trigger=pgtrigger.compiler.Trigger(name='entered', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_fund_entered()', func='RETURN NULL;', hash='bcd6244167baff4fbb8c651a46233729eb2a18a0', operation='INSERT', pgid='pgtrigger_entered_9fdf2', table='funds_distribution', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distribution',
            trigger=pgtrigger.compiler.Trigger(name='adds_up', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_distribution()', func='RETURN NULL;', hash='d691440ae50532b7ca58e1c44a73eaa752f30569', operation='INSERT', pgid='pgtrigger_adds_up_ff6db', table='funds_distribution', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distribution',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_distributionevent" ("amount", "amount_currency", "corrects_id", "decided_on", "decision", "entered_at", "entered_by_id", "from_reserve", "fund_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "reason", "region_id", "share_count", "title", "tranche_count", "unit") SELECT new_values."amount", new_values."amount_currency", new_values."corrects_id", new_values."decided_on", new_values."decision", new_values."entered_at", new_values."entered_by_id", new_values."from_reserve", new_values."fund_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proof", new_values."reason", new_values."region_id", new_values."share_count", new_values."title", new_values."tranche_count", new_values."unit" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='242d8c4fcdf8647ef8007486d31fb5379eda28fe', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2db05', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_distribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distribution',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_distributionevent" ("amount", "amount_currency", "corrects_id", "decided_on", "decision", "entered_at", "entered_by_id", "from_reserve", "fund_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "reason", "region_id", "share_count", "title", "tranche_count", "unit") SELECT new_values."amount", new_values."amount_currency", new_values."corrects_id", new_values."decided_on", new_values."decision", new_values."entered_at", new_values."entered_by_id", new_values."from_reserve", new_values."fund_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proof", new_values."reason", new_values."region_id", new_values."share_count", new_values."title", new_values."tranche_count", new_values."unit" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f3013c89bdd5cf5d85be089d0b9a51d0e074e72a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f8ed8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_distribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distribution',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_distributionevent" ("amount", "amount_currency", "corrects_id", "decided_on", "decision", "entered_at", "entered_by_id", "from_reserve", "fund_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "reason", "region_id", "share_count", "title", "tranche_count", "unit") SELECT old_values."amount", old_values."amount_currency", old_values."corrects_id", old_values."decided_on", old_values."decision", old_values."entered_at", old_values."entered_by_id", old_values."from_reserve", old_values."fund_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proof", old_values."reason", old_values."region_id", old_values."share_count", old_values."title", old_values."tranche_count", old_values."unit" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1111d50da2824a83b65bfd1365d094656471f4df', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_fadff', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_distribution', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='distributionevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_distr_pgh_cre_8f63d4_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distributionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='00b6197f2e52baacf466f9dc41d6430de1bfcef1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d9597', table='funds_distributionevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='distributiontranche',
            constraint=models.CheckConstraint(condition=models.Q(('amount_currency', 'EUR'), ('amount_currency__isnull', False), models.Q(('amount__isnull', True), ('amount__lt', Decimal('1000000000000')), _connector='OR')), name='funds_tranche_amount', violation_error_message='Een bedrag is in euro’s en kleiner dan duizend miljard.'),
        ),
        migrations.AddConstraint(
            model_name='distributiontranche',
            constraint=models.UniqueConstraint(fields=('distribution', 'number'), name='funds_tranche_once', violation_error_message='Deze tranche staat er al.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distributiontranche',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('distribution_append_only')", func='RETURN NULL;', hash='21ea61908dbd74a5b3f647df29f73bb0da791c00', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_20710', table='funds_distributiontranche', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distributiontranche',
            trigger=pgtrigger.compiler.Trigger(name='entered', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_fund_entered()', func='RETURN NULL;', hash='d82c0b74ff3b434723af1a0b638fe4dcc32cf4f3', operation='INSERT', pgid='pgtrigger_entered_13295', table='funds_distributiontranche', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distributiontranche',
            trigger=pgtrigger.compiler.Trigger(name='counted', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_reserve()', func='RETURN NULL;', hash='240ff2dabf3db2efca36dbfa3d384f5d0dff6bf1', operation='INSERT', pgid='pgtrigger_counted_2216c', table='funds_distributiontranche', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distributiontranche',
            trigger=pgtrigger.compiler.Trigger(name='adds_up', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_distribution()', func='RETURN NULL;', hash='4241d07b4a65cd97596eb3e94761c8e0783a243e', operation='INSERT', pgid='pgtrigger_adds_up_d9e93', table='funds_distributiontranche', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='distributionshare',
            constraint=models.CheckConstraint(condition=models.Q(('amount_currency', 'EUR'), ('amount_currency__isnull', False), models.Q(('amount__isnull', True), ('amount__lt', Decimal('1000000000000')), _connector='OR')), name='funds_distribution_share_amount', violation_error_message='Een bedrag is in euro’s en kleiner dan duizend miljard.'),
        ),
        migrations.AddConstraint(
            model_name='distributionshare',
            constraint=models.UniqueConstraint(fields=('tranche', 'municipality'), name='funds_distribution_share_once', violation_error_message='Deze gemeente staat al in deze tranche.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distributionshare',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('distribution_append_only')", func='RETURN NULL;', hash='f4b6e5693b85abcd3f57481bd51cb4a96e9eb71c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ac8b1', table='funds_distributionshare', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distributionshare',
            trigger=pgtrigger.compiler.Trigger(name='adds_up', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_distribution()', func='RETURN NULL;', hash='3f871451ab680d4c60f34c2d33c75b953568e382', operation='INSERT', pgid='pgtrigger_adds_up_d052b', table='funds_distributionshare', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='reservemovement',
            constraint=models.CheckConstraint(condition=models.Q(('amount_currency', 'EUR'), ('amount_currency__isnull', False), models.Q(('amount__isnull', True), ('amount__lt', Decimal('1000000000000')), _connector='OR')), name='funds_reserve_amount', violation_error_message='Een bedrag is in euro’s en kleiner dan duizend miljard.'),
        ),
        migrations.AddConstraint(
            model_name='reservemovement',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['beginstand', 'toevoeging', 'onttrekking'])), name='funds_reserve_kind', violation_error_message='Kies een soort boeking uit de lijst.'),
        ),
        migrations.AddConstraint(
            model_name='reservemovement',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', False), models.Q(('amount__lt', 0), ('kind', 'onttrekking')), models.Q(('amount__gt', 0), ('kind__in', ('beginstand', 'toevoeging'))), _connector='OR'), name='funds_reserve_sign', violation_error_message='Boek meer dan nul; vul dat bedrag in.'),
        ),
        migrations.AddConstraint(
            model_name='reservemovement',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='funds_reserve_reason', violation_error_message='Schrijf op waarvoor deze boeking is.'),
        ),
        migrations.AddConstraint(
            model_name='reservemovement',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', False), models.Q(('decision', ''), _negated=True), _connector='OR'), name='funds_reserve_decision', violation_error_message='Een boeking op de reserve heeft een besluit nodig.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservemovement',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('reserve_append_only')", func='RETURN NULL;', hash='9e9bae6e256b252df3b7e7f4a57fc249b865e944', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_717dc', table='funds_reservemovement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservemovement',
            trigger=pgtrigger.compiler.Trigger(name='entered', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_fund_entered()', func='RETURN NULL;', hash='0a3ce696b2e8d626a0951d39299fdaeb149330cf', operation='INSERT', pgid='pgtrigger_entered_c82cf', table='funds_reservemovement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservemovement',
            trigger=pgtrigger.compiler.Trigger(name='counted', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_reserve()', func='RETURN NULL;', hash='e08f2ec0a6fa5e3f14fd890c5816ce44d10ac46d', operation='INSERT', pgid='pgtrigger_counted_2e8f7', table='funds_reservemovement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservemovement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_reservemovementevent" ("amount", "amount_currency", "corrects_id", "dated_on", "decision", "entered_at", "entered_by_id", "fund_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."amount", new_values."amount_currency", new_values."corrects_id", new_values."dated_on", new_values."decision", new_values."entered_at", new_values."entered_by_id", new_values."fund_id", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='45a217e81393273a272a94886bd53d3bbb29ff2f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0714e', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_reservemovement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservemovement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_reservemovementevent" ("amount", "amount_currency", "corrects_id", "dated_on", "decision", "entered_at", "entered_by_id", "fund_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."amount", new_values."amount_currency", new_values."corrects_id", new_values."dated_on", new_values."decision", new_values."entered_at", new_values."entered_by_id", new_values."fund_id", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='da02ae6fedc42278bffed2d5cdcf86ad7396c960', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_8246a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_reservemovement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservemovement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_reservemovementevent" ("amount", "amount_currency", "corrects_id", "dated_on", "decision", "entered_at", "entered_by_id", "fund_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT old_values."amount", old_values."amount_currency", old_values."corrects_id", old_values."dated_on", old_values."decision", old_values."entered_at", old_values."entered_by_id", old_values."fund_id", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ab3bda629212795d0fd3f94fc4e6155455d708d3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ca544', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_reservemovement', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='reservemovementevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_reser_pgh_cre_b98323_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservemovementevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='a61b1420d0a3874c6ca9dfc7ed3bd818e7313774', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8a90f', table='funds_reservemovementevent', when='BEFORE')),
        ),
    ]
