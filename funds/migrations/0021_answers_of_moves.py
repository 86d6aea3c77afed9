"""What the rules of a fund said is kept with what moves money outside a decision too."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0020_round_scenarios'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='distribution',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='distribution',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='distribution',
            name='delete_delete',
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
            model_name='reservemovement',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reservemovement',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reservemovement',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='distribution',
            name='answers',
            field=models.JSONField(blank=True, default=list, verbose_name='antwoorden van de regels'),
        ),
        migrations.AddField(
            model_name='distributionevent',
            name='answers',
            field=models.JSONField(blank=True, default=list, verbose_name='antwoorden van de regels'),
        ),
        migrations.AddField(
            model_name='envelopemutation',
            name='answers',
            field=models.JSONField(blank=True, default=list, verbose_name='antwoorden van de regels'),
        ),
        migrations.AddField(
            model_name='envelopemutationevent',
            name='answers',
            field=models.JSONField(blank=True, default=list, verbose_name='antwoorden van de regels'),
        ),
        migrations.AddField(
            model_name='reservemovement',
            name='answers',
            field=models.JSONField(blank=True, default=list, verbose_name='antwoorden van de regels'),
        ),
        migrations.AddField(
            model_name='reservemovementevent',
            name='answers',
            field=models.JSONField(blank=True, default=list, verbose_name='antwoorden van de regels'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distribution',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_distributionevent" ("amount", "amount_currency", "answers", "corrects_id", "decided_on", "decision", "entered_at", "entered_by_id", "from_reserve", "fund_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "reason", "region_id", "share_count", "title", "tranche_count", "unit") SELECT new_values."amount", new_values."amount_currency", new_values."answers", new_values."corrects_id", new_values."decided_on", new_values."decision", new_values."entered_at", new_values."entered_by_id", new_values."from_reserve", new_values."fund_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proof", new_values."reason", new_values."region_id", new_values."share_count", new_values."title", new_values."tranche_count", new_values."unit" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cd8b65208736bebd2c96adc8beb1b4f0df4a4f4e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2db05', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_distribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distribution',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_distributionevent" ("amount", "amount_currency", "answers", "corrects_id", "decided_on", "decision", "entered_at", "entered_by_id", "from_reserve", "fund_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "reason", "region_id", "share_count", "title", "tranche_count", "unit") SELECT new_values."amount", new_values."amount_currency", new_values."answers", new_values."corrects_id", new_values."decided_on", new_values."decision", new_values."entered_at", new_values."entered_by_id", new_values."from_reserve", new_values."fund_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proof", new_values."reason", new_values."region_id", new_values."share_count", new_values."title", new_values."tranche_count", new_values."unit" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5eafee82b1072bf0ad390c0e9fce4709b55a17fb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f8ed8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_distribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distribution',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_distributionevent" ("amount", "amount_currency", "answers", "corrects_id", "decided_on", "decision", "entered_at", "entered_by_id", "from_reserve", "fund_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "reason", "region_id", "share_count", "title", "tranche_count", "unit") SELECT old_values."amount", old_values."amount_currency", old_values."answers", old_values."corrects_id", old_values."decided_on", old_values."decision", old_values."entered_at", old_values."entered_by_id", old_values."from_reserve", old_values."fund_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proof", old_values."reason", old_values."region_id", old_values."share_count", old_values."title", old_values."tranche_count", old_values."unit" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7df9a8736b6912d1806eebd340ce64a9fea3b87f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_fadff', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_distribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='envelopemutation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_envelopemutationevent" ("amount", "amount_currency", "answers", "concludes_id", "condition", "dated_on", "decision", "entered_at", "envelope_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."amount", new_values."amount_currency", new_values."answers", new_values."concludes_id", new_values."condition", new_values."dated_on", new_values."decision", new_values."entered_at", new_values."envelope_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='20bb009266d56b2e9a28f8cd27d220d843ed64f9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_50049', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_envelopemutation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='envelopemutation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_envelopemutationevent" ("amount", "amount_currency", "answers", "concludes_id", "condition", "dated_on", "decision", "entered_at", "envelope_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."amount", new_values."amount_currency", new_values."answers", new_values."concludes_id", new_values."condition", new_values."dated_on", new_values."decision", new_values."entered_at", new_values."envelope_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='310894054490d5f1cd47829f5a7b851250e92f72', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2ff01', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_envelopemutation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='envelopemutation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_envelopemutationevent" ("amount", "amount_currency", "answers", "concludes_id", "condition", "dated_on", "decision", "entered_at", "envelope_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT old_values."amount", old_values."amount_currency", old_values."answers", old_values."concludes_id", old_values."condition", old_values."dated_on", old_values."decision", old_values."entered_at", old_values."envelope_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='33889bd324716a016590dff3dfdadf92f041b4d2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d02e4', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_envelopemutation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservemovement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_reservemovementevent" ("amount", "amount_currency", "answers", "corrects_id", "dated_on", "decision", "entered_at", "entered_by_id", "fund_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."amount", new_values."amount_currency", new_values."answers", new_values."corrects_id", new_values."dated_on", new_values."decision", new_values."entered_at", new_values."entered_by_id", new_values."fund_id", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5f05974193f04eac1f93c3a8458ef1c78a5bcc72', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0714e', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_reservemovement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservemovement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_reservemovementevent" ("amount", "amount_currency", "answers", "corrects_id", "dated_on", "decision", "entered_at", "entered_by_id", "fund_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."amount", new_values."amount_currency", new_values."answers", new_values."corrects_id", new_values."dated_on", new_values."decision", new_values."entered_at", new_values."entered_by_id", new_values."fund_id", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2c0808ec3c05229c5c571dc9e302cf7d400f8ee1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_8246a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_reservemovement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservemovement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_reservemovementevent" ("amount", "amount_currency", "answers", "corrects_id", "dated_on", "decision", "entered_at", "entered_by_id", "fund_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT old_values."amount", old_values."amount_currency", old_values."answers", old_values."corrects_id", old_values."dated_on", old_values."decision", old_values."entered_at", old_values."entered_by_id", old_values."fund_id", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b682e9505d643b61b69d17e1108bf27580dea978', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ca544', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_reservemovement', when='AFTER')),
        ),
    ]
