"""Comments, who is named in them, and what people are told; with their guards.

A comment goes only with its plan, so its deletion is looked at when the transaction
ends: by then the plan is gone as well, or it is refused.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE FUNCTION guard_comment_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT FROM workplans_workplan p WHERE p.id = OLD.plan_id) THEN
    RAISE EXCEPTION 'a comment is removed without its plan'
      USING ERRCODE = '23514', CONSTRAINT = 'comment_kept', DETAIL = '{}';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION guard_comment_place() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (
    SELECT FROM workplans_comment c
      LEFT JOIN workplans_block b ON b.id = c.block_id
      LEFT JOIN workplans_action a ON a.id = c.action_id
      LEFT JOIN workplans_actionline l ON l.id = COALESCE(c.line_id, a.line_id)
      LEFT JOIN workplans_comment f ON f.id = c.answer_to_id
      WHERE c.id = NEW.id AND NOT (
        COALESCE(b.plan_id, l.plan_id, c.plan_id) = c.plan_id
        AND COALESCE(f.plan_id, c.plan_id) = c.plan_id AND f.answer_to_id IS NULL
      )
  ) THEN
    RAISE EXCEPTION 'a comment stands in another plan, or answers an answer'
      USING ERRCODE = '23514', CONSTRAINT = 'comment_place', DETAIL = '{}';
  END IF;
  RETURN NULL;
END $$;
"""

