"""Earmarks: what of an envelope is kept free for a purpose, and at most granted in it.

Looked at per day, after the turn that `EnvelopeCounter` gives: entries of grants and
envelopes take it in `guard_entered`, an earmark takes it here. What is granted is held
without what was released, as the ceiling of the envelope does.
"""

import django.db.models.deletion
import djmoney.models.fields
import djmoney.money
import funds.money
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.db import migrations, models

DAYS = """
CREATE FUNCTION earmark_days(drawn bigint)
RETURNS TABLE (day date, name text, rest numeric, held numeric, lowest numeric, highest numeric)
LANGUAGE sql SET search_path FROM CURRENT AS $$
  WITH moves AS (
    SELECT e.dated_on AS day, NULL::text AS name, e.amount AS room, 0::numeric AS used
      FROM funds_envelope e WHERE e.id = drawn
    UNION ALL
    SELECT m.dated_on, NULL, m.amount, 0 FROM funds_envelopemutation m
      WHERE m.envelope_id = drawn AND m.condition = ''
    UNION ALL
    SELECT g.dated_on, k.name, -g.amount, g.amount FROM funds_grant g
      JOIN funds_applicationline l ON l.id = g.line_id
      JOIN funds_application a ON a.id = l.application_id
      LEFT JOIN funds_earmark k ON k.id = g.earmark_id WHERE a.envelope_id = drawn
    UNION ALL
    SELECT x.dated_on, k.name, -x.used, x.used FROM (
        SELECT grant_id, dated_on,
          CASE kind WHEN 'wijziging' THEN amount ELSE -released END AS used
          FROM funds_grantentry WHERE kind IN ('wijziging', 'vaststelling')) AS x
      JOIN funds_grant g ON g.id = x.grant_id
      JOIN funds_applicationline l ON l.id = g.line_id
      JOIN funds_application a ON a.id = l.application_id
      LEFT JOIN funds_earmark k ON k.id = g.earmark_id WHERE a.envelope_id = drawn
  ), days AS (
    SELECT m.day FROM moves m
    UNION SELECT k.dated_on FROM funds_earmark k WHERE k.envelope_id = drawn
  ), rests AS (
    SELECT d.day, sum(coalesce(sum(m.room), 0)) OVER (ORDER BY d.day) AS rest
      FROM days d LEFT JOIN moves m ON m.day = d.day GROUP BY d.day
  ), names AS (
    SELECT DISTINCT k.name::text AS name FROM funds_earmark k WHERE k.envelope_id = drawn
  ), holds AS (
    SELECT d.day, n.name,
        sum(coalesce(sum(m.used), 0)) OVER (PARTITION BY n.name ORDER BY d.day) AS held
      FROM days d CROSS JOIN names n LEFT JOIN moves m ON m.day = d.day AND m.name = n.name
      GROUP BY d.day, n.name
  )
  SELECT h.day, h.name, r.rest, h.held, coalesce(t.minimum, 0), t.maximum
    FROM holds h JOIN rests r ON r.day = h.day
    LEFT JOIN LATERAL (
      SELECT k.minimum, k.maximum FROM funds_earmark k
        WHERE k.envelope_id = drawn AND k.name = h.name AND k.dated_on <= h.day
        ORDER BY k.dated_on DESC LIMIT 1) AS t ON true
$$;
"""

