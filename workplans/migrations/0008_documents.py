"""The document as blocks, and everything else that the five documents hold.

Sections become blocks and keep their rows, their keys and their history. The guard
functions each look at the row as it is at the end of the transaction, like those of
`workplans.0001_guards`.
"""

import importlib

import django.contrib.postgres.fields
import django.db.models.deletion
import djmoney.models.fields
import funds.money
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.db import migrations, models

from municipalities.triggers import AddTriggers

GUARDS = """
CREATE FUNCTION guard_line_part() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM 1 FROM workplans_actionline p JOIN workplans_actionline l ON l.parent_id = p.id
    WHERE l.id = NEW.id FOR NO KEY UPDATE OF p;
  IF EXISTS (
    SELECT FROM workplans_actionline l JOIN workplans_actionline p ON p.id = l.parent_id
      WHERE NEW.id IN (l.id, p.id) AND NOT (p.plan_id = l.plan_id AND p.parent_id IS NULL)
  ) THEN
    RAISE EXCEPTION 'a part is not one deep in its own plan'
      USING ERRCODE = '23514', CONSTRAINT = 'line_part', DETAIL = '{}';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION guard_result_part() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM 1 FROM workplans_intendedresult p JOIN workplans_intendedresult r ON r.parent_id = p.id
    WHERE r.id = NEW.id FOR NO KEY UPDATE OF p;
  IF EXISTS (
    SELECT FROM workplans_intendedresult r JOIN workplans_intendedresult p ON p.id = r.parent_id
      WHERE NEW.id IN (r.id, p.id) AND NOT (p.line_id = r.line_id AND p.parent_id IS NULL)
  ) THEN
    RAISE EXCEPTION 'a result is not one deep in its own line'
      USING ERRCODE = '23514', CONSTRAINT = 'result_part', DETAIL = '{}';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION guard_action_point() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM 1 FROM workplans_actionpoint p JOIN workplans_action a ON a.point_id = p.id
    WHERE a.id = NEW.id FOR NO KEY UPDATE OF p;
  IF EXISTS (
    SELECT FROM workplans_action a JOIN workplans_actionpoint p ON p.id = a.point_id
      WHERE a.id = NEW.id AND NOT (p.line_id = a.line_id)
  ) THEN
    RAISE EXCEPTION 'an action is not in the line of its point'
      USING ERRCODE = '23514', CONSTRAINT = 'action_point', DETAIL = '{}';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION guard_point_line() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (
    SELECT FROM workplans_action a JOIN workplans_actionpoint p ON p.id = a.point_id
      WHERE p.id = NEW.id AND NOT (p.line_id = a.line_id)
  ) THEN
    RAISE EXCEPTION 'an action is not in the line of its point'
      USING ERRCODE = '23514', CONSTRAINT = 'action_point', DETAIL = '{}';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION guard_block_row() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (
    SELECT FROM workplans_blockrow r
      JOIN workplans_block b ON b.id = r.block_id
      LEFT JOIN workplans_actionline l ON l.id = r.line_id
      LEFT JOIN workplans_action a ON a.id = r.action_id
      LEFT JOIN workplans_actionline al ON al.id = a.line_id
      WHERE r.id = NEW.id AND NOT (COALESCE(l.plan_id, b.plan_id) = b.plan_id AND COALESCE(al.plan_id, b.plan_id) = b.plan_id)
  ) THEN
    RAISE EXCEPTION 'a row names something of another plan'
      USING ERRCODE = '23514', CONSTRAINT = 'block_row', DETAIL = '{}';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION guard_funding_action() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (
    SELECT FROM workplans_fundingentry f JOIN workplans_costline c ON c.id = f.cost_line_id
      WHERE f.id = NEW.id AND NOT (c.action_id = f.action_id)
  ) THEN
    RAISE EXCEPTION 'a pot pays a cost line of another action'
      USING ERRCODE = '23514', CONSTRAINT = 'funding_action', DETAIL = '{}';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION guard_funding_sum_of(line bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  wanted numeric;
  paid record;
BEGIN
  IF line IS NULL THEN RETURN; END IF;
  SELECT amount INTO wanted FROM workplans_costline WHERE id = line FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT sum(amount) AS found, count(*) AS entries, count(amount) AS known INTO paid
    FROM workplans_fundingentry WHERE cost_line_id = line;
  IF paid.entries = 0 OR paid.known < paid.entries AND wanted IS NOT NULL THEN RETURN; END IF;
  IF paid.found IS DISTINCT FROM wanted THEN
    RAISE EXCEPTION 'funding of cost line % adds up to %, not %', line, paid.found, wanted
      USING ERRCODE = '23514', CONSTRAINT = 'funding_sum', TABLE = 'workplans_fundingentry',
      DETAIL = json_build_object('cost_line', line::text, 'found', paid.found,
                                 'expected', wanted);
  END IF;
END $$;

CREATE FUNCTION guard_funding_entry() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM guard_funding_sum_of(OLD.cost_line_id); END IF;
  IF TG_OP <> 'DELETE' AND
     (TG_OP = 'INSERT' OR NEW.cost_line_id IS DISTINCT FROM OLD.cost_line_id) THEN
    PERFORM guard_funding_sum_of(NEW.cost_line_id);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION guard_funding_line() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.amount IS DISTINCT FROM OLD.amount THEN PERFORM guard_funding_sum_of(NEW.id); END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION guard_funding_municipality() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM guard_municipality_of(l.plan_id, f.municipality_id)
    FROM workplans_fundingentry f
    JOIN workplans_action a ON a.id = f.action_id
    JOIN workplans_actionline l ON l.id = a.line_id
    WHERE f.id = NEW.id AND f.municipality_id IS NOT NULL;
  RETURN NULL;
END $$;
"""

DROP_GUARDS = """
DROP FUNCTION guard_line_part();
DROP FUNCTION guard_result_part();
DROP FUNCTION guard_action_point();
DROP FUNCTION guard_point_line();
DROP FUNCTION guard_block_row();
DROP FUNCTION guard_funding_action();
DROP FUNCTION guard_funding_sum_of(bigint);
DROP FUNCTION guard_funding_entry();
DROP FUNCTION guard_funding_line();
DROP FUNCTION guard_funding_municipality();
"""

earlier = importlib.import_module("workplans.migrations.0004_search")
EARLIER_SEARCH = (
    earlier.TABLES
    + earlier.ACTIONS
    + earlier.TEXTS
    + earlier.TRIGGERS
    + "SELECT workplans_search_rebuild();"
)
"""Going back, 0009 has taken the index away."""
NAMED = """
CREATE VIEW workplans_named_municipality AS
  SELECT l.plan_id, l.id AS line_id, a.id AS action_id, c.id AS cost_line_id, s.municipality_id
    FROM workplans_share s
    JOIN workplans_costline c ON c.id = s.cost_line_id
    JOIN workplans_action a ON a.id = c.action_id
    JOIN workplans_actionline l ON l.id = a.line_id
  UNION ALL
  SELECT l.plan_id, l.id, a.id, NULL, a.lead_id
    FROM workplans_action a
    JOIN workplans_actionline l ON l.id = a.line_id
    WHERE a.lead_id IS NOT NULL
  UNION ALL
  SELECT l.plan_id, l.id, a.id, c.id, c.lead_id
    FROM workplans_costline c
    JOIN workplans_action a ON a.id = c.action_id
    JOIN workplans_actionline l ON l.id = a.line_id
    WHERE c.lead_id IS NOT NULL
  UNION ALL
  SELECT l.plan_id, l.id, a.id, f.cost_line_id, f.municipality_id
    FROM workplans_fundingentry f
    JOIN workplans_action a ON a.id = f.action_id
    JOIN workplans_actionline l ON l.id = a.line_id
    WHERE f.municipality_id IS NOT NULL;
COMMENT ON VIEW workplans_named_municipality IS
  'Every place in which a plan names a municipality, for the guards.';

CREATE OR REPLACE FUNCTION workplan_uses(plan bigint, municipality bigint) RETURNS boolean
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RETURN EXISTS (SELECT FROM workplans_named_municipality n
                   WHERE n.plan_id = plan AND n.municipality_id = municipality);
END $$;

CREATE OR REPLACE FUNCTION guard_plan_municipalities(plan bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM guard_municipality_of(plan, used.municipality_id)
    FROM (SELECT DISTINCT n.municipality_id FROM workplans_named_municipality n
            WHERE n.plan_id = plan) used;
END $$;

CREATE OR REPLACE FUNCTION guard_joint_recipient_of(wanted_action bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  bad record;
BEGIN
  PERFORM FROM workplans_action WHERE id = wanted_action FOR SHARE;
  SELECT m.name AS found, lead.name AS wanted INTO bad
    FROM workplans_costline c
    JOIN workplans_action a ON a.id = c.action_id
    CROSS JOIN LATERAL (
      SELECT CASE WHEN c.municipalities_text = '' THEN a.sharing ELSE c.sharing END AS sharing,
             CASE WHEN c.municipalities_text = '' THEN a.lead_id ELSE c.lead_id END AS lead_id
    ) division
    JOIN workplans_share s ON s.cost_line_id = c.id AND s.capacity = 'recipient'
    JOIN municipalities_municipality m ON m.id = s.municipality_id
    JOIN municipalities_municipality lead ON lead.id = division.lead_id
    WHERE a.id = wanted_action AND division.sharing = 'lead' AND m.id <> lead.id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '% receives of a joint action that % leads', bad.found, bad.wanted
      USING ERRCODE = '23514', CONSTRAINT = 'joint_recipient', TABLE = 'workplans_share',
      DETAIL = json_build_object('found', bad.found, 'lead', bad.wanted);
  END IF;
END $$;

CREATE OR REPLACE FUNCTION guard_action_municipalities() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM guard_municipality_of(n.plan_id, n.municipality_id)
    FROM workplans_named_municipality n
    WHERE n.action_id = NEW.id AND (TG_OP = 'UPDATE' OR n.cost_line_id IS NULL);
  PERFORM guard_joint_recipient_of(NEW.id);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_cost_line_municipalities() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.lead_id IS NULL THEN RETURN NULL; END IF;
  PERFORM guard_municipality_of(n.plan_id, n.municipality_id), guard_joint_recipient_of(n.action_id)
    FROM workplans_named_municipality n
    WHERE n.cost_line_id = NEW.id;
  RETURN NULL;
END $$;
"""

regions = importlib.import_module("workplans.migrations.0005_region_guards")


def made(function: str, source: str) -> str:
    """The definition of a function as an earlier migration made it."""
    start = source.index(f" FUNCTION {function}(")
    return "CREATE OR REPLACE" + source[start : source.index("$$;", start) + 3] + "\n"


POPULATION = made("guard_population", regions.BELOW).replace(
    "WHERE l.plan_id = p.id AND a.key_date = touched.day) AS is_key",
    "LEFT JOIN workplans_costline c ON c.action_id = a.id "
    "WHERE l.plan_id = p.id AND touched.day IN (a.key_date, c.key_date)) AS is_key",
)
"""The inhabitants by which a cost line with a division of its own divides stand fast too."""

