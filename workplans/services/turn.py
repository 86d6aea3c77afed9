"""One at a time: who changes a plan and who submits it wait for each other."""

from workplans.models import WorkPlan


def locked_plan(key: int) -> WorkPlan:
    """The plan as it is now, with its region and its number, for this transaction only.

    Whoever changes a part of a plan takes this first: what was read of the plan stays
    true until the transaction ends, for the database lets every other writer wait at the
    number (`touch_plan()`).
    """
    plans = WorkPlan.objects.filter(revision__isnull=False)
    plans = plans.select_for_update(no_key=True, of=("self", "revision"))
    return plans.select_related("region", "revision").get(pk=key)
