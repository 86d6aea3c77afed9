"""Four eyes: where a fund asks for it, a grant is what somebody else proposed.

`guard_entered` has locked the row of the fund before, so that a fund begins to ask for
four eyes before a grant or after it.
"""

import django.db.models.deletion
import djmoney.models.fields
import funds.money
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

PROPOSAL = """
CREATE FUNCTION guard_proposal() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  closing text[] := ARRAY['outcome', 'closed_by_id', 'closed_at'];
BEGIN
  IF TG_OP = 'DELETE' OR OLD.outcome <> ''
      OR to_jsonb(OLD) - closing <> to_jsonb(NEW) - closing THEN
    RAISE EXCEPTION 'a proposal is confirmed or withdrawn, and nothing else'
      USING ERRCODE = '23514', CONSTRAINT = 'proposal_kept', TABLE = TG_TABLE_NAME;
  END IF;
  NEW.closed_at := clock_timestamp();
  RETURN NEW;
END $$;
"""

PROPOSED = """
CREATE FUNCTION guard_proposed() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (
      SELECT 1 FROM funds_grantproposal p
        JOIN funds_applicationline l ON l.application_id = p.application_id
        WHERE p.id = NEW.proposal_id AND l.id = NEW.line_id AND p.outcome = '') THEN
    RAISE EXCEPTION 'line % is none of proposal %', NEW.line_id, NEW.proposal_id
      USING ERRCODE = '23514', CONSTRAINT = 'proposed_line', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
"""

FOUR_EYES = """
CREATE FUNCTION guard_four_eyes() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT (SELECT f.four_eyes FROM funds_applicationline l
      JOIN funds_application a ON a.id = l.application_id
      JOIN funds_envelope e ON e.id = a.envelope_id
      JOIN funds_fund f ON f.id = e.fund_id WHERE l.id = NEW.line_id) THEN
    RETURN NEW;
  END IF;
  PERFORM 1 FROM funds_grantproposal p JOIN funds_proposedgrant d ON d.proposal_id = p.id
    WHERE d.line_id = NEW.line_id AND d.amount = NEW.amount
      AND d.earmark_id IS NOT DISTINCT FROM NEW.earmark_id
      AND p.dated_on = NEW.dated_on AND p.outcome = ''
      AND p.proposed_by_id <> NEW.entered_by_id
    FOR NO KEY UPDATE OF p;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nobody else proposed this grant on line %', NEW.line_id
      USING ERRCODE = '23514', CONSTRAINT = 'four_eyes', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
"""

