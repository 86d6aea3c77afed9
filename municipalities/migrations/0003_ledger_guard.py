"""The one function that keeps rows that are added and never changed or removed.

It takes the name of the constraint to raise, and the columns that stand fast: none means
all of them. The triggers come with the models (`municipalities.guard.append_only`); that
on the contexts of the history, a table of the library, stands here. Those rows may change,
for the library fills them in during a request, but never go.
"""

from django.db import migrations

LEDGER = """
CREATE FUNCTION guard_ledger() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_NARGS > 1 AND NOT EXISTS (
    SELECT FROM unnest(TG_ARGV[1:]) AS fixed(name)
      WHERE to_jsonb(NEW) -> fixed.name IS DISTINCT FROM to_jsonb(OLD) -> fixed.name
  ) THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'rows of % stand fast', TG_TABLE_NAME
    USING ERRCODE = '23514', CONSTRAINT = TG_ARGV[0], TABLE = TG_TABLE_NAME;
END $$;

CREATE TRIGGER municipalities_history_context
  BEFORE DELETE ON pghistory_context
  FOR EACH ROW EXECUTE FUNCTION guard_ledger('history_append_only');
"""

DROP = """
DROP TRIGGER municipalities_history_context ON pghistory_context;
DROP FUNCTION guard_ledger();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("municipalities", "0002_visits"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]
    operations = [migrations.RunSQL(LEDGER, DROP)]
