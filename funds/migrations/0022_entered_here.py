"""What belongs to a decision comes in the transaction of that decision, and in no later one.

Until here a clock said so, and for a proposal nothing: whoever wrote plain SQL could add an
obligation to a proposal that a second person had looked at already. The rest closes what
was left open beside it: a settlement at REPEATABLE READ that does not see a request of
after its snapshot, and a payment schedule without a number.
"""

from importlib import import_module

from django.db import migrations

# A row that is seen while the transaction that wrote it goes on was written by that very
# transaction; others see it later. Holds for savepoints too, where a row has the number of
# the savepoint. PostgreSQL keeps 32 bits of that number in the row: the whole one is the
# nearest to that of the transaction.
ENTERED_HERE = """
CREATE FUNCTION entered_here(written_by xid) RETURNS boolean
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT coalesce(pg_xact_status((
      here + (written_by::text::bigint - here % 4294967296 + 6442450944) % 4294967296 - 2147483648
    )::text::xid8) = 'in progress', false)
    FROM (SELECT pg_current_xact_id()::text::bigint AS here) AS own
$$;
"""

proposals = import_module("funds.migrations.0013_four_eyes")
provisions = import_module("funds.migrations.0015_provisions")
requests = import_module("funds.migrations.0016_accounts_and_requests")
schedules = import_module("funds.migrations.0018_payment_schedules")

FORMER = "".join(
    [
        proposals.PROPOSAL,
        proposals.PROPOSED,
        provisions.PROVISION,
        provisions.OBLIGATION,
        requests.GRANT_OPEN,
        schedules.SCHEDULE,
    ]
)
CHANGES = [
    # A proposal that is written again unchanged would be of this transaction.
    ("OLD.outcome <> ''\n", "OLD.outcome <> '' OR NEW.outcome = ''\n"),
    (
        "l.id = NEW.line_id AND p.outcome = '')",
        "l.id = NEW.line_id AND p.outcome = '' AND entered_here(p.xmin))",
    ),
    (
        "p.dated_on = NEW.dated_on\n        AND p.outcome = '')",
        "p.dated_on = NEW.dated_on\n        AND p.outcome = '' AND entered_here(p.xmin))",
    ),
    ("g.entered_at >= now())", "entered_here(g.xmin))"),
    ("SELECT p.dated_on, p.entered_at INTO", "SELECT p.dated_on, entered_here(p.xmin) AS is_here INTO"),
    ("IF decided.entered_at < now() THEN", "IF NOT decided.is_here THEN"),
    (
        "PERFORM 1 FROM funds_envelopecounter WHERE envelope_id = envelope_of_grant(NEW.grant_id)"
        "\n    FOR NO KEY UPDATE;",
        "UPDATE funds_envelopecounter SET entries = entries + 1\n"
        "    WHERE envelope_id = envelope_of_grant(NEW.grant_id);",
    ),
    (
        "IF NEW.number > coalesce(last.number, 0) + 1 OR",
        "IF NEW.number NOT BETWEEN 1 AND coalesce(last.number, 0) + 1 OR",
    ),
]


def changed(text: str) -> str:
    for old, new in CHANGES:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def replaced(text: str) -> str:
    return text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("funds", "0021_answers_of_moves")]
    operations = [
        migrations.RunSQL(
            ENTERED_HERE + replaced(changed(FORMER)),
            replaced(FORMER) + "DROP FUNCTION entered_here(xid);",
        )
    ]