EARMARKED = """
CREATE FUNCTION guard_earmarked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  drawn bigint;
  worst record;
BEGIN
  IF TG_TABLE_NAME = 'funds_earmark' THEN
    drawn := NEW.envelope_id;
    UPDATE funds_envelopecounter SET entries = entries + 1 WHERE envelope_id = drawn;
  ELSIF TG_TABLE_NAME = 'funds_envelopemutation' THEN
    IF NEW.condition <> '' THEN RETURN NULL; END IF;
    drawn := NEW.envelope_id;
  ELSIF TG_TABLE_NAME = 'funds_grant' THEN
    drawn := envelope_of_grant(NEW.id);
    IF NEW.earmark_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM funds_earmark k WHERE k.id = NEW.earmark_id
          AND k.envelope_id = drawn AND k.dated_on <= NEW.dated_on) THEN
      RAISE EXCEPTION 'earmark % is none of envelope %', NEW.earmark_id, drawn
        USING ERRCODE = '23514', CONSTRAINT = 'earmark_elsewhere', TABLE = TG_TABLE_NAME;
    END IF;
  ELSE
    IF NEW.kind NOT IN ('wijziging', 'vaststelling') THEN RETURN NULL; END IF;
    drawn := envelope_of_grant(NEW.grant_id);
  END IF;
  IF NOT EXISTS (SELECT 1 FROM funds_earmark k WHERE k.envelope_id = drawn) THEN
    RETURN NULL;
  END IF;
  SELECT d.name, d.held, d.highest INTO worst FROM earmark_days(drawn) d
    WHERE d.day >= NEW.dated_on AND d.held > d.highest
    ORDER BY d.held - d.highest DESC, d.day LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'earmark % would hold %', worst.name, worst.held
      USING ERRCODE = '23514', TABLE = TG_TABLE_NAME,
      CONSTRAINT = CASE TG_TABLE_NAME
        WHEN 'funds_earmark' THEN 'earmark_maximum_low' ELSE 'earmark_maximum' END,
      DETAIL = json_build_object('name', worst.name, 'held', euro_text(worst.held),
        'highest', euro_text(worst.highest), 'over', euro_text(worst.held - worst.highest));
  END IF;
  SELECT d.day, d.rest, sum(greatest(d.lowest - d.held, 0)) AS reserved INTO worst
    FROM earmark_days(drawn) d WHERE d.day >= NEW.dated_on
    GROUP BY d.day, d.rest
    ORDER BY d.rest - sum(greatest(d.lowest - d.held, 0)), d.day LIMIT 1;
  IF worst.rest < worst.reserved THEN
    RAISE EXCEPTION 'envelope % leaves % of % that is earmarked', drawn, worst.rest, worst.reserved
      USING ERRCODE = '23514', TABLE = TG_TABLE_NAME,
      CONSTRAINT = CASE TG_TABLE_NAME
        WHEN 'funds_earmark' THEN 'earmark_room' ELSE 'earmark_reserved' END,
      DETAIL = json_build_object('reserved', euro_text(worst.reserved),
        'short', euro_text(worst.reserved - worst.rest));
  END IF;
  RETURN NULL;
END $$;
"""