FORMER = (
    made("workplan_uses", regions.USE)
    + made("guard_plan_municipalities", regions.FORMER)
    + made("guard_joint_recipient_of", regions.JOINT)
    + made("guard_action_municipalities", regions.JOINT)
    + made("guard_cost_line_municipalities", regions.JOINT)
    + made("guard_population", regions.BELOW)
)
DROP_NAMED = "DROP VIEW workplans_named_municipality;"


class Migration(migrations.Migration):

    dependencies = [
        ('municipalities', '0006_organisations'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('workplans', '0007_event_moments'),
    ]

    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, EARLIER_SEARCH),
        pgtrigger.migrations.RemoveTrigger(model_name='section', name='insert_insert'),
        pgtrigger.migrations.RemoveTrigger(model_name='section', name='update_update'),
        pgtrigger.migrations.RemoveTrigger(model_name='section', name='delete_delete'),
        pgtrigger.migrations.RemoveTrigger(model_name='sectionevent', name='append_only'),
        migrations.RenameModel(old_name='Section', new_name='Block'),
        migrations.RenameModel(old_name='SectionEvent', new_name='BlockEvent'),
        migrations.RunSQL(GUARDS, DROP_GUARDS),
        pgtrigger.migrations.RemoveTrigger(
            model_name='action',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='action',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='action',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='actionline',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='actionline',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='actionline',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='costline',
            name='share_municipality',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='costline',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='costline',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='costline',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='planningentry',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='planningentry',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='planningentry',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='workplan',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='workplan',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='workplan',
            name='delete_delete',
        ),
        migrations.CreateModel(
            name='ActionOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('text', models.CharField(max_length=500, verbose_name='na')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='after', to='workplans.action', verbose_name='actie')),
                ('first', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='before', to='workplans.action', verbose_name='eerst')),
            ],
            options={
                'verbose_name': 'volgorde van acties',
                'verbose_name_plural': 'volgorde van acties',
                'ordering': ['action_id', 'position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('first', models.F('action')), _negated=True), name='workplans_order_itself', violation_error_message='Een actie kan niet op zichzelf wachten.')],
            },
        ),
        migrations.CreateModel(
            name='ActionOrderEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('text', models.CharField(max_length=500, verbose_name='na')),
                ('action', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.action', verbose_name='actie')),
                ('first', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.action', verbose_name='eerst')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.actionorder')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_created_at'], name='workplans_a_pgh_cre_bd928e_idx')],
            },
        ),
        migrations.CreateModel(
            name='ActionPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('code', models.CharField(blank=True, max_length=12, verbose_name='code')),
                ('title', models.CharField(blank=True, max_length=500, verbose_name='titel')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='points', to='workplans.actionline', verbose_name='actielijn')),
            ],
            options={
                'verbose_name': 'actiepunt',
                'verbose_name_plural': 'actiepunten',
                'ordering': ['line_id', 'position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code', ''), ('title', ''), _negated=True), name='workplans_point_named', violation_error_message='Een actiepunt heeft een code of een titel.')],
            },
        ),
        migrations.CreateModel(
            name='ActionPointEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('code', models.CharField(blank=True, max_length=12, verbose_name='code')),
                ('title', models.CharField(blank=True, max_length=500, verbose_name='titel')),
                ('line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.actionline', verbose_name='actielijn')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.actionpoint')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_created_at'], name='workplans_a_pgh_cre_ea7ee3_idx')],
            },
        ),
        migrations.CreateModel(
            name='BlockRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('group', models.CharField(blank=True, max_length=500, verbose_name='kopje')),
                ('code', models.CharField(blank=True, max_length=12, verbose_name='code')),
                ('title', models.CharField(blank=True, max_length=500, verbose_name='titel')),
                ('text', models.TextField(blank=True, max_length=100000, verbose_name='tekst')),
                ('items', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=500), blank=True, default=list, size=None, verbose_name='punten')),
                ('note', models.TextField(blank=True, max_length=100000, verbose_name='opmerking')),
                ('target_group', models.CharField(blank=True, max_length=500, verbose_name='doelgroep')),
                ('marks', models.CharField(blank=True, max_length=200, verbose_name='fasen')),
                ('status', models.CharField(blank=True, max_length=500, verbose_name='stand')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='jaar')),
                ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rows', to='workplans.action', verbose_name='actie')),
                ('block', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='workplans.block', verbose_name='blok')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rows', to='workplans.actionline', verbose_name='actielijn')),
            ],
            options={
                'verbose_name': 'rij van een blok',
                'verbose_name_plural': 'rijen van blokken',
                'ordering': ['block_id', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BlockRowEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('group', models.CharField(blank=True, max_length=500, verbose_name='kopje')),
                ('code', models.CharField(blank=True, max_length=12, verbose_name='code')),
                ('title', models.CharField(blank=True, max_length=500, verbose_name='titel')),
                ('text', models.TextField(blank=True, max_length=100000, verbose_name='tekst')),
                ('items', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=500), blank=True, default=list, size=None, verbose_name='punten')),
                ('note', models.TextField(blank=True, max_length=100000, verbose_name='opmerking')),
                ('target_group', models.CharField(blank=True, max_length=500, verbose_name='doelgroep')),
                ('marks', models.CharField(blank=True, max_length=200, verbose_name='fasen')),
                ('status', models.CharField(blank=True, max_length=500, verbose_name='stand')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='jaar')),
                ('action', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.action', verbose_name='actie')),
                ('block', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.block', verbose_name='blok')),
                ('line', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.actionline', verbose_name='actielijn')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.blockrow')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_created_at'], name='workplans_b_pgh_cre_ec9279_idx')],
            },
        ),
        migrations.CreateModel(
            name='FundingEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('pot', models.CharField(blank=True, max_length=500, verbose_name='pot')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='jaar')),
                ('percentage', models.DecimalField(blank=True, decimal_places=10, max_digits=13, null=True, verbose_name='percentage')),
                ('stated_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('stated', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, null=True, verbose_name='genoemd bedrag')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('amount', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, null=True, verbose_name='bedrag')),
                ('is_rest', models.BooleanField(default=False, verbose_name='betaalt de rest')),
                ('is_alternative', models.BooleanField(default=False, verbose_name='in plaats van de vorige')),
                ('is_certain', models.BooleanField(default=True, verbose_name='zeker')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='funding', to='workplans.action', verbose_name='actie')),
                ('cost_line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='funding', to='workplans.costline', verbose_name='kostenregel')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='funding', to='municipalities.municipality', verbose_name='gemeente')),
            ],
            options={
                'verbose_name': 'dekking',
                'verbose_name_plural': 'dekking',
                'ordering': ['action_id', 'cost_line_id', 'position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_currency', 'EUR'), ('amount_currency__isnull', False), models.Q(('amount__isnull', True), models.Q(('amount__lt', Decimal('1000000000000')), ('amount__gte', 0)), _connector='OR')), name='workplans_funding_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'), models.CheckConstraint(condition=models.Q(('stated_currency', 'EUR'), ('stated_currency__isnull', False), models.Q(('stated__isnull', True), models.Q(('stated__lt', Decimal('1000000000000')), ('stated__gte', 0)), _connector='OR')), name='workplans_funding_stated_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'), models.CheckConstraint(condition=models.Q(('percentage__isnull', True), ('percentage__range', (0, 100)), _connector='OR'), name='workplans_funding_percentage', violation_error_message='Een percentage ligt tussen 0 en 100.'), models.CheckConstraint(condition=models.Q(models.Q(('pot', ''), _negated=True), ('is_rest', True), _connector='OR'), name='workplans_funding_pot', violation_error_message='Een dekking noemt een pot, of betaalt de rest.'), models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('cost_line__isnull', False), _connector='OR'), name='workplans_funding_of_costs', violation_error_message='Zonder kostenregel is er geen bedrag om te dekken.'), models.CheckConstraint(condition=models.Q(('stated__isnull', True), ('amount__isnull', True), ('amount', models.F('stated')), _connector='OR'), name='workplans_funding_as_stated', violation_error_message='Een pot betaalt het bedrag dat in de tekst staat.')],
            },
        ),
        migrations.CreateModel(
            name='FundingEntryEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('pot', models.CharField(blank=True, max_length=500, verbose_name='pot')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='jaar')),
                ('percentage', models.DecimalField(blank=True, decimal_places=10, max_digits=13, null=True, verbose_name='percentage')),
                ('stated_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('stated', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, null=True, verbose_name='genoemd bedrag')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('amount', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', max_digits=14, null=True, verbose_name='bedrag')),
                ('is_rest', models.BooleanField(default=False, verbose_name='betaalt de rest')),
                ('is_alternative', models.BooleanField(default=False, verbose_name='in plaats van de vorige')),
                ('is_certain', models.BooleanField(default=True, verbose_name='zeker')),
                ('action', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.action', verbose_name='actie')),
                ('cost_line', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.costline', verbose_name='kostenregel')),
                ('municipality', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality', verbose_name='gemeente')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.fundingentry')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_created_at'], name='workplans_f_pgh_cre_d64dc2_idx')],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('text', models.TextField(max_length=100000, verbose_name='tekst')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='workplans.actionline', verbose_name='actielijn')),
            ],
            options={
                'verbose_name': 'doelstelling',
                'verbose_name_plural': 'doelstellingen',
                'ordering': ['line_id', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='GoalEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('text', models.TextField(max_length=100000, verbose_name='tekst')),
                ('line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.actionline', verbose_name='actielijn')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.goal')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_created_at'], name='workplans_g_pgh_cre_4b6a6e_idx')],
            },
        ),
        migrations.CreateModel(
            name='IntendedResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('code', models.CharField(blank=True, max_length=12, verbose_name='code')),
                ('text', models.TextField(max_length=100000, verbose_name='tekst')),
                ('due', models.CharField(blank=True, max_length=500, verbose_name='wanneer bereikt')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='workplans.actionline', verbose_name='actielijn')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='results', to='workplans.intendedresult', verbose_name='deel van')),
            ],
            options={
                'verbose_name': 'beoogd resultaat',
                'verbose_name_plural': 'beoogde resultaten',
                'ordering': ['line_id', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ActionResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('text', models.CharField(max_length=500, verbose_name='code')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='workplans.action', verbose_name='actie')),
                ('result', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='actions', to='workplans.intendedresult', verbose_name='beoogd resultaat')),
            ],
            options={
                'verbose_name': 'resultaat van een actie',
                'verbose_name_plural': 'resultaten van acties',
                'ordering': ['action_id', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ActionResultEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('text', models.CharField(max_length=500, verbose_name='code')),
                ('action', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.action', verbose_name='actie')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.actionresult')),
                ('result', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.intendedresult', verbose_name='beoogd resultaat')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_created_at'], name='workplans_a_pgh_cre_1dfcef_idx')],
            },
        ),
        migrations.CreateModel(
            name='IntendedResultEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('code', models.CharField(blank=True, max_length=12, verbose_name='code')),
                ('text', models.TextField(max_length=100000, verbose_name='tekst')),
                ('due', models.CharField(blank=True, max_length=500, verbose_name='wanneer bereikt')),
                ('line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.actionline', verbose_name='actielijn')),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.intendedresult', verbose_name='deel van')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.intendedresult')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_created_at'], name='workplans_i_pgh_cre_0c810f_idx')],
            },
        ),
        migrations.CreateModel(
            name='LinePredecessor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('text', models.CharField(max_length=500, verbose_name='komt voort uit')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='predecessors', to='workplans.actionline', verbose_name='actielijn')),
                ('predecessor', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='successors', to='workplans.actionline', verbose_name='eerdere actielijn')),
            ],
            options={
                'verbose_name': 'herkomst van een actielijn',
                'verbose_name_plural': 'herkomst van actielijnen',
                'ordering': ['line_id', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LinePredecessorEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('text', models.CharField(max_length=500, verbose_name='komt voort uit')),
                ('line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.actionline', verbose_name='actielijn')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.linepredecessor')),
                ('predecessor', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.actionline', verbose_name='eerdere actielijn')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_created_at'], name='workplans_l_pgh_cre_52ee6b_idx')],
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('text', models.CharField(max_length=500, verbose_name='partner zoals getypt')),
                ('minimum', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minstens')),
                ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='workplans.action', verbose_name='actie')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='partners', to='municipalities.organisation', verbose_name='organisatie')),
                ('row', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='workplans.blockrow', verbose_name='rij van een blok')),
            ],
            options={
                'verbose_name': 'partner',
                'verbose_name_plural': 'partners',
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('action__isnull', False), ('row__isnull', True)), models.Q(('action__isnull', True), ('row__isnull', False)), _connector='OR'), name='workplans_partner_owner', violation_error_message='Een partner hoort bij een actie of bij een rij, niet bij beide.')],
            },
        ),
        migrations.CreateModel(
            name='PartnerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('text', models.CharField(max_length=500, verbose_name='partner zoals getypt')),
                ('minimum', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minstens')),
                ('action', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.action', verbose_name='actie')),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.organisation', verbose_name='organisatie')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.partner')),
                ('row', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.blockrow', verbose_name='rij van een blok')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_created_at'], name='workplans_p_pgh_cre_076589_idx')],
            },
        ),
        migrations.CreateModel(
            name='PlanFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('code', models.CharField(max_length=40, verbose_name='code')),
                ('title', models.CharField(max_length=200, verbose_name='titel')),
                ('amount_text', models.CharField(blank=True, max_length=500, verbose_name='bedrag zoals getypt')),
                ('state', models.CharField(choices=[('known', 'bekend'), ('pm', 'PM'), ('not_applicable', 'n.v.t.'), ('tbd', 'n.t.b.'), ('unknown', 'niet bekend'), ('blank', 'niet ingevuld'), ('unread', 'niet gelezen')], editable=False, max_length=16, verbose_name='toestand')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('amount', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', editable=False, max_digits=14, null=True, verbose_name='bedrag')),
                ('sum_text', models.CharField(blank=True, max_length=500, verbose_name='som van')),
                ('share_text', models.CharField(blank=True, max_length=200, verbose_name='deel')),
                ('source', models.CharField(blank=True, max_length=500, verbose_name='bron')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='workplans.workplan', verbose_name='werkplan')),
            ],
            options={
                'verbose_name': 'cijfer van een plan',
                'verbose_name_plural': 'cijfers van plannen',
                'ordering': ['plan', 'position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_currency', 'EUR'), ('amount_currency__isnull', False), models.Q(('amount__isnull', True), models.Q(('amount__lt', Decimal('1000000000000')), ('amount__gte', 0)), _connector='OR')), name='workplans_figure_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'), models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', False), ('state', 'known')), models.Q(('amount__isnull', True), ('state__in', ['pm', 'not_applicable', 'tbd', 'unknown', 'blank', 'unread'])), _connector='OR'), name='workplans_figure_state', violation_error_message='Een bekend bedrag heeft een getal nodig, en PM of n.t.b. heeft er geen.'), models.UniqueConstraint(fields=('plan', 'code'), name='workplans_figure_once', violation_error_message='Dit plan heeft al een cijfer met deze code.'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('amount_text', ''), _negated=True), ('share_text', ''), ('sum_text', '')), models.Q(models.Q(('sum_text', ''), _negated=True), ('amount_text', ''), ('share_text', '')), models.Q(models.Q(('share_text', ''), _negated=True), ('amount_text', ''), ('sum_text', '')), _connector='OR'), name='workplans_figure_one_way', violation_error_message='Een cijfer is een bedrag, een som of een deel.')],
            },
        ),
        migrations.CreateModel(
            name='PlanFigureEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('code', models.CharField(max_length=40, verbose_name='code')),
                ('title', models.CharField(max_length=200, verbose_name='titel')),
                ('amount_text', models.CharField(blank=True, max_length=500, verbose_name='bedrag zoals getypt')),
                ('state', models.CharField(choices=[('known', 'bekend'), ('pm', 'PM'), ('not_applicable', 'n.v.t.'), ('tbd', 'n.t.b.'), ('unknown', 'niet bekend'), ('blank', 'niet ingevuld'), ('unread', 'niet gelezen')], editable=False, max_length=16, verbose_name='toestand')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('amount', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', editable=False, max_digits=14, null=True, verbose_name='bedrag')),
                ('sum_text', models.CharField(blank=True, max_length=500, verbose_name='som van')),
                ('share_text', models.CharField(blank=True, max_length=200, verbose_name='deel')),
                ('source', models.CharField(blank=True, max_length=500, verbose_name='bron')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.planfigure')),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.workplan', verbose_name='werkplan')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_created_at'], name='workplans_p_pgh_cre_7e96ed_idx')],
            },
        ),
        migrations.CreateModel(
            name='PlanRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='volgorde')),
                ('code', models.CharField(max_length=12, verbose_name='code')),
                ('kind', models.CharField(choices=[('plafond', 'plafond'), ('maximum', 'maximum'), ('minimum', 'minimum'), ('minimaal deel', 'minimaal deel'), ('drempel', 'drempel'), ('meerderheid', 'meerderheid'), ('verdeelsleutel', 'verdeelsleutel'), ('oormerk', 'oormerk'), ('afspraak', 'afspraak')], max_length=16, verbose_name='soort')),
                ('title', models.CharField(max_length=200, verbose_name='titel')),
                ('text', models.TextField(blank=True, max_length=100000, verbose_name='tekst')),
                ('amount_text', models.CharField(blank=True, max_length=500, verbose_name='bedrag zoals getypt')),
                ('state', models.CharField(choices=[('known', 'bekend'), ('pm', 'PM'), ('not_applicable', 'n.v.t.'), ('tbd', 'n.t.b.'), ('unknown', 'niet bekend'), ('blank', 'niet ingevuld'), ('unread', 'niet gelezen')], default='not_applicable', editable=False, max_length=16, verbose_name='toestand')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('amount', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', editable=False, max_digits=14, null=True, verbose_name='bedrag')),
                ('maximum_text', models.CharField(blank=True, max_length=500, verbose_name='maximum zoals getypt')),
                ('maximum_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('maximum', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', editable=False, max_digits=14, null=True, verbose_name='maximum')),
                ('share_text', models.CharField(blank=True, max_length=500, verbose_name='deel')),
                ('share_numerator', models.PositiveBigIntegerField(blank=True, editable=False, null=True, verbose_name='teller')),
                ('share_denominator', models.PositiveBigIntegerField(blank=True, editable=False, null=True, verbose_name='noemer')),
                ('base', models.CharField(blank=True, max_length=500, verbose_name='waarvan')),
                ('applies_to', models.CharField(blank=True, max_length=500, verbose_name='geldt voor')),
                ('figure', models.CharField(blank=True, max_length=500, verbose_name='cijfer')),
                ('severity', models.CharField(blank=True, choices=[('blokkeren', 'blokkeren'), ('waarschuwen', 'waarschuwen'), ('informeren', 'informeren')], max_length=12, verbose_name='ernst')),
                ('source', models.CharField(blank=True, max_length=500, verbose_name='bron')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='workplans.workplan', verbose_name='werkplan')),
            ],
            options={
                'verbose_name': 'regel van een plan',
                'verbose_name_plural': 'regels van plannen',
                'ordering': ['plan', 'position', 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_currency', 'EUR'), ('amount_currency__isnull', False), models.Q(('amount__isnull', True), models.Q(('amount__lt', Decimal('1000000000000')), ('amount__gte', 0)), _connector='OR')), name='workplans_rule_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'), models.CheckConstraint(condition=models.Q(('maximum_currency', 'EUR'), ('maximum_currency__isnull', False), models.Q(('maximum__isnull', True), models.Q(('maximum__lt', Decimal('1000000000000')), ('maximum__gte', 0)), _connector='OR')), name='workplans_rule_maximum_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'), models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', False), ('state', 'known')), models.Q(('amount__isnull', True), ('state__in', ['pm', 'not_applicable', 'tbd', 'unknown', 'blank', 'unread'])), _connector='OR'), name='workplans_rule_state', violation_error_message='Een bekend bedrag heeft een getal nodig, en PM of n.t.b. heeft er geen.'), models.UniqueConstraint(fields=('plan', 'code'), name='workplans_rule_once', violation_error_message='Er is al een regel met deze code; kies een andere.'), models.CheckConstraint(condition=models.Q(models.Q(('share_denominator__isnull', True), ('share_numerator__isnull', True)), models.Q(('share_denominator__gt', 0), ('share_numerator__isnull', False)), _connector='OR'), name='workplans_rule_share', violation_error_message='Een deel is een percentage of een breuk, zoals 0,5% of 2/3.'), models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('maximum__isnull', True), ('maximum__gte', models.F('amount')), _connector='OR'), name='workplans_rule_order', violation_error_message='Het maximum ligt onder het minimum; draai de twee om.')],
            },
        ),
        migrations.CreateModel(
            name='PlanRuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(default=0, verbose_name='volgorde')),
                ('code', models.CharField(max_length=12, verbose_name='code')),
                ('kind', models.CharField(choices=[('plafond', 'plafond'), ('maximum', 'maximum'), ('minimum', 'minimum'), ('minimaal deel', 'minimaal deel'), ('drempel', 'drempel'), ('meerderheid', 'meerderheid'), ('verdeelsleutel', 'verdeelsleutel'), ('oormerk', 'oormerk'), ('afspraak', 'afspraak')], max_length=16, verbose_name='soort')),
                ('title', models.CharField(max_length=200, verbose_name='titel')),
                ('text', models.TextField(blank=True, max_length=100000, verbose_name='tekst')),
                ('amount_text', models.CharField(blank=True, max_length=500, verbose_name='bedrag zoals getypt')),
                ('state', models.CharField(choices=[('known', 'bekend'), ('pm', 'PM'), ('not_applicable', 'n.v.t.'), ('tbd', 'n.t.b.'), ('unknown', 'niet bekend'), ('blank', 'niet ingevuld'), ('unread', 'niet gelezen')], default='not_applicable', editable=False, max_length=16, verbose_name='toestand')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('amount', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', editable=False, max_digits=14, null=True, verbose_name='bedrag')),
                ('maximum_text', models.CharField(blank=True, max_length=500, verbose_name='maximum zoals getypt')),
                ('maximum_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('maximum', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', editable=False, max_digits=14, null=True, verbose_name='maximum')),
                ('share_text', models.CharField(blank=True, max_length=500, verbose_name='deel')),
                ('share_numerator', models.PositiveBigIntegerField(blank=True, editable=False, null=True, verbose_name='teller')),
                ('share_denominator', models.PositiveBigIntegerField(blank=True, editable=False, null=True, verbose_name='noemer')),
                ('base', models.CharField(blank=True, max_length=500, verbose_name='waarvan')),
                ('applies_to', models.CharField(blank=True, max_length=500, verbose_name='geldt voor')),
                ('figure', models.CharField(blank=True, max_length=500, verbose_name='cijfer')),
                ('severity', models.CharField(blank=True, choices=[('blokkeren', 'blokkeren'), ('waarschuwen', 'waarschuwen'), ('informeren', 'informeren')], max_length=12, verbose_name='ernst')),
                ('source', models.CharField(blank=True, max_length=500, verbose_name='bron')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.planrule')),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.workplan', verbose_name='werkplan')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_created_at'], name='workplans_p_pgh_cre_492c73_idx')],
            },
        ),
        migrations.CreateModel(
            name='PrintedFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('place', models.CharField(max_length=500, verbose_name='plaats in de bron')),
                ('text', models.CharField(max_length=500, verbose_name='zoals gedrukt')),
                ('state', models.CharField(choices=[('known', 'bekend'), ('pm', 'PM'), ('not_applicable', 'n.v.t.'), ('tbd', 'n.t.b.'), ('unknown', 'niet bekend'), ('blank', 'niet ingevuld'), ('unread', 'niet gelezen')], editable=False, max_length=16, verbose_name='toestand')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('amount', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', editable=False, max_digits=14, null=True, verbose_name='bedrag')),
                ('figure', models.CharField(blank=True, max_length=500, verbose_name='hoort te zijn')),
                ('note', models.TextField(blank=True, max_length=100000, verbose_name='opmerking')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='printed', to='workplans.workplan', verbose_name='werkplan')),
            ],
            options={
                'verbose_name': 'gedrukt cijfer',
                'verbose_name_plural': 'gedrukte cijfers',
                'ordering': ['plan', 'position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_currency', 'EUR'), ('amount_currency__isnull', False), models.Q(('amount__isnull', True), models.Q(('amount__lt', Decimal('1000000000000')), ('amount__gte', 0)), _connector='OR')), name='workplans_printed_amount', violation_error_message='Een bedrag is in euro’s, niet negatief en kleiner dan duizend miljard.'), models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', False), ('state', 'known')), models.Q(('amount__isnull', True), ('state__in', ['pm', 'not_applicable', 'tbd', 'unknown', 'blank', 'unread'])), _connector='OR'), name='workplans_printed_state', violation_error_message='Een bekend bedrag heeft een getal nodig, en PM of n.t.b. heeft er geen.')],
            },
        ),
        migrations.CreateModel(
            name='PrintedFigureEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('place', models.CharField(max_length=500, verbose_name='plaats in de bron')),
                ('text', models.CharField(max_length=500, verbose_name='zoals gedrukt')),
                ('state', models.CharField(choices=[('known', 'bekend'), ('pm', 'PM'), ('not_applicable', 'n.v.t.'), ('tbd', 'n.t.b.'), ('unknown', 'niet bekend'), ('blank', 'niet ingevuld'), ('unread', 'niet gelezen')], editable=False, max_length=16, verbose_name='toestand')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('amount', funds.money.EuroField(blank=True, currency_choices=[('EUR', 'euro')], decimal_places=2, default_currency='EUR', editable=False, max_digits=14, null=True, verbose_name='bedrag')),
                ('figure', models.CharField(blank=True, max_length=500, verbose_name='hoort te zijn')),
                ('note', models.TextField(blank=True, max_length=100000, verbose_name='opmerking')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.printedfigure')),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.workplan', verbose_name='werkplan')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_created_at'], name='workplans_p_pgh_cre_28eb37_idx')],
            },
        ),
        migrations.CreateModel(
            name='Quantity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('text', models.CharField(max_length=500, verbose_name='aantal zoals getypt')),
                ('low', models.DecimalField(decimal_places=4, max_digits=16, verbose_name='aantal')),
                ('high', models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True, verbose_name='tot')),
                ('unit', models.CharField(blank=True, max_length=500, verbose_name='eenheid')),
                ('what', models.CharField(blank=True, max_length=500, verbose_name='waarvan')),
                ('is_about', models.BooleanField(default=False, verbose_name='ongeveer')),
                ('bound', models.CharField(blank=True, max_length=12, verbose_name='grens')),
                ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='quantities', to='workplans.action', verbose_name='actie')),
                ('result', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='quantities', to='workplans.intendedresult', verbose_name='beoogd resultaat')),
                ('row', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='quantities', to='workplans.blockrow', verbose_name='rij van een blok')),
            ],
            options={
                'verbose_name': 'aantal',
                'verbose_name_plural': 'aantallen',
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('action__isnull', False), ('result__isnull', True), ('row__isnull', True)), models.Q(('action__isnull', True), ('result__isnull', True), ('row__isnull', False)), models.Q(('action__isnull', True), ('result__isnull', False), ('row__isnull', True)), _connector='OR'), name='workplans_quantity_owner', violation_error_message='Een aantal hoort bij één actie, rij of resultaat.'), models.CheckConstraint(condition=models.Q(('low__gte', 0), models.Q(('high__isnull', True), ('high__gte', models.F('low')), _connector='OR')), name='workplans_quantity_range', violation_error_message='Een aantal is nul of meer, en loopt van een kleiner naar een groter getal.')],
            },
        ),
        migrations.CreateModel(
            name='QuantityEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(verbose_name='volgorde')),
                ('text', models.CharField(max_length=500, verbose_name='aantal zoals getypt')),
                ('low', models.DecimalField(decimal_places=4, max_digits=16, verbose_name='aantal')),
                ('high', models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True, verbose_name='tot')),
                ('unit', models.CharField(blank=True, max_length=500, verbose_name='eenheid')),
                ('what', models.CharField(blank=True, max_length=500, verbose_name='waarvan')),
                ('is_about', models.BooleanField(default=False, verbose_name='ongeveer')),
                ('bound', models.CharField(blank=True, max_length=12, verbose_name='grens')),
                ('action', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.action', verbose_name='actie')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workplans.quantity')),
                ('result', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.intendedresult', verbose_name='beoogd resultaat')),
                ('row', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.blockrow', verbose_name='rij van een blok')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_created_at'], name='workplans_q_pgh_cre_a1dd3a_idx')],
            },
        ),
        migrations.AlterModelOptions(
            name='block',
            options={'ordering': ['plan', 'position', 'pk'], 'verbose_name': 'blok', 'verbose_name_plural': 'blokken'},
        ),
        migrations.AlterModelOptions(
            name='planningentry',
            options={'ordering': ['action', 'aspect', 'position', 'pk'], 'verbose_name': 'planning', 'verbose_name_plural': 'planning'},
        ),
        migrations.RenameIndex(
            model_name='blockevent',
            new_name='workplans_b_pgh_cre_0f6a5c_idx',
            old_name='workplans_s_pgh_cre_079c09_idx',
        ),
        migrations.AddField(
            model_name='action',
            name='embed_from',
            field=models.CharField(blank=True, max_length=500, verbose_name='onderbrengen vanaf'),
        ),
        migrations.AddField(
            model_name='action',
            name='embed_in',
            field=models.CharField(blank=True, max_length=500, verbose_name='onderbrengen in'),
        ),
        migrations.AddField(
            model_name='action',
            name='end_by_hand',
            field=models.BooleanField(default=False, editable=False, verbose_name='eind is een zin'),
        ),
        migrations.AddField(
            model_name='action',
            name='end_text',
            field=models.CharField(blank=True, max_length=500, verbose_name='eind'),
        ),
        migrations.AddField(
            model_name='action',
            name='end_unread',
            field=models.BooleanField(default=False, editable=False, verbose_name='eind niet gelezen'),
        ),
        migrations.AddField(
            model_name='action',
            name='funding_text',
            field=models.CharField(blank=True, max_length=500, verbose_name='uit welke pot'),
        ),
        migrations.AddField(
            model_name='action',
            name='kind',
            field=models.CharField(blank=True, choices=[('activiteit', 'activiteit'), ('project', 'project'), ('pilot', 'pilot'), ('onderzoek', 'onderzoek'), ('bijeenkomst', 'bijeenkomst')], max_length=12, verbose_name='soort'),
        ),
        migrations.AddField(
            model_name='action',
            name='note',
            field=models.TextField(blank=True, max_length=100000, verbose_name='opmerking'),
        ),
        migrations.AddField(
            model_name='action',
            name='predecessor',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='successors', to='workplans.action', verbose_name='eerdere actie'),
        ),
        migrations.AddField(
            model_name='action',
            name='predecessor_text',
            field=models.CharField(blank=True, help_text='De actie van een eerder plan als plan/code, of een omschrijving.', max_length=500, verbose_name='komt voort uit'),
        ),
        migrations.AddField(
            model_name='action',
            name='start_by_hand',
            field=models.BooleanField(default=False, editable=False, verbose_name='start is een zin'),
        ),
        migrations.AddField(
            model_name='action',
            name='start_text',
            field=models.CharField(blank=True, max_length=500, verbose_name='start'),
        ),
        migrations.AddField(
            model_name='action',
            name='start_unread',
            field=models.BooleanField(default=False, editable=False, verbose_name='start niet gelezen'),
        ),
        migrations.AddField(
            model_name='action',
            name='status',
            field=models.CharField(blank=True, choices=[('nieuw', 'nieuw'), ('voortgezet', 'voortgezet'), ('omgevormd', 'omgevormd'), ('verkleind', 'verkleind'), ('afgerond', 'afgerond'), ('geschrapt', 'geschrapt'), ('ontwikkelagenda', 'ontwikkelagenda'), ('elders belegd', 'elders belegd'), ('extern gefinancierd', 'extern gefinancierd'), ('voorwaardelijk', 'voorwaardelijk')], max_length=20, verbose_name='stand'),
        ),
        migrations.AddField(
            model_name='action',
            name='target_group',
            field=models.CharField(blank=True, max_length=500, verbose_name='doelgroep'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='embed_from',
            field=models.CharField(blank=True, max_length=500, verbose_name='onderbrengen vanaf'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='embed_in',
            field=models.CharField(blank=True, max_length=500, verbose_name='onderbrengen in'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='end_by_hand',
            field=models.BooleanField(default=False, editable=False, verbose_name='eind is een zin'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='end_text',
            field=models.CharField(blank=True, max_length=500, verbose_name='eind'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='end_unread',
            field=models.BooleanField(default=False, editable=False, verbose_name='eind niet gelezen'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='funding_text',
            field=models.CharField(blank=True, max_length=500, verbose_name='uit welke pot'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='kind',
            field=models.CharField(blank=True, choices=[('activiteit', 'activiteit'), ('project', 'project'), ('pilot', 'pilot'), ('onderzoek', 'onderzoek'), ('bijeenkomst', 'bijeenkomst')], max_length=12, verbose_name='soort'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='note',
            field=models.TextField(blank=True, max_length=100000, verbose_name='opmerking'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='predecessor',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.action', verbose_name='eerdere actie'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='predecessor_text',
            field=models.CharField(blank=True, help_text='De actie van een eerder plan als plan/code, of een omschrijving.', max_length=500, verbose_name='komt voort uit'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='start_by_hand',
            field=models.BooleanField(default=False, editable=False, verbose_name='start is een zin'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='start_text',
            field=models.CharField(blank=True, max_length=500, verbose_name='start'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='start_unread',
            field=models.BooleanField(default=False, editable=False, verbose_name='start niet gelezen'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='status',
            field=models.CharField(blank=True, choices=[('nieuw', 'nieuw'), ('voortgezet', 'voortgezet'), ('omgevormd', 'omgevormd'), ('verkleind', 'verkleind'), ('afgerond', 'afgerond'), ('geschrapt', 'geschrapt'), ('ontwikkelagenda', 'ontwikkelagenda'), ('elders belegd', 'elders belegd'), ('extern gefinancierd', 'extern gefinancierd'), ('voorwaardelijk', 'voorwaardelijk')], max_length=20, verbose_name='stand'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='target_group',
            field=models.CharField(blank=True, max_length=500, verbose_name='doelgroep'),
        ),
        migrations.AddField(
            model_name='actionline',
            name='columns',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=500), blank=True, default=list, help_text='Gescheiden door komma’s, zoals: nr, actie: Project/pilot, bedrag.', size=None, verbose_name='kolommen'),
        ),
        migrations.AddField(
            model_name='actionline',
            name='general_goal',
            field=models.TextField(blank=True, max_length=100000, verbose_name='algemene doelstelling'),
        ),
        migrations.AddField(
            model_name='actionline',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='workplans.actionline', verbose_name='onderdeel van'),
        ),
        migrations.AddField(
            model_name='actionline',
            name='text',
            field=models.TextField(blank=True, max_length=100000, verbose_name='tekst'),
        ),
        migrations.AddField(
            model_name='actionlineevent',
            name='columns',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=500), blank=True, default=list, help_text='Gescheiden door komma’s, zoals: nr, actie: Project/pilot, bedrag.', size=None, verbose_name='kolommen'),
        ),
        migrations.AddField(
            model_name='actionlineevent',
            name='general_goal',
            field=models.TextField(blank=True, max_length=100000, verbose_name='algemene doelstelling'),
        ),
        migrations.AddField(
            model_name='actionlineevent',
            name='parent',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.actionline', verbose_name='onderdeel van'),
        ),
        migrations.AddField(
            model_name='actionlineevent',
            name='text',
            field=models.TextField(blank=True, max_length=100000, verbose_name='tekst'),
        ),
        migrations.AddField(
            model_name='block',
            name='kind',
            field=models.CharField(choices=[('tekst', 'tekst'), ('cirkels', 'cirkels'), ('doelen', 'doelen en resultaten'), ('uitgangspunten', 'uitgangspunten'), ('speerpunten', 'speerpunten'), ('ontwikkelingen', 'ontwikkelingen'), ('doelgroepen', 'doelgroepen'), ('terugblik', 'terugblik'), ('acties', 'acties'), ('planning', 'planning'), ('gemeenten', 'bedrag per gemeente'), ('begroting', 'begroting'), ('financiering', 'financiering'), ('fonds', 'fonds'), ('cijfers', 'cijfers'), ('verdeling', 'verdeling'), ('regels', 'regels'), ('leden', 'leden'), ('scenario’s', 'scenario’s'), ('fasen', 'fasen'), ('ontwikkelagenda', 'ontwikkelagenda'), ('organisatie', 'organisatie'), ('werkgroepen', 'werkgroepen'), ('overleggen', 'overleggen'), ('citaat', 'citaat'), ('ondertekening', 'ondertekening')], default='tekst', max_length=16, verbose_name='soort'),
        ),
        migrations.AddField(
            model_name='block',
            name='level',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='hoe diep'),
        ),
        migrations.AddField(
            model_name='block',
            name='options',
            field=models.JSONField(blank=True, default=dict, verbose_name='instellingen'),
        ),
        migrations.AddField(
            model_name='blockevent',
            name='kind',
            field=models.CharField(choices=[('tekst', 'tekst'), ('cirkels', 'cirkels'), ('doelen', 'doelen en resultaten'), ('uitgangspunten', 'uitgangspunten'), ('speerpunten', 'speerpunten'), ('ontwikkelingen', 'ontwikkelingen'), ('doelgroepen', 'doelgroepen'), ('terugblik', 'terugblik'), ('acties', 'acties'), ('planning', 'planning'), ('gemeenten', 'bedrag per gemeente'), ('begroting', 'begroting'), ('financiering', 'financiering'), ('fonds', 'fonds'), ('cijfers', 'cijfers'), ('verdeling', 'verdeling'), ('regels', 'regels'), ('leden', 'leden'), ('scenario’s', 'scenario’s'), ('fasen', 'fasen'), ('ontwikkelagenda', 'ontwikkelagenda'), ('organisatie', 'organisatie'), ('werkgroepen', 'werkgroepen'), ('overleggen', 'overleggen'), ('citaat', 'citaat'), ('ondertekening', 'ondertekening')], default='tekst', max_length=16, verbose_name='soort'),
        ),
        migrations.AddField(
            model_name='blockevent',
            name='level',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='hoe diep'),
        ),
        migrations.AddField(
            model_name='blockevent',
            name='options',
            field=models.JSONField(blank=True, default=dict, verbose_name='instellingen'),
        ),
        migrations.AddField(
            model_name='costline',
            name='key_date',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='peildatum van de inwonertallen'),
        ),
        migrations.AddField(
            model_name='costline',
            name='label',
            field=models.CharField(blank=True, max_length=500, verbose_name='waarvoor'),
        ),
        migrations.AddField(
            model_name='costline',
            name='lead',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_%(class)ss', to='municipalities.municipality', verbose_name='penvoerder'),
        ),
        migrations.AddField(
            model_name='costline',
            name='municipalities_text',
            field=models.CharField(blank=True, max_length=20000, verbose_name='gemeenten'),
        ),
        migrations.AddField(
            model_name='costline',
            name='municipalities_unread',
            field=models.BooleanField(default=False, editable=False, verbose_name='gemeenten niet gelezen'),
        ),
        migrations.AddField(
            model_name='costline',
            name='sharing',
            field=models.CharField(choices=[('single', 'één gemeente'), ('lead', 'gezamenlijk, met penvoerder'), ('explicit', 'bedrag per gemeente'), ('equal', 'gelijk verdeeld'), ('population', 'naar rato van inwoners'), ('percentages', 'percentage per gemeente'), ('undivided', 'niet verdeeld')], default='undivided', editable=False, max_length=12, verbose_name='verdeling'),
        ),
        migrations.AddField(
            model_name='costlineevent',
            name='key_date',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='peildatum van de inwonertallen'),
        ),
        migrations.AddField(
            model_name='costlineevent',
            name='label',
            field=models.CharField(blank=True, max_length=500, verbose_name='waarvoor'),
        ),
        migrations.AddField(
            model_name='costlineevent',
            name='lead',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='municipalities.municipality', verbose_name='penvoerder'),
        ),
        migrations.AddField(
            model_name='costlineevent',
            name='municipalities_text',
            field=models.CharField(blank=True, max_length=20000, verbose_name='gemeenten'),
        ),
        migrations.AddField(
            model_name='costlineevent',
            name='municipalities_unread',
            field=models.BooleanField(default=False, editable=False, verbose_name='gemeenten niet gelezen'),
        ),
        migrations.AddField(
            model_name='costlineevent',
            name='sharing',
            field=models.CharField(choices=[('single', 'één gemeente'), ('lead', 'gezamenlijk, met penvoerder'), ('explicit', 'bedrag per gemeente'), ('equal', 'gelijk verdeeld'), ('population', 'naar rato van inwoners'), ('percentages', 'percentage per gemeente'), ('undivided', 'niet verdeeld')], default='undivided', editable=False, max_length=12, verbose_name='verdeling'),
        ),
        migrations.AddField(
            model_name='planningentry',
            name='aspect',
            field=models.CharField(choices=[('period', 'periode'), ('start', 'start'), ('end', 'eind')], default='period', max_length=8, verbose_name='zegt'),
        ),
        migrations.AddField(
            model_name='planningentryevent',
            name='aspect',
            field=models.CharField(choices=[('period', 'periode'), ('start', 'start'), ('end', 'eind')], default='period', max_length=8, verbose_name='zegt'),
        ),
        migrations.AddField(
            model_name='workplan',
            name='predecessor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='workplans.workplan', verbose_name='vervolg op'),
        ),
        migrations.AddField(
            model_name='workplan',
            name='style',
            field=models.CharField(blank=True, choices=[('fondsplan', 'fondsplan'), ('terugblik', 'werkplan met terugblik'), ('programma', 'programma'), ('tafel', 'subsidietafel'), ('jaarplan', 'jaarplan')], help_text='Leeg: de opmaak die bij de soort hoort.', max_length=12, verbose_name='opmaak'),
        ),
        migrations.AddField(
            model_name='workplanevent',
            name='predecessor',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.workplan', verbose_name='vervolg op'),
        ),
        migrations.AddField(
            model_name='workplanevent',
            name='style',
            field=models.CharField(blank=True, choices=[('fondsplan', 'fondsplan'), ('terugblik', 'werkplan met terugblik'), ('programma', 'programma'), ('tafel', 'subsidietafel'), ('jaarplan', 'jaarplan')], help_text='Leeg: de opmaak die bij de soort hoort.', max_length=12, verbose_name='opmaak'),
        ),
        migrations.AlterField(
            model_name='action',
            name='code',
            field=models.CharField(blank=True, help_text='Mag leeg zijn bij een actiepunt: dan heet de actie naar haar punt.', max_length=12, verbose_name='code'),
        ),
        migrations.AlterField(
            model_name='action',
            name='lead',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_%(class)ss', to='municipalities.municipality', verbose_name='penvoerder'),
        ),
        migrations.AlterField(
            model_name='actionevent',
            name='code',
            field=models.CharField(blank=True, help_text='Mag leeg zijn bij een actiepunt: dan heet de actie naar haar punt.', max_length=12, verbose_name='code'),
        ),
        migrations.AlterField(
            model_name='actionline',
            name='kind',
            field=models.CharField(choices=[('cirkel', 'cirkel'), ('thema', 'thema'), ('deelplan', 'deelplan'), ('resultaat', 'resultaat'), ('organisatie', 'organisatie'), ('randvoorwaarde', 'randvoorwaarde'), ('onderdeel', 'onderdeel')], max_length=16, verbose_name='soort'),
        ),
        migrations.AlterField(
            model_name='actionlineevent',
            name='kind',
            field=models.CharField(choices=[('cirkel', 'cirkel'), ('thema', 'thema'), ('deelplan', 'deelplan'), ('resultaat', 'resultaat'), ('organisatie', 'organisatie'), ('randvoorwaarde', 'randvoorwaarde'), ('onderdeel', 'onderdeel')], max_length=16, verbose_name='soort'),
        ),
        migrations.AlterField(
            model_name='block',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='workplans.workplan', verbose_name='werkplan'),
        ),
        migrations.AlterField(
            model_name='block',
            name='title',
            field=models.CharField(blank=True, max_length=200, verbose_name='kop'),
        ),
        migrations.AlterField(
            model_name='blockevent',
            name='title',
            field=models.CharField(blank=True, max_length=200, verbose_name='kop'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.CheckConstraint(condition=models.Q(('level__range', (1, 3))), name='workplans_block_level', violation_error_message='Een kop ligt 1, 2 of 3 diep.'),
        ),
        migrations.AddConstraint(
            model_name='costline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lead__isnull', False), ('sharing', 'lead')), models.Q(models.Q(('sharing', 'lead'), _negated=True), ('lead__isnull', True)), _connector='OR'), name='workplans_cost_lead', violation_error_message='Een gezamenlijke actie heeft een penvoerder, een andere actie niet.'),
        ),
        migrations.AddConstraint(
            model_name='costline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('municipalities_text', ''), _negated=True), models.Q(('municipalities_unread', False), ('sharing', 'undivided')), _connector='OR'), name='workplans_cost_division', violation_error_message='Een verdeling staat in de cel gemeenten; vul die in.'),
        ),
        migrations.AddConstraint(
            model_name='workplan',
            constraint=models.CheckConstraint(condition=models.Q(('predecessor', models.F('pk')), _negated=True), name='workplans_plan_own_predecessor', violation_error_message='Een plan kan niet op zichzelf volgen.'),
        ),
        migrations.AddField(
            model_name='action',
            name='point',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='workplans.actionpoint', verbose_name='actiepunt'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='point',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workplans.actionpoint', verbose_name='actiepunt'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), ('point__isnull', False), _connector='OR'), name='workplans_action_code', violation_error_message='Een actie heeft een code, of staat onder een actiepunt dat er een heeft.'),
        ),
        AddTriggers([
            ('action', pgtrigger.compiler.Trigger(name='action_point', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_action_point()', func='RETURN NULL;', hash='6ff6998c175213709628040e6ff8dbea5838787d', operation='INSERT OR UPDATE OF "line_id", "point_id"', pgid='pgtrigger_action_point_fb619', table='workplans_action', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))),
            ('action', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionevent" ("budget_title", "code", "description", "embed_from", "embed_in", "end_by_hand", "end_text", "end_unread", "funding_text", "id", "key_date", "kind", "lead_id", "line_id", "monitoring", "municipalities_text", "municipalities_unread", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planning_by_hand", "planning_text", "planning_unread", "point_id", "position", "predecessor_id", "predecessor_text", "sharing", "start_by_hand", "start_text", "start_unread", "status", "target_group", "title") SELECT new_values."budget_title", new_values."code", new_values."description", new_values."embed_from", new_values."embed_in", new_values."end_by_hand", new_values."end_text", new_values."end_unread", new_values."funding_text", new_values."id", new_values."key_date", new_values."kind", new_values."lead_id", new_values."line_id", new_values."monitoring", new_values."municipalities_text", new_values."municipalities_unread", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."planning_by_hand", new_values."planning_text", new_values."planning_unread", new_values."point_id", new_values."position", new_values."predecessor_id", new_values."predecessor_text", new_values."sharing", new_values."start_by_hand", new_values."start_text", new_values."start_unread", new_values."status", new_values."target_group", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bfebda31c7a61a39cba9cafc425f3295bd5621dd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c0503', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_action', when='AFTER'))),
            ('action', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionevent" ("budget_title", "code", "description", "embed_from", "embed_in", "end_by_hand", "end_text", "end_unread", "funding_text", "id", "key_date", "kind", "lead_id", "line_id", "monitoring", "municipalities_text", "municipalities_unread", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planning_by_hand", "planning_text", "planning_unread", "point_id", "position", "predecessor_id", "predecessor_text", "sharing", "start_by_hand", "start_text", "start_unread", "status", "target_group", "title") SELECT new_values."budget_title", new_values."code", new_values."description", new_values."embed_from", new_values."embed_in", new_values."end_by_hand", new_values."end_text", new_values."end_unread", new_values."funding_text", new_values."id", new_values."key_date", new_values."kind", new_values."lead_id", new_values."line_id", new_values."monitoring", new_values."municipalities_text", new_values."municipalities_unread", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."planning_by_hand", new_values."planning_text", new_values."planning_unread", new_values."point_id", new_values."position", new_values."predecessor_id", new_values."predecessor_text", new_values."sharing", new_values."start_by_hand", new_values."start_text", new_values."start_unread", new_values."status", new_values."target_group", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='936cd9e06319e90644354120df05d75a7ed60f42', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_42abc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_action', when='AFTER'))),
            ('action', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionevent" ("budget_title", "code", "description", "embed_from", "embed_in", "end_by_hand", "end_text", "end_unread", "funding_text", "id", "key_date", "kind", "lead_id", "line_id", "monitoring", "municipalities_text", "municipalities_unread", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planning_by_hand", "planning_text", "planning_unread", "point_id", "position", "predecessor_id", "predecessor_text", "sharing", "start_by_hand", "start_text", "start_unread", "status", "target_group", "title") SELECT old_values."budget_title", old_values."code", old_values."description", old_values."embed_from", old_values."embed_in", old_values."end_by_hand", old_values."end_text", old_values."end_unread", old_values."funding_text", old_values."id", old_values."key_date", old_values."kind", old_values."lead_id", old_values."line_id", old_values."monitoring", old_values."municipalities_text", old_values."municipalities_unread", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."planning_by_hand", old_values."planning_text", old_values."planning_unread", old_values."point_id", old_values."position", old_values."predecessor_id", old_values."predecessor_text", old_values."sharing", old_values."start_by_hand", old_values."start_text", old_values."start_unread", old_values."status", old_values."target_group", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4a4cf01a0b584cd3e823059d81c7c68be511f79c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a2a81', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_action', when='AFTER'))),
            ('actionline', pgtrigger.compiler.Trigger(name='line_part', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_line_part()', func='RETURN NULL;', hash='14969391b54628502c82c31c6379ec4d6209df74', operation='INSERT OR UPDATE OF "plan_id", "parent_id"', pgid='pgtrigger_line_part_33fa2', table='workplans_actionline', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))),
            ('actionline', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionlineevent" ("code", "columns", "general_goal", "id", "kind", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "text", "title") SELECT new_values."code", new_values."columns", new_values."general_goal", new_values."id", new_values."kind", new_values."parent_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_id", new_values."position", new_values."text", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9521c81a799501116581eb1295c0c23a2ff3dd2c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5a134', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_actionline', when='AFTER'))),
            ('actionline', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionlineevent" ("code", "columns", "general_goal", "id", "kind", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "text", "title") SELECT new_values."code", new_values."columns", new_values."general_goal", new_values."id", new_values."kind", new_values."parent_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_id", new_values."position", new_values."text", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='61e760d9329e7ffbc1102c5ca3c7983e07401f83', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0f828', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_actionline', when='AFTER'))),
            ('actionline', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionlineevent" ("code", "columns", "general_goal", "id", "kind", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "text", "title") SELECT old_values."code", old_values."columns", old_values."general_goal", old_values."id", old_values."kind", old_values."parent_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."position", old_values."text", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c5a4eca7400e1fbf6d147c5290191216f8308304', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_44d7c', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_actionline', when='AFTER'))),
            ('block', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_blockevent" ("id", "kind", "level", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "text", "title") SELECT new_values."id", new_values."kind", new_values."level", new_values."options", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_id", new_values."position", new_values."text", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='93742bd1533f4456267ca710e0dafc53ebb83ba6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1a9ba', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_block', when='AFTER'))),
            ('block', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_blockevent" ("id", "kind", "level", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "text", "title") SELECT new_values."id", new_values."kind", new_values."level", new_values."options", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_id", new_values."position", new_values."text", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3c3aba48baadb6032c125cb56ffdd8ddb0807d8f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_22839', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_block', when='AFTER'))),
            ('block', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_blockevent" ("id", "kind", "level", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "text", "title") SELECT old_values."id", old_values."kind", old_values."level", old_values."options", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."position", old_values."text", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3ace23b444768f590dd37ae377d5577fbc01ea31', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1ebc8', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_block', when='AFTER'))),
            ('blockevent', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='fc8ad1d278802091e64974856ac508daa311466f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_85fee', table='workplans_blockevent', when='BEFORE'))),
            ('costline', pgtrigger.compiler.Trigger(name='funding_sum', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_funding_line()', func='RETURN NULL;', hash='1f240125cf1fef033f4e007bb1e3923aed372de1', operation='UPDATE OF "amount", "state"', pgid='pgtrigger_funding_sum_b2a4b', table='workplans_costline', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))),
            ('costline', pgtrigger.compiler.Trigger(name='share_municipality', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_cost_line_municipalities()', func='RETURN NULL;', hash='3fe57f3bb9283a005c11c625f46d694179d11743', operation='INSERT OR UPDATE OF "action_id", "lead_id", "sharing", "municipalities_text"', pgid='pgtrigger_share_municipality_4d676', table='workplans_costline', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))),
            ('costline', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_costlineevent" ("action_id", "amount", "amount_currency", "basis", "bound", "cover", "funding_text", "id", "is_provisional", "key_date", "label", "lead_id", "municipalities_text", "municipalities_unread", "nature", "nature_note", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "sharing", "state", "text", "vat") SELECT new_values."action_id", new_values."amount", new_values."amount_currency", new_values."basis", new_values."bound", new_values."cover", new_values."funding_text", new_values."id", new_values."is_provisional", new_values."key_date", new_values."label", new_values."lead_id", new_values."municipalities_text", new_values."municipalities_unread", new_values."nature", new_values."nature_note", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."sharing", new_values."state", new_values."text", new_values."vat" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c9285e0838220fc6e0af4f186dd3cca25d71212b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_42023', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_costline', when='AFTER'))),
            ('costline', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_costlineevent" ("action_id", "amount", "amount_currency", "basis", "bound", "cover", "funding_text", "id", "is_provisional", "key_date", "label", "lead_id", "municipalities_text", "municipalities_unread", "nature", "nature_note", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "sharing", "state", "text", "vat") SELECT new_values."action_id", new_values."amount", new_values."amount_currency", new_values."basis", new_values."bound", new_values."cover", new_values."funding_text", new_values."id", new_values."is_provisional", new_values."key_date", new_values."label", new_values."lead_id", new_values."municipalities_text", new_values."municipalities_unread", new_values."nature", new_values."nature_note", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."sharing", new_values."state", new_values."text", new_values."vat" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='929c7ab097607bda9b27e4db37c33956f4e9b07e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9cff6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_costline', when='AFTER'))),
            ('costline', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_costlineevent" ("action_id", "amount", "amount_currency", "basis", "bound", "cover", "funding_text", "id", "is_provisional", "key_date", "label", "lead_id", "municipalities_text", "municipalities_unread", "nature", "nature_note", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "sharing", "state", "text", "vat") SELECT old_values."action_id", old_values."amount", old_values."amount_currency", old_values."basis", old_values."bound", old_values."cover", old_values."funding_text", old_values."id", old_values."is_provisional", old_values."key_date", old_values."label", old_values."lead_id", old_values."municipalities_text", old_values."municipalities_unread", old_values."nature", old_values."nature_note", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."sharing", old_values."state", old_values."text", old_values."vat" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f4020e29bd7273bd1631233cd132b60e0e77de2e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f66c5', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_costline', when='AFTER'))),
            ('planningentry', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_planningentryevent" ("action_id", "aspect", "end_quarter", "end_year", "group", "id", "is_alternative", "is_continuous", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reference", "start_quarter", "start_year", "state") SELECT new_values."action_id", new_values."aspect", new_values."end_quarter", new_values."end_year", new_values."group", new_values."id", new_values."is_alternative", new_values."is_continuous", new_values."label", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."reference", new_values."start_quarter", new_values."start_year", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='de39eaeea8faeffb98c3c613bdaf4ac0606a80d9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f4de3', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_planningentry', when='AFTER'))),
            ('planningentry', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_planningentryevent" ("action_id", "aspect", "end_quarter", "end_year", "group", "id", "is_alternative", "is_continuous", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reference", "start_quarter", "start_year", "state") SELECT new_values."action_id", new_values."aspect", new_values."end_quarter", new_values."end_year", new_values."group", new_values."id", new_values."is_alternative", new_values."is_continuous", new_values."label", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."reference", new_values."start_quarter", new_values."start_year", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='71f6465d34d60928f3b41834c55d9336395faf5a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6b095', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_planningentry', when='AFTER'))),
            ('planningentry', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_planningentryevent" ("action_id", "aspect", "end_quarter", "end_year", "group", "id", "is_alternative", "is_continuous", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reference", "start_quarter", "start_year", "state") SELECT old_values."action_id", old_values."aspect", old_values."end_quarter", old_values."end_year", old_values."group", old_values."id", old_values."is_alternative", old_values."is_continuous", old_values."label", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."reference", old_values."start_quarter", old_values."start_year", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2d87670edf8a85aa26c8dd348ebb97244679166d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8dc20', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_planningentry', when='AFTER'))),
            ('workplan', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_workplanevent" ("as_of", "first_year", "id", "joint_text", "kind", "last_year", "loaded_digest", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "programme_id", "region_id", "slug", "status", "style", "title") SELECT new_values."as_of", new_values."first_year", new_values."id", new_values."joint_text", new_values."kind", new_values."last_year", new_values."loaded_digest", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."predecessor_id", new_values."programme_id", new_values."region_id", new_values."slug", new_values."status", new_values."style", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bf5f1ab11fa1c462b440c6d21451b8dfa0702dca', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_fafc2', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_workplan', when='AFTER'))),
            ('workplan', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_workplanevent" ("as_of", "first_year", "id", "joint_text", "kind", "last_year", "loaded_digest", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "programme_id", "region_id", "slug", "status", "style", "title") SELECT new_values."as_of", new_values."first_year", new_values."id", new_values."joint_text", new_values."kind", new_values."last_year", new_values."loaded_digest", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."predecessor_id", new_values."programme_id", new_values."region_id", new_values."slug", new_values."status", new_values."style", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ef3e354218fee41d257e9c536b49517f06de3192', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_428dd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_workplan', when='AFTER'))),
            ('workplan', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_workplanevent" ("as_of", "first_year", "id", "joint_text", "kind", "last_year", "loaded_digest", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "programme_id", "region_id", "slug", "status", "style", "title") SELECT old_values."as_of", old_values."first_year", old_values."id", old_values."joint_text", old_values."kind", old_values."last_year", old_values."loaded_digest", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."predecessor_id", old_values."programme_id", old_values."region_id", old_values."slug", old_values."status", old_values."style", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='215b7f446b82238410b631c970566fa098a1b601', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_782b9', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_workplan', when='AFTER'))),
            ('actionorder', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionorderevent" ("action_id", "first_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text") SELECT new_values."action_id", new_values."first_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='491887ff087e82225999c876df11d2e8f45dc739', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_67c6b', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_actionorder', when='AFTER'))),
            ('actionorder', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionorderevent" ("action_id", "first_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text") SELECT new_values."action_id", new_values."first_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='52043980be7512fbe2482370d4c62eef82cbb408', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_15819', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_actionorder', when='AFTER'))),
            ('actionorder', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionorderevent" ("action_id", "first_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text") SELECT old_values."action_id", old_values."first_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a56291e35af690e313e747a0538a504b0878beb5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b897f', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_actionorder', when='AFTER'))),
            ('actionorderevent', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='1c7de84411c690303b609b45a6e00f4ecd8b2545', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_90af4', table='workplans_actionorderevent', when='BEFORE'))),
            ('actionpoint', pgtrigger.compiler.Trigger(name='action_point', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_point_line()', func='RETURN NULL;', hash='30783b9acaa72514a28fd61a41b503f09eaab0f8', operation='UPDATE OF "line_id"', pgid='pgtrigger_action_point_3226b', table='workplans_actionpoint', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))),
            ('actionpoint', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionpointevent" ("code", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title") SELECT new_values."code", new_values."id", new_values."line_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a7ef30963e913cd2279b124d27efd9849055aba6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1fa63', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_actionpoint', when='AFTER'))),
            ('actionpoint', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionpointevent" ("code", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title") SELECT new_values."code", new_values."id", new_values."line_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='02ea86dc3906542fd6547b0f184350a3b9fa937c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3385f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_actionpoint', when='AFTER'))),
            ('actionpoint', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionpointevent" ("code", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title") SELECT old_values."code", old_values."id", old_values."line_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a1e11a7a6b8fa6b420c98bb94563d08a9a97c310', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_58227', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_actionpoint', when='AFTER'))),
            ('actionpointevent', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='f56b91630fc69bae7248692f26cb309db6372505', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a9712', table='workplans_actionpointevent', when='BEFORE'))),
            ('blockrow', pgtrigger.compiler.Trigger(name='block_row', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_block_row()', func='RETURN NULL;', hash='cb6d66e006bb66353376d643457b140b92d9fd3d', operation='INSERT OR UPDATE OF "block_id", "line_id", "action_id"', pgid='pgtrigger_block_row_fe9dc', table='workplans_blockrow', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))),
            ('blockrow', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_blockrowevent" ("action_id", "block_id", "code", "group", "id", "items", "line_id", "marks", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "status", "target_group", "text", "title", "year") SELECT new_values."action_id", new_values."block_id", new_values."code", new_values."group", new_values."id", new_values."items", new_values."line_id", new_values."marks", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."status", new_values."target_group", new_values."text", new_values."title", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6d8dba9c06e7de0c73cd0ac4282fcbae99bd3a64', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7b69d', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_blockrow', when='AFTER'))),
            ('blockrow', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_blockrowevent" ("action_id", "block_id", "code", "group", "id", "items", "line_id", "marks", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "status", "target_group", "text", "title", "year") SELECT new_values."action_id", new_values."block_id", new_values."code", new_values."group", new_values."id", new_values."items", new_values."line_id", new_values."marks", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."status", new_values."target_group", new_values."text", new_values."title", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fa62c08d962f3aa26a7b4d622fa1fdf2adac205a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1430e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_blockrow', when='AFTER'))),
            ('blockrow', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_blockrowevent" ("action_id", "block_id", "code", "group", "id", "items", "line_id", "marks", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "status", "target_group", "text", "title", "year") SELECT old_values."action_id", old_values."block_id", old_values."code", old_values."group", old_values."id", old_values."items", old_values."line_id", old_values."marks", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."status", old_values."target_group", old_values."text", old_values."title", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0916124f45cc76ce71b94a2f85969e37e1f4fa82', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2fff4', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_blockrow', when='AFTER'))),
            ('blockrowevent', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='2cb4ea9b03f218573053909381246700fcf683d4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_01391', table='workplans_blockrowevent', when='BEFORE'))),
            ('fundingentry', pgtrigger.compiler.Trigger(name='funding_sum', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_funding_entry()', func='RETURN NULL;', hash='1a48475eb5d9c8b9248371de52839f80c758c20d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_funding_sum_373c5', table='workplans_fundingentry', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))),
            ('fundingentry', pgtrigger.compiler.Trigger(name='funding_action', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_funding_action()', func='RETURN NULL;', hash='19718f048a1e87e3e3eac82c1b9b199e3ddce7ba', operation='INSERT OR UPDATE OF "action_id", "cost_line_id"', pgid='pgtrigger_funding_action_42291', table='workplans_fundingentry', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))),
            ('fundingentry', pgtrigger.compiler.Trigger(name='share_municipality', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_funding_municipality()', func='RETURN NULL;', hash='986e8b925097e1d2292590b503499e4dbdc48e49', operation='INSERT OR UPDATE OF "municipality_id", "action_id"', pgid='pgtrigger_share_municipality_0516c', table='workplans_fundingentry', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))),
            ('fundingentry', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_fundingentryevent" ("action_id", "amount", "amount_currency", "cost_line_id", "id", "is_alternative", "is_certain", "is_rest", "municipality_id", "percentage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "pot", "stated", "stated_currency", "year") SELECT new_values."action_id", new_values."amount", new_values."amount_currency", new_values."cost_line_id", new_values."id", new_values."is_alternative", new_values."is_certain", new_values."is_rest", new_values."municipality_id", new_values."percentage", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."pot", new_values."stated", new_values."stated_currency", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3d3e243fa0c9a182c80d38c656c30c133df12ba8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6778c', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_fundingentry', when='AFTER'))),
            ('fundingentry', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_fundingentryevent" ("action_id", "amount", "amount_currency", "cost_line_id", "id", "is_alternative", "is_certain", "is_rest", "municipality_id", "percentage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "pot", "stated", "stated_currency", "year") SELECT new_values."action_id", new_values."amount", new_values."amount_currency", new_values."cost_line_id", new_values."id", new_values."is_alternative", new_values."is_certain", new_values."is_rest", new_values."municipality_id", new_values."percentage", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."pot", new_values."stated", new_values."stated_currency", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4bb1a6134839a6bd2b671e0e83e893d2e659b969', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f8928', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_fundingentry', when='AFTER'))),
            ('fundingentry', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_fundingentryevent" ("action_id", "amount", "amount_currency", "cost_line_id", "id", "is_alternative", "is_certain", "is_rest", "municipality_id", "percentage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "pot", "stated", "stated_currency", "year") SELECT old_values."action_id", old_values."amount", old_values."amount_currency", old_values."cost_line_id", old_values."id", old_values."is_alternative", old_values."is_certain", old_values."is_rest", old_values."municipality_id", old_values."percentage", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."pot", old_values."stated", old_values."stated_currency", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2cb56f67fa3231d110853dfa8ddbdaca510ae592', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_795f5', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_fundingentry', when='AFTER'))),
            ('fundingentryevent', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='fb13393612c466a3bdcbda3183c44354415261d4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7fef9', table='workplans_fundingentryevent', when='BEFORE'))),
            ('goal', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_goalevent" ("id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text") SELECT new_values."id", new_values."line_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c47f6a7c495eee3788ae89f4ae903bd991fddc3a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6d676', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_goal', when='AFTER'))),
            ('goal', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_goalevent" ("id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text") SELECT new_values."id", new_values."line_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='876fa5dd2b7f1bb35f7a68f46bfd60590c26dec2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4e4ba', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_goal', when='AFTER'))),
            ('goal', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_goalevent" ("id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text") SELECT old_values."id", old_values."line_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1af568a1c46db7b3bc71bb13c24c4b75f0085d92', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8b0c5', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_goal', when='AFTER'))),
            ('goalevent', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='5f929d7f1077a22d2b1d2ce4c9b5fcd7c678d03d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f5d3e', table='workplans_goalevent', when='BEFORE'))),
            ('intendedresult', pgtrigger.compiler.Trigger(name='result_part', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='guard_result_part()', func='RETURN NULL;', hash='6da877f6f018c75a2ac2f95f195dc39f8ab371aa', operation='INSERT OR UPDATE OF "line_id", "parent_id"', pgid='pgtrigger_result_part_1567f', table='workplans_intendedresult', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))),
            ('intendedresult', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_intendedresultevent" ("code", "due", "id", "line_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text") SELECT new_values."code", new_values."due", new_values."id", new_values."line_id", new_values."parent_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2334fef6bf9d0facafb9a1179175dfe2098878ef', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b1856', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_intendedresult', when='AFTER'))),
            ('intendedresult', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_intendedresultevent" ("code", "due", "id", "line_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text") SELECT new_values."code", new_values."due", new_values."id", new_values."line_id", new_values."parent_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d2fc0860c31a3c9028707052b1287718d161aaf2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fd3a2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_intendedresult', when='AFTER'))),
            ('intendedresult', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_intendedresultevent" ("code", "due", "id", "line_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text") SELECT old_values."code", old_values."due", old_values."id", old_values."line_id", old_values."parent_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='58f1240e8685ea908abe0bfe39b500006961de07', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2fdcf', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_intendedresult', when='AFTER'))),
            ('actionresultevent', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='88f832ea9be2448aaf0496a32145689b5189cf78', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e029c', table='workplans_actionresultevent', when='BEFORE'))),
            ('actionresult', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionresultevent" ("action_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "result_id", "text") SELECT new_values."action_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."result_id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0dc830541debf8eaed6537c43b389f429458ad31', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4c2bd', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_actionresult', when='AFTER'))),
            ('actionresult', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionresultevent" ("action_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "result_id", "text") SELECT new_values."action_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."result_id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a4e623b5fb9cc48db3330c1627bd362d6598d1f0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_dc308', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_actionresult', when='AFTER'))),
            ('actionresult', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_actionresultevent" ("action_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "result_id", "text") SELECT old_values."action_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."result_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f2a194f370a3b36c0f854e158f6dbb0f6c8738e0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6ed26', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_actionresult', when='AFTER'))),
            ('intendedresultevent', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='2eaabdf3d0ae5e10348aa102db7cc8244659610a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7fb18', table='workplans_intendedresultevent', when='BEFORE'))),
            ('linepredecessor', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_linepredecessorevent" ("id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "predecessor_id", "text") SELECT new_values."id", new_values."line_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."predecessor_id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='36700ecaaedf1fff4d1678d15e0d8f307efc84ac', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b3a35', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_linepredecessor', when='AFTER'))),
            ('linepredecessor', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_linepredecessorevent" ("id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "predecessor_id", "text") SELECT new_values."id", new_values."line_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."predecessor_id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e68aa39d5216f84f8250a86ed42ce17acb082fa3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3f3f4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_linepredecessor', when='AFTER'))),
            ('linepredecessor', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_linepredecessorevent" ("id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "predecessor_id", "text") SELECT old_values."id", old_values."line_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."predecessor_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d3b160037b775e0c7cb77fbb77b92cc25ad344ab', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_48226', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_linepredecessor', when='AFTER'))),
            ('linepredecessorevent', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='4752ef8f2fcf38d6e40f2ca45243355c04d64fca', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_509f1', table='workplans_linepredecessorevent', when='BEFORE'))),
            ('partner', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_partnerevent" ("action_id", "id", "minimum", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "row_id", "text") SELECT new_values."action_id", new_values."id", new_values."minimum", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."row_id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='abffe6731784d370c1837821d062bb3d78732e01', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bac67', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_partner', when='AFTER'))),
            ('partner', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_partnerevent" ("action_id", "id", "minimum", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "row_id", "text") SELECT new_values."action_id", new_values."id", new_values."minimum", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."row_id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='091ec132402b57299a2c00cc9882f47d5b53b3b4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a2057', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_partner', when='AFTER'))),
            ('partner', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_partnerevent" ("action_id", "id", "minimum", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "row_id", "text") SELECT old_values."action_id", old_values."id", old_values."minimum", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."row_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f649fd4348ef41a280eedb30456fe6f8b14cefc3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7e081', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_partner', when='AFTER'))),
            ('partnerevent', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='5842273b3f8b76cf08867700242852574cde3275', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_43279', table='workplans_partnerevent', when='BEFORE'))),
            ('planfigure', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_planfigureevent" ("amount", "amount_currency", "amount_text", "code", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "share_text", "source", "state", "sum_text", "title") SELECT new_values."amount", new_values."amount_currency", new_values."amount_text", new_values."code", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_id", new_values."position", new_values."share_text", new_values."source", new_values."state", new_values."sum_text", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c9644251100d5ea15628a1e16f361c1840997e9c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9cff1', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_planfigure', when='AFTER'))),
            ('planfigure', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_planfigureevent" ("amount", "amount_currency", "amount_text", "code", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "share_text", "source", "state", "sum_text", "title") SELECT new_values."amount", new_values."amount_currency", new_values."amount_text", new_values."code", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_id", new_values."position", new_values."share_text", new_values."source", new_values."state", new_values."sum_text", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8fadfa9dd174787867492d70afc56c7579a2c522', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a7b42', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_planfigure', when='AFTER'))),
            ('planfigure', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_planfigureevent" ("amount", "amount_currency", "amount_text", "code", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "share_text", "source", "state", "sum_text", "title") SELECT old_values."amount", old_values."amount_currency", old_values."amount_text", old_values."code", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."position", old_values."share_text", old_values."source", old_values."state", old_values."sum_text", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='be4afb648d28297558a28c7abf81ef7e650e7d4e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e1919', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_planfigure', when='AFTER'))),
            ('planfigureevent', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='fe9606b12c6847e86456538f3bd985c5d9d988f6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3dfc0', table='workplans_planfigureevent', when='BEFORE'))),
            ('planrule', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_planruleevent" ("amount", "amount_currency", "amount_text", "applies_to", "base", "code", "figure", "id", "kind", "maximum", "maximum_currency", "maximum_text", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "severity", "share_denominator", "share_numerator", "share_text", "source", "state", "text", "title") SELECT new_values."amount", new_values."amount_currency", new_values."amount_text", new_values."applies_to", new_values."base", new_values."code", new_values."figure", new_values."id", new_values."kind", new_values."maximum", new_values."maximum_currency", new_values."maximum_text", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_id", new_values."position", new_values."severity", new_values."share_denominator", new_values."share_numerator", new_values."share_text", new_values."source", new_values."state", new_values."text", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1df888012532b5dc4f911eb78714d589c82022f7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0e17a', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_planrule', when='AFTER'))),
            ('planrule', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_planruleevent" ("amount", "amount_currency", "amount_text", "applies_to", "base", "code", "figure", "id", "kind", "maximum", "maximum_currency", "maximum_text", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "severity", "share_denominator", "share_numerator", "share_text", "source", "state", "text", "title") SELECT new_values."amount", new_values."amount_currency", new_values."amount_text", new_values."applies_to", new_values."base", new_values."code", new_values."figure", new_values."id", new_values."kind", new_values."maximum", new_values."maximum_currency", new_values."maximum_text", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_id", new_values."position", new_values."severity", new_values."share_denominator", new_values."share_numerator", new_values."share_text", new_values."source", new_values."state", new_values."text", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='28159f7fa1d1731bd44dff99e2d4117e653fbcb4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_31a66', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_planrule', when='AFTER'))),
            ('planrule', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_planruleevent" ("amount", "amount_currency", "amount_text", "applies_to", "base", "code", "figure", "id", "kind", "maximum", "maximum_currency", "maximum_text", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "severity", "share_denominator", "share_numerator", "share_text", "source", "state", "text", "title") SELECT old_values."amount", old_values."amount_currency", old_values."amount_text", old_values."applies_to", old_values."base", old_values."code", old_values."figure", old_values."id", old_values."kind", old_values."maximum", old_values."maximum_currency", old_values."maximum_text", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."position", old_values."severity", old_values."share_denominator", old_values."share_numerator", old_values."share_text", old_values."source", old_values."state", old_values."text", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d6771e61f6599f8f22e07e3519114b13faef17e0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c55a3', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_planrule', when='AFTER'))),
            ('planruleevent', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='e61da4cd1f183a5fbab94751d20f158ca10ee612', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c1996', table='workplans_planruleevent', when='BEFORE'))),
            ('printedfigure', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_printedfigureevent" ("amount", "amount_currency", "figure", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan_id", "position", "state", "text") SELECT new_values."amount", new_values."amount_currency", new_values."figure", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."plan_id", new_values."position", new_values."state", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='92b52b717c907c98522a8cfc5ead3e3d476b21d8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5bf6a', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_printedfigure', when='AFTER'))),
            ('printedfigure', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_printedfigureevent" ("amount", "amount_currency", "figure", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan_id", "position", "state", "text") SELECT new_values."amount", new_values."amount_currency", new_values."figure", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."plan_id", new_values."position", new_values."state", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fe7ddc9e5562b6f857a32a5a0a02baeb587eb326', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7a1c2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_printedfigure', when='AFTER'))),
            ('printedfigure', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_printedfigureevent" ("amount", "amount_currency", "figure", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan_id", "position", "state", "text") SELECT old_values."amount", old_values."amount_currency", old_values."figure", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."plan_id", old_values."position", old_values."state", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='356c9b9f221e429743dffa243901674b87468cae', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5079c', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_printedfigure', when='AFTER'))),
            ('printedfigureevent', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='4b446cd56909dffde9d2c312aec03ca3949b8645', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5a135', table='workplans_printedfigureevent', when='BEFORE'))),
            ('quantity', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_quantityevent" ("action_id", "bound", "high", "id", "is_about", "low", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "result_id", "row_id", "text", "unit", "what") SELECT new_values."action_id", new_values."bound", new_values."high", new_values."id", new_values."is_about", new_values."low", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."result_id", new_values."row_id", new_values."text", new_values."unit", new_values."what" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='862d587876364e5a1fcf66076d3577ae5f7ded0a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_27bb6', referencing='REFERENCING NEW TABLE AS new_values ', table='workplans_quantity', when='AFTER'))),
            ('quantity', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_quantityevent" ("action_id", "bound", "high", "id", "is_about", "low", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "result_id", "row_id", "text", "unit", "what") SELECT new_values."action_id", new_values."bound", new_values."high", new_values."id", new_values."is_about", new_values."low", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."result_id", new_values."row_id", new_values."text", new_values."unit", new_values."what" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0e33c43394119800ed4ef55efcb0e6adc366d0b7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7726d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workplans_quantity', when='AFTER'))),
            ('quantity', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workplans_quantityevent" ("action_id", "bound", "high", "id", "is_about", "low", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "result_id", "row_id", "text", "unit", "what") SELECT old_values."action_id", old_values."bound", old_values."high", old_values."id", old_values."is_about", old_values."low", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."result_id", old_values."row_id", old_values."text", old_values."unit", old_values."what" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8f5edb28c91a10f64d34607b75e512821807a7b2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9800e', referencing='REFERENCING OLD TABLE AS old_values ', table='workplans_quantity', when='AFTER'))),
            ('quantityevent', pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(execute="guard_ledger('history_append_only')", func='RETURN NULL;', hash='20ab295ea880440288d806537277f2bd82738405', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a8ca1', table='workplans_quantityevent', when='BEFORE'))),
        ]),
        migrations.RunSQL(NAMED + POPULATION, FORMER + DROP_NAMED),
    ]
