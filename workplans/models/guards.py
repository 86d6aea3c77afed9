"""The guards of plans: what they call, and the sentence for each refusal.

The functions stand in the migrations 0001, 0005, 0010, 0013 and 0015.
"""

from collections.abc import Mapping

import pgtrigger

from municipalities.guard import Guard, append_only

MUNICIPALITY_VALID = (
    "{municipality} bestaat niet op {day}, de eerste dag van het plan; kies de gemeente die er "
    "toen was."
)

IN_REGION = (
    "{municipality} hoort niet bij {region}; kies een gemeente van die regio, of maak haar daar "
    "eerst lid van."
)
RECIPIENT_LEADS = (
    "Een gezamenlijke actie gaat via de penvoerder {lead} en niet via {found}; geef het hele "
    "bedrag aan {lead}, of kies een andere penvoerder."
)
BELOW = {
    "membership_used": (
        "{municipality} staat in het plan {plan}; haal haar eerst daar weg, en dan uit de regio."
    ),
    "membership_submitted": (
        "Het plan {plan} is ingediend en rekent met de gemeenten die de regio op {day} had; laat "
        "{municipality} zoals het was."
    ),
    "population_key": (
        "Het plan {plan} is ingediend en rekent met de inwoners van {municipality} op {day}; laat "
        "dat cijfer zoals het was, en geef een nieuw cijfer een andere peildatum."
    ),
    "population_newest": (
        "Het plan {plan} is ingediend en rekent met de nieuwste inwonertallen tot en met "
        "{first_day}; zet in dat plan eerst de peildatum achter inwoners."
    ),
}
"""What may not change in the app below, for a plan rests on it (migration 0005)."""
SUBMISSION_STANDS = (
    "Het plan {plan} is ingediend en wordt geen concept meer; laat de status op aangeboden, of "
    "begin een nieuw plan."
)
ADOPTED_STANDS = (
    "Het plan {plan} is {status} en verandert niet meer; begin eerst een nieuwe versie."
)
APPLICATION_STANDS = (
    "Wat een plan heeft ingediend staat vast; laat ronde, dag en aanvraag zoals ze waren, of neem "
    "het plan eerst terug."
)
STEP_SENTENCES = {
    "plan_trail": (
        "De status van het plan {plan} ({status}) hoort bij geen stap; zet een stap op de pagina "
        "van het plan, dan verandert de status mee."
    ),
    "step_chain": (
        "Deze stap begint niet waar de vorige stap van het plan {plan} eindigde; kijk wat de "
        "status nu is."
    ),
    "step_kept": (
        "Een stap blijft bij het plan {plan}; zet een volgende stap, dan komt die erbij."
    ),
    "step_version": "De versie bij deze stap is van een ander plan; kies een versie van {plan}.",
}


def application_guard() -> Guard:
    """The guard that what a plan submitted stands fast, from the submission on until it
    is withdrawn: then the row becomes empty, and only that."""
    return Guard(
        name="append_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__application__isnull=False),
        call="guard_plan_application()",
        sentences={"plan_application_append_only": APPLICATION_STANDS},
    )


def trail_guard() -> Guard:
    """The guard that a plan has the status of its last step."""
    return Guard(
        name="plan_trail",
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),
        call="guard_plan_status()",
        sentences=STEP_SENTENCES,
    )


def submission_guard(operation: object) -> Guard:
    """The guard that a plan of which something was submitted is no concept any more."""
    return Guard(
        name="submission_stands",
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=operation,
        call="guard_submission()",
        sentences={"submission_stands": SUBMISSION_STANDS},
    )


def municipality_guard(call: str, operation: object) -> Guard:
    """The guard that a municipality in a plan is valid on the first day of the plan and
    a member of its region, and that of a joint action only the lead receives.

    It hangs on every table whose change could break that, down to those of the app
    below (migrations 0003 and 0005).
    """
    return Guard(
        name="share_municipality",
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=operation,
        call=call,
        sentences={
            "share_municipality": MUNICIPALITY_VALID,
            "share_region": IN_REGION,
            "joint_recipient": RECIPIENT_LEADS,
            **BELOW,
        },
    )


def belongs_guard(name: str, call: str, operation: object, sentences: Mapping[str, str]) -> Guard:
    """The guard that a row and what it names belong to the same plan, line or action.

    Each function asks about one row by its key, as it is at the end.
    """
    return Guard(
        name=name,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=operation,
        call=call,
        sentences=sentences,
    )


