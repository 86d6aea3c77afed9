"""One at a time: who changes a plan and who submits it wait for each other."""

from workplans.models import WorkPlan


def locked_plan(key: int) -> WorkPlan:
    """The plan as it is now, with its region, for this transaction only.

    Whoever changes a part of a plan takes this first: what was read of the plan stays
    true until the transaction ends. Adding parts elsewhere does not wait for it.
    """
    plans = WorkPlan.objects.select_for_update(no_key=True, of=("self",))
    return plans.select_related("region").get(pk=key)
