"""A round has a ceiling and says what an application must hold; a conditional mutation is
concluded by another.

Who grants in a round first takes the row of `RoundCounter`, after that of the envelope:
what is summed then is complete, at every isolation level, as in `0008_grant_entries`.
"""

import django.db.models.deletion
import djmoney.models.fields
import funds.money
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.db import migrations, models

CEILING = """
CREATE FUNCTION guard_round_ceiling() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  asked bigint;
  taken numeric := 0;
  bound record;
  worst numeric;
BEGIN
  IF TG_TABLE_NAME = 'funds_round' THEN
    asked := NEW.id;
  ELSIF TG_TABLE_NAME = 'funds_grant' THEN
    asked := (SELECT a.round_id FROM funds_applicationline l
      JOIN funds_application a ON a.id = l.application_id WHERE l.id = NEW.line_id);
    taken := NEW.amount;
  ELSE
    IF NEW.kind <> 'wijziging' THEN RETURN NULL; END IF;
    asked := (SELECT a.round_id FROM funds_grant g
      JOIN funds_applicationline l ON l.id = g.line_id
      JOIN funds_application a ON a.id = l.application_id WHERE g.id = NEW.grant_id);
    taken := NEW.amount;
  END IF;
  INSERT INTO funds_roundcounter AS turn (round_id, entries) VALUES (asked, 1)
    ON CONFLICT (round_id) DO UPDATE SET entries = turn.entries + 1;
  SELECT r.name, r.ceiling INTO bound FROM funds_round r WHERE r.id = asked;
  IF bound.ceiling IS NULL THEN RETURN NULL; END IF;
  SELECT max(held) INTO worst FROM (
    SELECT sum(delta) OVER (ORDER BY day) AS held FROM (
      SELECT g.dated_on AS day, g.amount AS delta FROM funds_grant g
        JOIN funds_applicationline l ON l.id = g.line_id
        JOIN funds_application a ON a.id = l.application_id WHERE a.round_id = asked
      UNION ALL
      SELECT x.dated_on, x.amount FROM funds_grantentry x
        JOIN funds_grant g ON g.id = x.grant_id
        JOIN funds_applicationline l ON l.id = g.line_id
        JOIN funds_application a ON a.id = l.application_id
        WHERE a.round_id = asked AND x.kind = 'wijziging') AS moves) AS sums;
  IF worst > bound.ceiling THEN
    RAISE EXCEPTION 'round % would come to %', asked, worst
      USING ERRCODE = '23514', TABLE = TG_TABLE_NAME,
      CONSTRAINT = CASE TG_TABLE_NAME
        WHEN 'funds_round' THEN 'round_ceiling_low' ELSE 'round_ceiling' END,
      DETAIL = json_build_object('round', bound.name, 'ceiling', euro_text(bound.ceiling),
        'held', euro_text(worst), 'asked', euro_text(taken),
        'left', euro_text(greatest(bound.ceiling - worst + taken, 0)));
  END IF;
  RETURN NULL;
END $$;
"""

CONCLUSION = """
CREATE FUNCTION guard_conclusion() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.concludes_id IS NOT NULL AND (NEW.condition <> '' OR NOT EXISTS (
      SELECT 1 FROM funds_envelopemutation m WHERE m.id = NEW.concludes_id
        AND m.condition <> '' AND m.envelope_id = NEW.envelope_id
        AND m.dated_on <= NEW.dated_on)) THEN
    RAISE EXCEPTION 'mutation concludes no conditional one of its envelope'
      USING ERRCODE = '23514', CONSTRAINT = 'mutation_concludes', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
"""