def touches(path: str) -> list[Guard]:
    """The guards that give a plan a new number when rows of it are written, and refuse
    that once the plan is adopted. `path` says how a row finds its plan: `plan`, `line`,
    `action`, `cost_line`, `block`, `partner`, `quantity`; `self` for the plan itself.

    Statement level: a table has one for each event, as PostgreSQL asks.
    """
    events = (
        ("touch_insert", pgtrigger.Insert, pgtrigger.Referencing(new="n")),
        ("touch_update", pgtrigger.Update, pgtrigger.Referencing(old="o", new="n")),
        ("touch_delete", pgtrigger.Delete, pgtrigger.Referencing(old="o")),
    )
    return [
        Guard(
            name=name,
            when=pgtrigger.After,
            level=pgtrigger.Statement,
            operation=operation,
            referencing=referencing,
            call=f"touch_plan('{path}')",
            sentences={"plan_adopted": ADOPTED_STANDS},
        )
        for name, operation, referencing in events
    ]


COMMENT_FIXED = ("plan_id", "place", "cell", "answer_to_id", "text", "author_id", "written_at")
COMMENT_STANDS = (
    "Wat iemand schreef staat vast; trek de opmerking in, of schrijf een antwoord waarin staat "
    "wat er anders is."
)
COMMENT_WITHDRAWN = "Deze opmerking is ingetrokken en blijft dat; schrijf een nieuwe."
COMMENT_KEPT = (
    "Een opmerking blijft bij het plan; trek haar in, dan is de tekst niet meer te lezen."
)
COMMENT_PLACE = (
    "Een opmerking staat bij een plaats in hetzelfde plan, en een antwoord bij een opmerking die "
    "zelf geen antwoord is; kies een plaats in dit plan."
)


def comment_guards() -> list[Guard]:
    """The guards that what was said stands: text and place never change, a withdrawal is
    for good, and a comment goes only with its plan. A place that is removed leaves its
    column empty, which is allowed."""
    return [
        Guard(
            name="append_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            call="guard_ledger({})".format(
                ", ".join(f"'{argument}'" for argument in ("comment_stands", *COMMENT_FIXED))
            ),
            sentences={"comment_stands": COMMENT_STANDS},
        ),
        Guard(
            name="withdrawal_stands",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            call="guard_ledger('comment_withdrawn', 'withdrawn_at')",
            sentences={"comment_withdrawn": COMMENT_WITHDRAWN},
        ),
        Guard(
            name="comment_kept",
            when=pgtrigger.After,
            operation=pgtrigger.Delete,
            timing=pgtrigger.Deferred,
            call="guard_comment_kept()",
            sentences={"comment_kept": COMMENT_KEPT},
        ),
        belongs_guard(
            "comment_place",
            "guard_comment_place()",
            pgtrigger.Insert | pgtrigger.UpdateOf("block_id", "line_id", "action_id"),
            {"comment_place": COMMENT_PLACE},
        ),
    ]


ROUND_FIXED = (
    "Een voortgangsronde blijft van haar plan en haar half jaar; trek haar in en open een andere."
)
ROUND_CLOSED = (
    "Deze voortgangsronde is gesloten en verandert niet meer; schrijf wat er nog bij moet in de "
    "volgende ronde."
)
REPORT_KEPT = "Een verslag van de voortgang wordt niet weggehaald; schrijf er een nieuwe tekst in."
REPORT_PLACE = (
    "Deze actie is van een ander plan dan de voortgangsronde; kies een actie van dat plan."
)
REPORT_OVERTAKEN = (
    "Iemand anders heeft dit verslag intussen gewijzigd; kijk wat er nu staat en bewaar dan "
    "opnieuw."
)
ACTION_REPORTED = (
    "Van {code} {title} is een verslag van de voortgang; laat de actie staan en zet haar stand op "
    "geschrapt."
)


def round_guards() -> list[Guard]:
    """The guards that a round keeps its plan and half year, and that nothing of it
    changes once it is closed; nor is it removed then."""
    return [
        Guard(
            name="round_fixed",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            call="guard_ledger('progress_round_fixed', 'plan_id', 'year', 'half')",
            sentences={"progress_round_fixed": ROUND_FIXED},
        ),
        append_only(
            "progress_closed",
            ROUND_CLOSED,
            "due_on",
            "opened_at",
            "closed_on",
            condition=pgtrigger.Q(old__closed_on__isnull=False),
        ),
    ]


def report_guard() -> Guard:
    """The guard of reports: of an action of the plan, in an open round, and each write
    has the number after that of the row it writes over. None is removed."""
    return Guard(
        name="report",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        call="guard_report()",
        sentences={
            "progress_closed": ROUND_CLOSED,
            "progress_kept": REPORT_KEPT,
            "progress_place": REPORT_PLACE,
            "progress_overtaken": REPORT_OVERTAKEN,
        },
    )


def measurement_guard() -> Guard:
    """The guard that measurements of a closed round stand."""
    return Guard(
        name="measurement",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        call="guard_measurement()",
        sentences={"progress_closed": ROUND_CLOSED},
    )


def reported_guard() -> Guard:
    """The guard that an action of which something was reported stays in its plan."""
    return Guard(
        name="reported",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        call="guard_action_reported()",
        sentences={"action_reported": ACTION_REPORTED},
    )
