"""The functions that the guards of `funds` call; the triggers come with the models."""

from django.db import migrations

APPEND_ONLY = """
CREATE OR REPLACE FUNCTION guard_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME
    USING ERRCODE = '23514', CONSTRAINT = 'append_only', TABLE = TG_TABLE_NAME;
END $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("municipalities", "0001_initial")]
    operations = [
        migrations.RunSQL(APPEND_ONLY, "DROP FUNCTION guard_append_only();"),
    ]