DROP = """
DROP FUNCTION guard_four_eyes();
DROP FUNCTION guard_proposed();
DROP FUNCTION guard_proposal();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0012_earmarks'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(PROPOSAL + PROPOSED + FOUR_EYES, DROP),
        migrations.CreateModel(
            name='GrantProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='besluit')),
                ('answers', models.JSONField(blank=True, default=list, verbose_name='antwoorden van de regels')),
                ('digest', models.CharField(max_length=64, verbose_name='herkenning van het gevolg')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
                ('outcome', models.CharField(blank=True, choices=[('bevestigd', 'bevestigd'), ('ingetrokken', 'ingetrokken')], max_length=16, verbose_name='uitkomst')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='afgehandeld op')),
            ],
            options={
                'verbose_name': 'voorstel tot beschikking',
                'verbose_name_plural': 'voorstellen tot beschikking',
                'ordering': ['entered_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='GrantProposalEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='besluit')),
                ('answers', models.JSONField(blank=True, default=list, verbose_name='antwoorden van de regels')),
                ('digest', models.CharField(max_length=64, verbose_name='herkenning van het gevolg')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='ingevoerd op')),
                ('outcome', models.CharField(blank=True, choices=[('bevestigd', 'bevestigd'), ('ingetrokken', 'ingetrokken')], max_length=16, verbose_name='uitkomst')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='afgehandeld op')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProposedGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('amount', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='bedrag')),
            ],
            options={
                'verbose_name': 'voorgesteld bedrag',
                'verbose_name_plural': 'voorgestelde bedragen',
                'ordering': ['proposal', 'line__position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ProposedGrantEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3)),
                ('amount', funds.money.EuroField(currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, verbose_name='bedrag')),
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
        migrations.AddField(
            model_name='fund',
            name='four_eyes',
            field=models.BooleanField(default=False, help_text='Aan: een beschikking wordt door de een voorgesteld en door een ander bevestigd.', verbose_name='vier ogen'),
        ),
        migrations.AddField(
            model_name='fundevent',
            name='four_eyes',
            field=models.BooleanField(default=False, help_text='Aan: een beschikking wordt door de een voorgesteld en door een ander bevestigd.', verbose_name='vier ogen'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fund',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_fundevent" ("ends_on", "four_eyes", "id", "legal_basis", "locked_until", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regime", "slug", "starts_on") SELECT new_values."ends_on", new_values."four_eyes", new_values."id", new_values."legal_basis", new_values."locked_until", new_values."name", new_values."owner_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."regime", new_values."slug", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3d61cc082b1f7088f428d36b2ba21816dda7b7d6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_77452', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_fund', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fund',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_fundevent" ("ends_on", "four_eyes", "id", "legal_basis", "locked_until", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regime", "slug", "starts_on") SELECT new_values."ends_on", new_values."four_eyes", new_values."id", new_values."legal_basis", new_values."locked_until", new_values."name", new_values."owner_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."regime", new_values."slug", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f2b705284b66c1b6c30f9c0659c3137f81979644', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_29cb6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_fund', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fund',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_fundevent" ("ends_on", "four_eyes", "id", "legal_basis", "locked_until", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regime", "slug", "starts_on") SELECT old_values."ends_on", old_values."four_eyes", old_values."id", old_values."legal_basis", old_values."locked_until", old_values."name", old_values."owner_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."regime", old_values."slug", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2f9ad40995164cafc83cb5f31b8391c59adff658', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d323f', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_fund', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='four_eyes', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_four_eyes()', func='RETURN NULL;', hash='9233b04728438401b000fb20eb67a90af7725e4b', operation='INSERT', pgid='pgtrigger_four_eyes_52f8b', table='funds_grant', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='grantproposal',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='funds.application', verbose_name='aanvraag'),
        ),
        migrations.AddField(
            model_name='grantproposal',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closed_proposals', to=settings.AUTH_USER_MODEL, verbose_name='afgehandeld door'),
        ),
        migrations.AddField(
            model_name='grantproposal',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to=settings.AUTH_USER_MODEL, verbose_name='voorgesteld door'),
        ),
        migrations.AddField(
            model_name='grantproposalevent',
            name='application',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.application', verbose_name='aanvraag'),
        ),
        migrations.AddField(
            model_name='grantproposalevent',
            name='closed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgehandeld door'),
        ),
        migrations.AddField(
            model_name='grantproposalevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='grantproposalevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funds.grantproposal'),
        ),
        migrations.AddField(
            model_name='grantproposalevent',
            name='proposed_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='voorgesteld door'),
        ),
        migrations.AddField(
            model_name='proposedgrant',
            name='earmark',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposed', to='funds.earmark', verbose_name='oormerk'),
        ),
        migrations.AddField(
            model_name='proposedgrant',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposed', to='funds.applicationline', verbose_name='aanvraagregel'),
        ),
        migrations.AddField(
            model_name='proposedgrant',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='funds.grantproposal', verbose_name='voorstel'),
        ),
        migrations.AddField(
            model_name='proposedgrantevent',
            name='earmark',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.earmark', verbose_name='oormerk'),
        ),
        migrations.AddField(
            model_name='proposedgrantevent',
            name='line',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.applicationline', verbose_name='aanvraagregel'),
        ),
        migrations.AddField(
            model_name='proposedgrantevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='proposedgrantevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funds.proposedgrant'),
        ),
        migrations.AddField(
            model_name='proposedgrantevent',
            name='proposal',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='funds.grantproposal', verbose_name='voorstel'),
        ),
        migrations.AddConstraint(
            model_name='grantproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('application',), name='funds_proposal_once', violation_error_message='Op deze aanvraag ligt al een voorstel; bevestig dat of trek het in.'),
        ),
        migrations.AddConstraint(
            model_name='grantproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_by__isnull', True), ('outcome', '')), models.Q(('closed_by__isnull', False), ('outcome__in', ['bevestigd', 'ingetrokken'])), _connector='OR'), name='funds_proposal_closed', violation_error_message='Een voorstel dat bevestigd of ingetrokken is, zegt door wie; vul dat in.'),
        ),
        migrations.AddConstraint(
            model_name='grantproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'bevestigd'), _negated=True), models.Q(('closed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='funds_proposal_other', violation_error_message='Wie het voorstelt, bevestigt het niet zelf; laat een andere fondsbeheerder dat doen.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantproposal',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_proposal()', func='RETURN NULL;', hash='3b81c18fd0db54b75d1bcbb6cb8c2e4747659058', operation='UPDATE OR DELETE', pgid='pgtrigger_kept_8e063', table='funds_grantproposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantproposal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantproposalevent" ("answers", "application_id", "closed_at", "closed_by_id", "dated_on", "decision", "digest", "entered_at", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id") SELECT new_values."answers", new_values."application_id", new_values."closed_at", new_values."closed_by_id", new_values."dated_on", new_values."decision", new_values."digest", new_values."entered_at", new_values."id", new_values."outcome", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposed_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fb04ba498ce035944e3bd4eab5aa62b44f54f983', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6343a', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_grantproposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantproposal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantproposalevent" ("answers", "application_id", "closed_at", "closed_by_id", "dated_on", "decision", "digest", "entered_at", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id") SELECT new_values."answers", new_values."application_id", new_values."closed_at", new_values."closed_by_id", new_values."dated_on", new_values."decision", new_values."digest", new_values."entered_at", new_values."id", new_values."outcome", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposed_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='518274e79d15f31d8db0c866cc134bd3dab4f64a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c1861', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_grantproposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantproposal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantproposalevent" ("answers", "application_id", "closed_at", "closed_by_id", "dated_on", "decision", "digest", "entered_at", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id") SELECT old_values."answers", old_values."application_id", old_values."closed_at", old_values."closed_by_id", old_values."dated_on", old_values."decision", old_values."digest", old_values."entered_at", old_values."id", old_values."outcome", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposed_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a7d88847bd78e3a5743bec824f19ffec9edd7547', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6b215', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_grantproposal', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='grantproposalevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_grant_pgh_cre_5d2602_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantproposalevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='575713a0c816ec197db5fcd832d4cca00452b0c4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5ce8c', table='funds_grantproposalevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='proposedgrant',
            constraint=models.CheckConstraint(condition=models.Q(('amount_currency', 'EUR'), ('amount_currency__isnull', False), models.Q(('amount__isnull', True), models.Q(('amount__lt', Decimal('1000000000000')), ('amount__gte', 0)), _connector='OR')), name='funds_proposed_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'),
        ),
        migrations.AddConstraint(
            model_name='proposedgrant',
            constraint=models.UniqueConstraint(fields=('proposal', 'line'), name='funds_proposed_once', violation_error_message='Dit voorstel noemt deze regel al.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedgrant',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('proposed_append_only')", func='RETURN NULL;', hash='46c921aa0d3665da2819150444422df6d4bf3b68', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cff96', table='funds_proposedgrant', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedgrant',
            trigger=pgtrigger.compiler.Trigger(name='of_application', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_proposed()', func='RETURN NULL;', hash='e44980ecd9dc5638e67f1a5ffd0fa00a2ec30d8d', operation='INSERT', pgid='pgtrigger_of_application_33eae', table='funds_proposedgrant', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedgrant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_proposedgrantevent" ("amount", "amount_currency", "earmark_id", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id") SELECT new_values."amount", new_values."amount_currency", new_values."earmark_id", new_values."id", new_values."line_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposal_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='16dc80c85ff84d580340cf6b2c25d2cabd7d874d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_72a80', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_proposedgrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedgrant',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_proposedgrantevent" ("amount", "amount_currency", "earmark_id", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id") SELECT new_values."amount", new_values."amount_currency", new_values."earmark_id", new_values."id", new_values."line_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposal_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='93be330611bb76851ef59837f9bfeb1292a25043', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_53bd4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_proposedgrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedgrant',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_proposedgrantevent" ("amount", "amount_currency", "earmark_id", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id") SELECT old_values."amount", old_values."amount_currency", old_values."earmark_id", old_values."id", old_values."line_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposal_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='37b1ef8481d3b312f472fad996373c2431047ae2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_85fe1', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_proposedgrant', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='proposedgrantevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_propo_pgh_cre_1b103e_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedgrantevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='fd12e1abd14e633043c661da604a2e4d85c5c94f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e5b9b', table='funds_proposedgrantevent', when='BEFORE')),
        ),
    ]
