"""Four eyes: a grant goes up only as somebody else proposed it.

A change was entered by one person, so that who proposed a small grant could make it any
amount alone afterwards. What goes down still takes one, and so does taking an entry back, as far
as that comes to no more than two people decided last.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# What is highest from the day of the entry on. After `entered`, which holds the envelope
# until the commit: what is added up here is not added to by another session meanwhile.
FOUR_EYES = """
CREATE FUNCTION guard_four_eyes_change() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  changed record;
BEGIN
  IF NEW.kind <> 'wijziging' OR NEW.amount <= 0 THEN
    RETURN NULL;
  END IF;
  SELECT f.four_eyes, g.line_id, g.amount AS decided, g.amount + (
      SELECT max(days.granted) FROM (
        SELECT c.dated_on, sum(sum(c.amount)) OVER (ORDER BY c.dated_on) AS granted
          FROM funds_grantentry c WHERE c.grant_id = g.id AND c.kind = 'wijziging'
          GROUP BY c.dated_on) AS days
        WHERE days.dated_on >= NEW.dated_on) AS granted
    INTO changed FROM funds_grant g
      JOIN funds_applicationline l ON l.id = g.line_id
      JOIN funds_application a ON a.id = l.application_id
      JOIN funds_envelope e ON e.id = a.envelope_id
      JOIN funds_fund f ON f.id = e.fund_id
    WHERE g.id = NEW.grant_id;
  IF NOT changed.four_eyes THEN
    RETURN NULL;
  END IF;
  IF NEW.corrects_id IS NOT NULL AND changed.granted <= coalesce((
      SELECT d.amount FROM funds_proposedgrant d
        JOIN funds_grantproposal p ON p.id = d.proposal_id
        WHERE d.line_id = changed.line_id AND p.outcome = 'bevestigd'
        ORDER BY p.closed_at DESC LIMIT 1), changed.decided) THEN
    RETURN NULL;
  END IF;
  PERFORM 1 FROM funds_proposedgrant d JOIN funds_grantproposal p ON p.id = d.proposal_id
    WHERE d.line_id = changed.line_id AND d.amount = changed.granted
      AND p.dated_on = NEW.dated_on AND p.outcome = ''
      AND p.proposed_by_id <> NEW.entered_by_id
    FOR NO KEY UPDATE OF p;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nobody else proposed to bring grant % up to %', NEW.grant_id, changed.granted
      USING ERRCODE = '23514', CONSTRAINT = 'four_eyes_change', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0022_entered_here'),
    ]

    operations = [
        migrations.RunSQL(FOUR_EYES, "DROP FUNCTION guard_four_eyes_change();"),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grantproposal',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grantproposal',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grantproposal',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='grantproposal',
            name='reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='reden'),
        ),
        migrations.AddField(
            model_name='grantproposalevent',
            name='reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='reden'),
        ),
        migrations.AlterField(
            model_name='fund',
            name='four_eyes',
            field=models.BooleanField(default=False, help_text='Aan: een beschikking of een verhoging wordt door de een voorgesteld en door een ander bevestigd.', verbose_name='vier ogen'),
        ),
        migrations.AlterField(
            model_name='fundevent',
            name='four_eyes',
            field=models.BooleanField(default=False, help_text='Aan: een beschikking of een verhoging wordt door de een voorgesteld en door een ander bevestigd.', verbose_name='vier ogen'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantentry',
            trigger=pgtrigger.compiler.Trigger(name='four_eyes', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_four_eyes_change()', func='RETURN NULL;', hash='d5af06a342044d57964c83e29d534811af37fcb3', operation='INSERT', pgid='pgtrigger_four_eyes_de219', table='funds_grantentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantproposal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantproposalevent" ("answers", "application_id", "choice_id", "closed_at", "closed_by_id", "dated_on", "decision", "digest", "entered_at", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason") SELECT new_values."answers", new_values."application_id", new_values."choice_id", new_values."closed_at", new_values."closed_by_id", new_values."dated_on", new_values."decision", new_values."digest", new_values."entered_at", new_values."id", new_values."outcome", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposed_by_id", new_values."reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='62473189deea54606ab68a1ba7c2d914affe7ddd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6343a', referencing='REFERENCING NEW TABLE AS new_values ', table='funds_grantproposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantproposal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantproposalevent" ("answers", "application_id", "choice_id", "closed_at", "closed_by_id", "dated_on", "decision", "digest", "entered_at", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason") SELECT new_values."answers", new_values."application_id", new_values."choice_id", new_values."closed_at", new_values."closed_by_id", new_values."dated_on", new_values."decision", new_values."digest", new_values."entered_at", new_values."id", new_values."outcome", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposed_by_id", new_values."reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7646e6960cf28e2c076b569c04fcabd6fcd50f7d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c1861', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='funds_grantproposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantproposal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_grantproposalevent" ("answers", "application_id", "choice_id", "closed_at", "closed_by_id", "dated_on", "decision", "digest", "entered_at", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason") SELECT old_values."answers", old_values."application_id", old_values."choice_id", old_values."closed_at", old_values."closed_by_id", old_values."dated_on", old_values."decision", old_values."digest", old_values."entered_at", old_values."id", old_values."outcome", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposed_by_id", old_values."reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='88b173ef2d07376eea23e58ce6b886180b4c0ebd', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6b215', referencing='REFERENCING OLD TABLE AS old_values ', table='funds_grantproposal', when='AFTER')),
        ),
    ]