class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0011_rounds_and_conclusions'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.RunSQL(EARMARKED, 'DROP FUNCTION guard_earmarked();'),
        migrations.CreateModel(
            name='Earmark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='naam')),
                ('minimum_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('minimum', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default=djmoney.money.Money(0, 'EUR'), default_currency='EUR', help_text='Zoveel blijft hiervoor vrij.', max_digits=14, verbose_name='minimum')),
                ('maximum_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('maximum', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', help_text='Hoogstens zoveel wordt er binnen het oormerk beschikt. Leeg: geen maximum.', max_digits=14, null=True, verbose_name='maximum')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='besluit')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
            ],
            options={
                'verbose_name': 'oormerk',
                'verbose_name_plural': 'oormerken',
                'ordering': ['envelope', 'name', 'dated_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='EarmarkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120, verbose_name='naam')),
                ('minimum_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('minimum', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default=djmoney.money.Money(0, 'EUR'), default_currency='EUR', help_text='Zoveel blijft hiervoor vrij.', max_digits=14, verbose_name='minimum')),
                ('maximum_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('maximum', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', help_text='Hoogstens zoveel wordt er binnen het oormerk beschikt. Leeg: geen maximum.', max_digits=14, null=True, verbose_name='maximum')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='besluit')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
            ],
            options={
                'abstract': False,
            },
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
        pgtrigger.migrations.AddTrigger(
            model_name='envelopemutation',
            trigger=pgtrigger.compiler.Trigger(name='earmarked', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_earmarked()', func='RETURN NULL;', hash='6907758fda0ddad1a28f9103cb604ac8a7f84d43', operation='INSERT', pgid='pgtrigger_earmarked_36c58', table='funds_envelopemutation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='earmarked', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_earmarked()', func='RETURN NULL;', hash='5c2bd506aeafabb65c2d1d0a628e66fb8fc150c3', operation='INSERT', pgid='pgtrigger_earmarked_60aa4', table='funds_grant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantevent" ("amount", "amount_currency", "answers", "dated_on", "decision", "earmark_id", "entered_at", "entered_by_id", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."amount", new_values."amount_currency", new_values."answers", new_values."dated_on", new_values."decision", new_values."earmark_id", new_values."entered_at", new_values."entered_by_id", new_values."id", new_values."line_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9cebb0bd97953bdb5cc511a965c4b4680cd70927', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3c238', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_grant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantevent" ("amount", "amount_currency", "answers", "dated_on", "decision", "earmark_id", "entered_at", "entered_by_id", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."amount", new_values."amount_currency", new_values."answers", new_values."dated_on", new_values."decision", new_values."earmark_id", new_values."entered_at", new_values."entered_by_id", new_values."id", new_values."line_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c64d77e8ff6bac889fba66d77921808f91ef35b4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9b1d7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_grant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantevent" ("amount", "amount_currency", "answers", "dated_on", "decision", "earmark_id", "entered_at", "entered_by_id", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."amount", old_values."amount_currency", old_values."answers", old_values."dated_on", old_values."decision", old_values."earmark_id", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."line_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d0d86fb7835a3ed016a7acd93ad7b32682ee1ff6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5b277', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_grant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantentry',
            trigger=pgtrigger.compiler.Trigger(name='earmarked', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_earmarked()', func='RETURN NULL;', hash='2286b728160232572361ae33d27b1ed3fb83694c', operation='INSERT', pgid='pgtrigger_earmarked_3f5e8', table='funds_grantentry', when='AFTER')),
        ),
        migrations.AddField(
            model_name='earmark',
            name='envelope',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='earmarks', to='funds.envelope', verbose_name='ruimte'),
        ),
        migrations.AddField(
            model_name='grant',
            name='earmark',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='funds.earmark', verbose_name='oormerk'),
        ),
        migrations.AddField(
            model_name='grantevent',
            name='earmark',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.earmark', verbose_name='oormerk'),
        ),
        migrations.AddField(
            model_name='earmarkevent',
            name='envelope',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.envelope', verbose_name='ruimte'),
        ),
        migrations.AddField(
            model_name='earmarkevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='earmarkevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funds.earmark'),
        ),
        migrations.AddConstraint(
            model_name='earmark',
            constraint=models.CheckConstraint(condition=models.Q(('minimum_currency', 'EUR'), ('minimum_currency__isnull', False), models.Q(('minimum__isnull', True), models.Q(('minimum__lt', Decimal('1000000000000')), ('minimum__gte', 0)), _connector='OR')), name='funds_earmark_minimum_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'),
        ),
        migrations.AddConstraint(
            model_name='earmark',
            constraint=models.CheckConstraint(condition=models.Q(('maximum_currency', 'EUR'), ('maximum_currency__isnull', False), models.Q(('maximum__isnull', True), models.Q(('maximum__lt', Decimal('1000000000000')), ('maximum__gte', 0)), _connector='OR')), name='funds_earmark_maximum_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'),
        ),
        migrations.AddConstraint(
            model_name='earmark',
            constraint=models.CheckConstraint(condition=models.Q(('maximum__isnull', True), ('maximum__gte', models.F('minimum')), _connector='OR'), name='funds_earmark_order', violation_error_message='Het maximum ligt onder het minimum; draai de twee om.'),
        ),
        migrations.AddConstraint(
            model_name='earmark',
            constraint=models.UniqueConstraint(fields=('envelope', 'name', 'dated_on'), name='funds_earmark_once', violation_error_message='Dit oormerk heeft al een minimum en maximum vanaf deze dag; kies een andere dag.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earmark',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('earmark_append_only')", func='RETURN NULL;', hash='39c1c1bf4b9286700e5253b887a53aebcb697427', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5eb24', table='funds_earmark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earmark',
            trigger=pgtrigger.compiler.Trigger(name='entered', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_entered()', func='RETURN NULL;', hash='a42ffc5fb2e3e8d875cc8050a81b663451cbecfa', operation='INSERT', pgid='pgtrigger_entered_0ee16', table='funds_earmark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earmark',
            trigger=pgtrigger.compiler.Trigger(name='earmarked', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_earmarked()', func='RETURN NULL;', hash='3d7339412a3ef486ccc78eca1b1278ed35bb1201', operation='INSERT', pgid='pgtrigger_earmarked_96a97', table='funds_earmark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earmark',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_earmarkevent" ("dated_on", "decision", "entered_at", "envelope_id", "id", "maximum", "maximum_currency", "minimum", "minimum_currency", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."dated_on", new_values."decision", new_values."entered_at", new_values."envelope_id", new_values."id", new_values."maximum", new_values."maximum_currency", new_values."minimum", new_values."minimum_currency", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0ff3e99eca25698d3b5c0aa098e6300684ab0f9e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d2323', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_earmark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earmark',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_earmarkevent" ("dated_on", "decision", "entered_at", "envelope_id", "id", "maximum", "maximum_currency", "minimum", "minimum_currency", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."dated_on", new_values."decision", new_values."entered_at", new_values."envelope_id", new_values."id", new_values."maximum", new_values."maximum_currency", new_values."minimum", new_values."minimum_currency", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ac166580309cfb0f950acc57b34b300afca72fbc', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1cce3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_earmark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earmark',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_earmarkevent" ("dated_on", "decision", "entered_at", "envelope_id", "id", "maximum", "maximum_currency", "minimum", "minimum_currency", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."dated_on", old_values."decision", old_values."entered_at", old_values."envelope_id", old_values."id", old_values."maximum", old_values."maximum_currency", old_values."minimum", old_values."minimum_currency", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='cb7bca68d05c2094c6b9e95733ebab890e0f4d1b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_01030', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_earmark', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='earmarkevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_earma_pgh_cre_25d05c_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earmarkevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='c325ffc6307ac7eb65ca50ba3bcc7550370e1c27', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5da9a', table='funds_earmarkevent', when='BEFORE')),
        ),
        migrations.RunSQL(DAYS, 'DROP FUNCTION earmark_days(bigint);'),
    ]