DROP = """
DROP FUNCTION guard_conclusion();
DROP FUNCTION guard_round_ceiling();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0010_distributions'),
    ]

    operations = [
        migrations.RunSQL(CEILING + CONCLUSION, DROP),
        migrations.CreateModel(
            name='RoundCounter',
            fields=[
                ('round', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='counter', serialize=False, to='funds.round', verbose_name='ronde')),
                ('entries', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='aantal boekingen')),
            ],
            options={
                'verbose_name': 'teller van een ronde',
                'verbose_name_plural': 'tellers van rondes',
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='envelopemutation',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='envelopemutation',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='envelopemutation',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='round',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='round',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='round',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='envelopemutation',
            name='concludes',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conclusion', to='funds.envelopemutation', verbose_name='handelt af'),
        ),
        migrations.AddField(
            model_name='envelopemutationevent',
            name='concludes',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.envelopemutation', verbose_name='handelt af'),
        ),
        migrations.AddField(
            model_name='round',
            name='ceiling',
            field=funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', help_text='Hoogstens zoveel wordt er in deze ronde beschikt. Leeg: geen plafond.', max_digits=14, null=True, verbose_name='plafond'),
        ),
        migrations.AddField(
            model_name='round',
            name='ceiling_currency',
            field=djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True),
        ),
        migrations.AddField(
            model_name='round',
            name='requires',
            field=models.TextField(blank=True, help_text='Zoals: een begroting per actie, en het besluit van elk college.', max_length=2000, verbose_name='wat een aanvraag bevat'),
        ),
        migrations.AddField(
            model_name='roundevent',
            name='ceiling',
            field=funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', help_text='Hoogstens zoveel wordt er in deze ronde beschikt. Leeg: geen plafond.', max_digits=14, null=True, verbose_name='plafond'),
        ),
        migrations.AddField(
            model_name='roundevent',
            name='ceiling_currency',
            field=djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True),
        ),
        migrations.AddField(
            model_name='roundevent',
            name='requires',
            field=models.TextField(blank=True, help_text='Zoals: een begroting per actie, en het besluit van elk college.', max_length=2000, verbose_name='wat een aanvraag bevat'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='envelopemutation',
            trigger=pgtrigger.compiler.Trigger(name='concludes', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_conclusion()', func='RETURN NULL;', hash='991a3f45df4f0514e4ff5ce3e89305e32903cb04', operation='INSERT', pgid='pgtrigger_concludes_34c25', table='funds_envelopemutation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='envelopemutation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_envelopemutationevent" ("amount", "amount_currency", "concludes_id", "condition", "dated_on", "decision", "entered_at", "envelope_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."amount", new_values."amount_currency", new_values."concludes_id", new_values."condition", new_values."dated_on", new_values."decision", new_values."entered_at", new_values."envelope_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='72ed87139f8ab61e6e27811b7d423c667f7be78d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_50049', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_envelopemutation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='envelopemutation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_envelopemutationevent" ("amount", "amount_currency", "concludes_id", "condition", "dated_on", "decision", "entered_at", "envelope_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."amount", new_values."amount_currency", new_values."concludes_id", new_values."condition", new_values."dated_on", new_values."decision", new_values."entered_at", new_values."envelope_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='77bcb899840365bf71cf291954e4660540be8518', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2ff01', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_envelopemutation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='envelopemutation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_envelopemutationevent" ("amount", "amount_currency", "concludes_id", "condition", "dated_on", "decision", "entered_at", "envelope_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT old_values."amount", old_values."amount_currency", old_values."concludes_id", old_values."condition", old_values."dated_on", old_values."decision", old_values."entered_at", old_values."envelope_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d6c7d99f148ebf95fc1e17a213eac174b3e9375d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d02e4', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_envelopemutation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='in_round', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_round_ceiling()', func='RETURN NULL;', hash='636afc50777c33bc16e342be6e51feddd650b6c6', operation='INSERT', pgid='pgtrigger_in_round_a1ce7', table='funds_grant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantentry',
            trigger=pgtrigger.compiler.Trigger(name='in_round', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_round_ceiling()', func='RETURN NULL;', hash='cc2da789fc180858308b74c0353c787367cf0a98', operation='INSERT', pgid='pgtrigger_in_round_ea5f5', table='funds_grantentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='ceiling', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_round_ceiling()', func='RETURN NULL;', hash='9a868cd603c15f50f9bc30d9d60b73f0402958e7', operation='UPDATE', pgid='pgtrigger_ceiling_9d016', table='funds_round', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_roundevent" ("accepts_unknown", "ceiling", "ceiling_currency", "closes_on", "dated_on", "fund_id", "id", "name", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "requires", "slug") SELECT new_values."accepts_unknown", new_values."ceiling", new_values."ceiling_currency", new_values."closes_on", new_values."dated_on", new_values."fund_id", new_values."id", new_values."name", new_values."opens_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."requires", new_values."slug" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bc1f83d694daf5538fb721c03ce7669f1ef981f9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_229b0', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_round', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_roundevent" ("accepts_unknown", "ceiling", "ceiling_currency", "closes_on", "dated_on", "fund_id", "id", "name", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "requires", "slug") SELECT new_values."accepts_unknown", new_values."ceiling", new_values."ceiling_currency", new_values."closes_on", new_values."dated_on", new_values."fund_id", new_values."id", new_values."name", new_values."opens_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."requires", new_values."slug" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6b829f3f4db312f41348dac4a9248dcd8fdaed69', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fa7ec', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_round', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_roundevent" ("accepts_unknown", "ceiling", "ceiling_currency", "closes_on", "dated_on", "fund_id", "id", "name", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "requires", "slug") SELECT old_values."accepts_unknown", old_values."ceiling", old_values."ceiling_currency", old_values."closes_on", old_values."dated_on", old_values."fund_id", old_values."id", old_values."name", old_values."opens_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."requires", old_values."slug" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='106f594052dde3cb761eae60cf83fc8c7b261628', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3e1df', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_round', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('ceiling_currency', 'EUR'), ('ceiling_currency__isnull', False), models.Q(('ceiling__isnull', True), models.Q(('ceiling__lt', Decimal('1000000000000')), ('ceiling__gte', 0)), _connector='OR')), name='funds_round_ceiling_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundcounter',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_counter()', func='RETURN NULL;', hash='7cae0e1e95b6fc46571f5e59d52d565986580bde', operation='INSERT OR UPDATE', pgid='pgtrigger_kept_ed897', table='funds_roundcounter', when='BEFORE')),
        ),
    ]