DROP = """
DROP FUNCTION guard_comment_place();
DROP FUNCTION guard_comment_kept();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('workplans', '0012_accepted_findings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(GUARDS, DROP),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(blank=True, max_length=500, verbose_name='plaats')),
                ('cell', models.CharField(blank=True, choices=[('title', 'titel'), ('description', 'omschrijving'), ('target_group', 'doelgroep'), ('partners', 'partners'), ('planning', 'planning'), ('start', 'start'), ('end', 'eind'), ('amount', 'bedrag'), ('funding', 'dekking'), ('municipalities', 'gemeenten'), ('monitoring', 'monitoring'), ('quantities', 'aantallen'), ('status', 'stand'), ('note', 'opmerking')], max_length=20, verbose_name='cel')),
                ('text', models.TextField(verbose_name='tekst')),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='geschreven op')),
                ('resolved_at', models.DateTimeField(blank=True, null=True, verbose_name='afgehandeld op')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='ingetrokken op')),
                ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='comments', to='workplans.action', verbose_name='actie')),
                ('answer_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='workplans.comment', verbose_name='antwoord op')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to=settings.AUTH_USER_MODEL, verbose_name='schrijver')),
                ('block', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='comments', to='workplans.block', verbose_name='blok')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='comments', to='workplans.actionline', verbose_name='actielijn')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='workplans.workplan', verbose_name='werkplan')),
                ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resolved_comments', to=settings.AUTH_USER_MODEL, verbose_name='afgehandeld door')),
            ],
            options={
                'verbose_name': 'opmerking',
                'verbose_name_plural': 'opmerkingen',
                'ordering': ['plan', '-written_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CommentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('place', models.CharField(blank=True, max_length=500, verbose_name='plaats')),
                ('cell', models.CharField(blank=True, choices=[('title', 'titel'), ('description', 'omschrijving'), ('target_group', 'doelgroep'), ('partners', 'partners'), ('planning', 'planning'), ('start', 'start'), ('end', 'eind'), ('amount', 'bedrag'), ('funding', 'dekking'), ('municipalities', 'gemeenten'), ('monitoring', 'monitoring'), ('quantities', 'aantallen'), ('status', 'stand'), ('note', 'opmerking')], max_length=20, verbose_name='cel')),
                ('text', models.TextField(verbose_name='tekst')),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='geschreven op')),
                ('resolved_at', models.DateTimeField(blank=True, null=True, verbose_name='afgehandeld op')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='ingetrokken op')),
                ('action', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.action', verbose_name='actie')),
                ('answer_to', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.comment', verbose_name='antwoord op')),
                ('author', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='schrijver')),
                ('block', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.block', verbose_name='blok')),
                ('line', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.actionline', verbose_name='actielijn')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.comment')),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.workplan', verbose_name='werkplan')),
                ('resolved_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgehandeld door')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='workplans.comment', verbose_name='opmerking')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to=settings.AUTH_USER_MODEL, verbose_name='gebruiker')),
            ],
            options={
                'verbose_name': 'vermelding',
                'verbose_name_plural': 'vermeldingen',
                'ordering': ['comment', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MentionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('comment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.comment', verbose_name='opmerking')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.mention')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gebruiker')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('genoemd', 'genoemd'), ('antwoord', 'antwoord'), ('status', 'status')], max_length=12, verbose_name='soort')),
                ('status', models.CharField(blank=True, choices=[('concept', 'Concept'), ('in_afstemming', 'In afstemming'), ('aangeboden', 'Aangeboden'), ('vastgesteld', 'Vastgesteld'), ('afgesloten', 'Afgesloten')], max_length=16, verbose_name='status')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='op')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='gelezen op')),
                ('mailed_at', models.DateTimeField(blank=True, null=True, verbose_name='gemaild op')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='caused_notices', to=settings.AUTH_USER_MODEL, verbose_name='door')),
                ('comment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='workplans.comment', verbose_name='opmerking')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='workplans.workplan', verbose_name='werkplan')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='gebruiker')),
            ],
            options={
                'verbose_name': 'melding',
                'verbose_name_plural': 'meldingen',
                'ordering': ['user', '-at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('block__isnull', True), ('line__isnull', True)), models.Q(('action__isnull', True), ('line__isnull', True)), models.Q(('action__isnull', True), ('block__isnull', True)), _connector='OR'), name='workplans_comment_place', violation_error_message='Een opmerking staat bij één plaats; kies er een.'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolved_at__isnull', True), ('resolved_by__isnull', True)), models.Q(('answer_to__isnull', True), ('resolved_at__isnull', False), ('resolved_by__isnull', False)), _connector='OR'), name='workplans_comment_resolved', violation_error_message='Een antwoord wordt afgehandeld met de opmerking waar het bij staat.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('comment_stands', 'plan_id', 'place', 'cell', 'answer_to_id', 'text', 'author_id', 'written_at')", func='RETURN NULL;', hash='11a4474451ac710e523b9f825e93ec2007c10cc4', operation='UPDATE', pgid='pgtrigger_append_only_31b87', table='workplans_comment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='withdrawal_stands', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."withdrawn_at" IS NOT NULL)', execute="guard_ledger('comment_withdrawn', 'withdrawn_at')", func='RETURN NULL;', hash='d4a0233d69e8c730882f4512e479352a9003a629', operation='UPDATE', pgid='pgtrigger_withdrawal_stands_0cfcb', table='workplans_comment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='comment_kept', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_comment_kept()', func='RETURN NULL;', hash='1fbf8319f83983cc20f480505ae37b1963a3cf0c', operation='DELETE', pgid='pgtrigger_comment_kept_8792a', table='workplans_comment', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='comment_place', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_comment_place()', func='RETURN NULL;', hash='2bfb9a1c5fb7c2744f33d84786ebcdfc66930e6f', operation='INSERT OR UPDATE OF "block_id", "line_id", "action_id"', pgid='pgtrigger_comment_place_957f7', table='workplans_comment', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_commentevent" ("action_id", "answer_to_id", "author_id", "block_id", "cell", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan_id", "resolved_at", "resolved_by_id", "text", "withdrawn_at", "written_at") SELECT new_values."action_id", new_values."answer_to_id", new_values."author_id", new_values."block_id", new_values."cell", new_values."id", new_values."line_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."plan_id", new_values."resolved_at", new_values."resolved_by_id", new_values."text", new_values."withdrawn_at", new_values."written_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='990ddaf8277f5f87ad2327081dc731bb47ef6eb1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_895f5', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_comment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_commentevent" ("action_id", "answer_to_id", "author_id", "block_id", "cell", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan_id", "resolved_at", "resolved_by_id", "text", "withdrawn_at", "written_at") SELECT new_values."action_id", new_values."answer_to_id", new_values."author_id", new_values."block_id", new_values."cell", new_values."id", new_values."line_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."plan_id", new_values."resolved_at", new_values."resolved_by_id", new_values."text", new_values."withdrawn_at", new_values."written_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a40afe7b6bedfbba25a9eed439b9e618720c75c3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_75a5f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_comment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_commentevent" ("action_id", "answer_to_id", "author_id", "block_id", "cell", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan_id", "resolved_at", "resolved_by_id", "text", "withdrawn_at", "written_at") SELECT old_values."action_id", old_values."answer_to_id", old_values."author_id", old_values."block_id", old_values."cell", old_values."id", old_values."line_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."plan_id", old_values."resolved_at", old_values."resolved_by_id", old_values."text", old_values."withdrawn_at", old_values."written_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8740579151ab420773b9aa708d15310b61a3b0e0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b526e', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_comment', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='commentevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_c_pgh_cre_54657f_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='42cb727d1decfd9feaca6c5de7dd7786809cebc9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c6765', table='workplans_commentevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('comment', 'user'), name='workplans_mention_once', violation_error_message='Deze persoon is in deze opmerking al genoemd.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mention',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_mentionevent" ("comment_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") SELECT new_values."comment_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ad06eec517e6491f7b15ee9cda496aee948aa4f8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6c279', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_mention', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mention',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_mentionevent" ("comment_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") SELECT new_values."comment_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1dbdb5e6061376da8bbfd424e25cf0f4802204e2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fe32c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_mention', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mention',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_mentionevent" ("comment_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") SELECT old_values."comment_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e419ca024e132321d12876eef7cf49f69ef98199', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_64a83', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_mention', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='mentionevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_m_pgh_cre_3c9f2b_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mentionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='397144d6c1c1e5e7fcfc82f7c18a26e64e8e3860', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5ed63', table='workplans_mentionevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['user'], name='workplans_notice_unread'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('comment__isnull', True), ('kind', 'status')), models.Q(models.Q(('kind', 'status'), _negated=True), ('comment__isnull', False)), _connector='OR'), name='workplans_notice_subject', violation_error_message='Een melding gaat over een opmerking of over een status.'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('user', 'comment'), name='workplans_notice_once', violation_error_message='Deze persoon weet al van deze opmerking.'),
        ),
    ]
