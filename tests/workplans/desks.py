"""The editor as a page of it speaks: addresses, batches, handles."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories import ActionFactory, ActionLineFactory, BlockFactory, WorkPlanFactory
from workplans.models import PlanRevision, WorkPlan


def small_plan(region: Any, **fields: Any) -> WorkPlan:
    """A text, and a line with two actions: A1 of € 10.000 for Katwijk, A2 without cells."""
    plan = WorkPlanFactory(region=region, **fields)
    BlockFactory(plan=plan, title="Inleiding", text="Waarom dit plan.")
    BlockFactory(plan=plan, kind="acties", title="Acties", text="")
    line = ActionLineFactory(plan=plan, code="A", title="Preventie")
    ActionFactory(
        line=line, code="1", title="Opvang", amount="€ 10.000", planning="2020", municipalities="K"
    )
    ActionFactory(line=line, code="2", title="Overleg", amount="PM", planning="", municipalities="")
    return plan


def at(plan: WorkPlan, name: str, *more: str) -> str:
    return reverse(f"workplans:{name}", args=[plan.slug, *more])


def posted(client: Client, url: str, body: Any) -> HttpResponse:
    return client.post(url, json.dumps(body), content_type="application/json")


def change(client: Client, plan: WorkPlan, *changes: dict[str, Any], key: Any = None) -> Any:
    """The answer to a batch of changes."""
    body = {"key": str(key or uuid.uuid4()), "changes": list(changes)}
    return posted(client, at(plan, "plan_change"), body)


def put(node: str, key: str, was: Any, now: Any) -> dict[str, Any]:
    return {"do": "put", "node": node, "key": key, "was": was, "now": now}


def number(plan: WorkPlan) -> int:
    return PlanRevision.objects.get(plan=plan).number
