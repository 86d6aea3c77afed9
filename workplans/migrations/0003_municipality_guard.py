"""The guard on the table of municipalities itself, which stands below this app: a
validity that changes under a plan is refused too."""

from django.db import migrations

CREATE = """
CREATE CONSTRAINT TRIGGER workplans_municipality_validity
  AFTER UPDATE OF valid_from, valid_until ON municipalities_municipality
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard_municipality_validity();
"""


class Migration(migrations.Migration):
    dependencies = [("workplans", "0002_initial")]
    operations = [
        migrations.RunSQL(
            CREATE,
            "DROP TRIGGER workplans_municipality_validity ON municipalities_municipality;",
        )
    ]
