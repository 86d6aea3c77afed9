"""Test data as real as the real thing: what a service makes, a service makes here too,
so that values, shares and application lines are always right."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import factory
from django.db import transaction
from django.utils.timezone import localdate
from djmoney.money import Money
from factory.django import DjangoModelFactory

from funds import models as funds
from funds.carrying import Carrying, carry_over
from funds.distributing import Proposal, distribute
from funds.division import Place, Tranche, divide
from funds.key import WHOLE, Key
from funds.ledger import change_grant, pay, settle
from funds.notation import AmountState
from funds.reserving import move_reserve
from funds.round_choosing import change_operations
from funds.round_choosing import make_scenario as make_round_scenario
from funds.scenario import Kind, Operation
from funds.scheduling import make_schedule, propose_schedule
from funds.services import AskedLine, record_grant, submit_application
from municipalities import models as who
from workplans import models as plans
from workplans.cells import Cell, Typed, TypedCost
from workplans.lifecycle import LOADED, SUBMIT
from workplans.majority import Majority, Outcome
from workplans.services import (
    Reported,
    begin_trail,
    close_round,
    make_scenario,
    name_body,
    open_round,
    publish_version,
    put_forward,
    record_decision,
    set_table,
    store_cells,
    submit_workplan,
    withdraw_publication,
    write_comment,
    write_progress,
)

Role = who.RoleAssignment.Role


def euro(amount: str | int | Decimal) -> Money:
    return Money(Decimal(amount), "EUR")


# ---- who


class MunicipalityFactory(DjangoModelFactory):
    """A municipality that has always existed; the code is none of the real ones."""

    class Meta:
        model = who.Municipality
        django_get_or_create = ("code",)

    class Params:
        ended = factory.Trait(valid_until=datetime.date(2018, 12, 31))

    code = factory.Sequence(lambda n: f"GM{9000 + n % 1000}")
    name = factory.Sequence(lambda n: f"Gemeente{n}")
    sort_name = factory.LazyAttribute(lambda row: row.name.lower())
    province = "Zuid-Holland"


class RegionFactory(DjangoModelFactory):
    """A region with three municipalities, or with those (or as many) as `members` says.

    Members have the abbreviations A, B, C …
    """

    class Meta:
        model = who.Region
        django_get_or_create = ("slug",)
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"regio-{n}")
    name = factory.Sequence(lambda n: f"Regio {n}")
    kind = who.Region.Kind.SUBREGION

    @factory.post_generation
    def members(self: who.Region, create: bool, given: Any, **kwargs: Any) -> None:
        if self.memberships.exists():
            return
        wanted = 3 if given is None else given
        rows = MunicipalityFactory.create_batch(wanted) if isinstance(wanted, int) else wanted
        for position, municipality in enumerate(rows):
            RegionMembershipFactory(
                region=self,
                municipality=municipality,
                position=position,
                abbreviation=chr(ord("A") + position) if position < 26 else "",
            )


class RegionMembershipFactory(DjangoModelFactory):
    class Meta:
        model = who.RegionMembership

    region = factory.SubFactory(RegionFactory, members=0)
    municipality = factory.SubFactory(MunicipalityFactory)
    position = factory.Sequence(lambda n: n % 30_000)


class PopulationFigureFactory(DjangoModelFactory):
    class Meta:
        model = who.PopulationFigure

    class Params:
        undated = factory.Trait(reference_date=None, status=who.PopulationFigure.Status.DEMO)

    municipality = factory.SubFactory(MunicipalityFactory)
    reference_date = datetime.date(2019, 1, 1)
    inhabitants = factory.Sequence(lambda n: 10_000 + 1_000 * n)
    status = who.PopulationFigure.Status.FINAL
    source = "CBS"


class UserFactory(DjangoModelFactory):
    """Somebody who may sign in (password `geheim`) and has no role yet."""

    class Meta:
        model = who.User
        django_get_or_create = ("email",)

    class Params:
        technician = factory.Trait(is_superuser=True)

    email = factory.Sequence(lambda n: f"persoon{n}@voorbeeld.nl")
    display_name = factory.Sequence(lambda n: f"Collega {n}")

    @classmethod
    def _create(cls, model_class: type[who.User], *args: Any, **kwargs: Any) -> who.User:
        email = kwargs.pop("email")
        found = model_class.objects.filter(email=email).first()
        password = kwargs.pop("password", "geheim")
        return found or model_class.objects.create_user(email, password, **kwargs)


class RoleAssignmentFactory(DjangoModelFactory):
    """A role with the scope that belongs to it; one trait for each."""

    class Meta:
        model = who.RoleAssignment

    class Params:
        policy_officer = factory.Trait(
            role=Role.POLICY_OFFICER, municipality=factory.SubFactory(MunicipalityFactory)
        )
        project_leader = factory.Trait(
            role=Role.PROJECT_LEADER, region=factory.SubFactory(RegionFactory)
        )
        fund_manager = factory.Trait(
            role=Role.FUND_MANAGER, municipality=factory.SubFactory(MunicipalityFactory)
        )
        reader_of_region = factory.Trait(role=Role.READER, region=factory.SubFactory(RegionFactory))
        reader_of_municipality = factory.Trait(
            role=Role.READER, municipality=factory.SubFactory(MunicipalityFactory)
        )

    user = factory.SubFactory(UserFactory)
    role = Role.ADMINISTRATOR
    region = None
    municipality = None


# ---- with what


class FundFactory(DjangoModelFactory):
    class Meta:
        model = funds.Fund
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"fonds-{n}")
    name = factory.Sequence(lambda n: f"Fonds {n}")
    owner = factory.SubFactory(MunicipalityFactory)
    regime = funds.Fund.Regime.CONTRIBUTION


class EnvelopeFactory(DjangoModelFactory):
    """€ 100.000 for a region in 2020 and 2021, there since 1 January 2019."""

    class Meta:
        model = funds.Envelope

    fund = factory.SubFactory(FundFactory)
    region = factory.SubFactory(RegionFactory)
    starts_on = datetime.date(2020, 1, 1)
    ends_on = datetime.date(2021, 12, 31)
    dated_on = datetime.date(2019, 1, 1)
    amount = euro(100_000)


class EnvelopeMutationFactory(DjangoModelFactory):
    class Meta:
        model = funds.EnvelopeMutation

    class Params:
        conditional = factory.Trait(amount=None, condition="Nog geen besluit")

    envelope = factory.SubFactory(EnvelopeFactory)
    dated_on = datetime.date(2020, 1, 1)
    amount = euro(1_000)
    reason = factory.Sequence(lambda n: f"Bijstelling {n}")


class EarmarkFactory(DjangoModelFactory):
    """From € 500 to 5.000, since the first day of its envelope."""

    class Meta:
        model = funds.Earmark

    envelope = factory.SubFactory(EnvelopeFactory)
    name = factory.Sequence(lambda n: f"Oormerk {n}")
    minimum = euro(500)
    maximum = euro(5_000)
    dated_on = factory.LazyAttribute(lambda row: row.envelope.dated_on)


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = funds.Round
        django_get_or_create = ("fund", "slug")

    fund = factory.SubFactory(FundFactory)
    slug = factory.Sequence(lambda n: f"ronde-{n}")
    name = factory.Sequence(lambda n: f"Ronde {n}")
    dated_on = datetime.date(2020, 1, 1)


def asked(amount: str | int | AmountState, *, code: str = "", title: str = "Actie") -> AskedLine:
    """One line to ask for: an amount in euros, or the state of an unknown one."""
    if isinstance(amount, AmountState):
        return AskedLine(code, title, amount, None)
    return AskedLine(code, title, AmountState.KNOWN, Decimal(amount))


class ApplicationFactory(DjangoModelFactory):
    """What a region asked on 1 March 2020: one line of € 10.000 unless `lines` is given."""

    class Meta:
        model = funds.Application

    class Params:
        granted = factory.Trait(grants=True)

    envelope = factory.SubFactory(EnvelopeFactory)
    round = factory.LazyAttribute(lambda row: RoundFactory(fund=row.envelope.fund))
    title = factory.Sequence(lambda n: f"Aanvraag {n}")
    submitted_on = datetime.date(2020, 3, 1)
    lines = factory.LazyFunction(lambda: [asked(10_000)])
    grants = False

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> funds.Application:
        grants = kwargs.pop("grants")
        application = submit_application(kwargs.pop("envelope"), **kwargs)
        if grants:
            for line in application.lines.all():
                GrantFactory(line=line)
        return application


class ApplicationLineFactory(DjangoModelFactory):
    """The only line of an application of its own; `asked` is euros or a state."""

    class Meta:
        model = funds.ApplicationLine

    class Params:
        pm = factory.Trait(asked=AmountState.PM)

    asked = 10_000

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> funds.ApplicationLine:
        amount = kwargs.pop("asked")
        return ApplicationFactory(lines=[asked(amount)], **kwargs).lines.get()


class GrantFactory(DjangoModelFactory):
    """The whole of a line granted (zero where its amount is unknown), a month later."""

    class Meta:
        model = funds.Grant

    class Params:
        refused = factory.Trait(amount=Decimal(0))

    line = factory.SubFactory(ApplicationLineFactory)
    amount = factory.LazyAttribute(
        lambda row: row.line.amount.amount if row.line.amount else Decimal(0)
    )
    dated_on = factory.LazyAttribute(
        lambda row: row.line.application.submitted_on + datetime.timedelta(days=31)
    )
    decision = ""

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> funds.Grant:
        return record_grant(kwargs.pop("line"), **kwargs)


class GrantEntryFactory(DjangoModelFactory):
    """A payment of half a grant, by `fenna` or whoever; other traits are other verbs."""

    class Meta:
        model = funds.GrantEntry

    class Params:
        changed = factory.Trait(verb=change_grant, reason="Minder nodig", reference=None)
        settled = factory.Trait(verb=settle, ground="Verantwoording", reference=None)

    grant = factory.SubFactory(GrantFactory)
    amount = factory.LazyAttribute(lambda row: row.grant.amount.amount / 2)
    on = factory.LazyAttribute(lambda row: row.grant.dated_on + datetime.timedelta(days=31))
    by = factory.SubFactory(UserFactory)
    reference = factory.Sequence(lambda n: f"B{n}")
    verb = pay

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> funds.GrantEntry:
        verb = kwargs.pop("verb")
        said = {name: value for name, value in kwargs.items() if value is not None}
        return verb(said.pop("grant"), said.pop("amount"), **said)


class PaymentScheduleFactory(DjangoModelFactory):
    """All that may be paid of an application that was granted, on one day."""

    class Meta:
        model = funds.PaymentSchedule

    application = factory.SubFactory(ApplicationFactory, granted=True)
    typed = "rest 01-10-2020"
    on = datetime.date(2020, 5, 1)
    reason = ""
    by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> funds.PaymentSchedule:
        application = kwargs.pop("application")
        return make_schedule(application, propose_schedule(application, kwargs["typed"]), **kwargs)


class GrantProposalFactory(DjangoModelFactory):
    """A decision that somebody proposed, with an effect that is another by now."""

    class Meta:
        model = funds.GrantProposal

    application = factory.SubFactory(ApplicationFactory)
    dated_on = factory.LazyAttribute(lambda row: row.application.submitted_on)
    digest = "0" * 64
    proposed_by = factory.SubFactory(UserFactory)


class AtOnceFactory(DjangoModelFactory):
    """Makes a row and all that it hangs on in one transaction."""

    class Meta:
        abstract = True

    @classmethod
    def _generate(cls, strategy: Any, params: Any) -> Any:
        with transaction.atomic():
            return super()._generate(strategy, params)


class ProposedGrantFactory(AtOnceFactory):
    class Meta:
        model = funds.ProposedGrant

    proposal = factory.SubFactory(GrantProposalFactory)
    line = factory.LazyAttribute(lambda row: row.proposal.application.lines.first())
    amount = euro(1_000)


class ProvisionFactory(AtOnceFactory):
    """What goes with a decision that somebody proposed, so that it stands by itself."""

    class Meta:
        model = funds.Provision

    application = factory.LazyAttribute(lambda row: row.proposal.application)
    proposal = factory.SubFactory(GrantProposalFactory)
    dated_on = factory.LazyAttribute(lambda row: row.proposal.dated_on)
    entered_by = factory.SubFactory(UserFactory)


class ObligationFactory(AtOnceFactory):
    """An obligation by a day; `standing` is one of a decision that was taken."""

    class Meta:
        model = funds.Obligation

    class Params:
        standing = factory.Trait(is_taken=True)

    provision = factory.SubFactory(ProvisionFactory)
    position = 1
    kind = funds.Obligation.Kind.OBLIGATION
    text = "Lever het verslag in"
    due_on = datetime.date(2021, 5, 1)
    is_taken = False

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> funds.Obligation:
        is_taken = kwargs.pop("is_taken")
        obligation = super()._create(model_class, *args, **kwargs)
        if is_taken:
            proposal = obligation.provision.proposal
            proposal.outcome, proposal.closed_by = "bevestigd", UserFactory()
            proposal.save()
        return obligation


class ObligationEntryFactory(DjangoModelFactory):
    class Meta:
        model = funds.ObligationEntry

    obligation = factory.SubFactory(ObligationFactory, standing=True)
    outcome = funds.ObligationEntry.Outcome.MET
    dated_on = datetime.date(2021, 4, 1)
    note = "Verslag ontvangen"
    entered_by = factory.SubFactory(UserFactory)


class AccountabilityFactory(DjangoModelFactory):
    class Meta:
        model = funds.Accountability

    grant = factory.SubFactory(GrantFactory)
    realised = euro(400)
    text = "Besteed aan uren"
    dated_on = factory.LazyAttribute(lambda row: row.grant.dated_on)
    entered_by = factory.SubFactory(UserFactory)


class ChangeRequestFactory(DjangoModelFactory):
    """A request for 400 in place of what was granted."""

    class Meta:
        model = funds.ChangeRequest

    grant = factory.SubFactory(GrantFactory)
    granted = factory.LazyAttribute(lambda row: row.grant.amount)
    requested = euro(400)
    reason = "Er is minder nodig"
    dated_on = factory.LazyAttribute(lambda row: row.grant.dated_on)
    entered_by = factory.SubFactory(UserFactory)


class CompletionRequestFactory(DjangoModelFactory):
    class Meta:
        model = funds.CompletionRequest

    application = factory.SubFactory(ApplicationFactory)
    dated_on = factory.LazyAttribute(lambda row: row.application.submitted_on)
    due_on = factory.LazyAttribute(lambda row: row.dated_on + datetime.timedelta(days=14))
    text = "De begroting per activiteit"
    entered_by = factory.SubFactory(UserFactory)


class RoundScenarioFactory(DjangoModelFactory):
    """A scenario of a round: everything goes down until it fits."""

    class Meta:
        model = funds.RoundScenario

    round = factory.LazyFunction(lambda: ApplicationFactory().round)
    title = "Alles evenveel lager"
    operations = (Operation(Kind.CUT),)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> funds.RoundScenario:
        operations = kwargs.pop("operations")
        made = make_round_scenario(kwargs.pop("round"), **kwargs)
        return change_operations(made, operations, seen=made.mark)


class RoundChoiceFactory(DjangoModelFactory):
    """A choice that closes nothing and decided nothing, made of no material."""

    class Meta:
        model = funds.RoundChoice

    round = factory.SubFactory(RoundFactory)
    number = factory.Sequence(lambda n: n + 1)
    digest = "0" * 64
    material = factory.LazyFunction(lambda: {"budget": "0.00", "lines": []})
    dated_on = datetime.date(2020, 4, 1)
    entered_by = factory.SubFactory(UserFactory)


class DistributionFactory(DjangoModelFactory):
    """An amount that is shared equally over the region, on one day; with `reserved` it
    comes from a reserve that holds just that."""

    class Meta:
        model = funds.Distribution

    class Params:
        reserved = factory.Trait(from_reserve=True, decision="Besluit 1")

    fund = factory.LazyFunction(lambda: EnvelopeFactory().fund)
    region = factory.LazyAttribute(lambda row: row.fund.envelopes.first().region)
    title = factory.Sequence(lambda n: f"Verdeling {n}")
    amount = 100
    on = datetime.date(2020, 1, 1)
    decision = ""
    from_reserve = False
    by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> funds.Distribution:
        fund, amount, on = kwargs["fund"], kwargs.pop("amount"), kwargs.pop("on")
        if kwargs["from_reserve"]:
            ReserveMovementFactory(fund=fund, amount=amount, on=on)
        members = who.Municipality.objects.valid_on(on).filter(memberships__region=kwargs["region"])
        places = [Place(each.code, each.name) for each in members.order_by("code")]
        key = Key(equally=WHOLE, sharers=[each.code for each in places])
        tranche = Tranche(on, Decimal(amount))
        by = kwargs.pop("by")
        del kwargs["fund"]
        division = divide(key, places, [tranche], unit="cent")
        return distribute(fund, Proposal(division=division, decided_on=on, **kwargs), by=by)


class CarryOverFactory(DjangoModelFactory):
    """A hundred euros of an envelope, carried to the period after it; with `reserved` to
    the reserve."""

    class Meta:
        model = funds.CarryOver

    class Params:
        reserved = factory.Trait(target=None)

    source = factory.SubFactory(EnvelopeFactory)
    target = factory.LazyAttribute(
        lambda row: EnvelopeFactory(
            fund=row.source.fund,
            region=row.source.region,
            starts_on=datetime.date(2040, 1, 1),
            ends_on=datetime.date(2041, 12, 31),
            amount=euro(0),
        )
    )
    amount = 100
    on = datetime.date(2020, 12, 31)
    reason = factory.Sequence(lambda n: f"Niet besteed {n}")
    decision = "Collegebesluit 1"
    by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> funds.CarryOver:
        carrying = Carrying(
            kwargs.pop("source"),
            kwargs.pop("target"),
            Decimal(kwargs.pop("amount")),
            kwargs.pop("on"),
        )
        return carry_over(carrying, **kwargs)


class ReserveMovementFactory(DjangoModelFactory):
    """An addition to the reserve of a fund."""

    class Meta:
        model = funds.ReserveMovement

    fund = factory.SubFactory(FundFactory)
    kind = "toevoeging"
    amount = 100
    reason = "Overschot"
    decision = "Raadsbesluit 1"
    on = datetime.date(2020, 1, 1)
    by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> funds.ReserveMovement:
        return move_reserve(kwargs.pop("fund"), Decimal(kwargs.pop("amount")), **kwargs)


# ---- to what end


class WorkPlanFactory(DjangoModelFactory):
    """An empty concept for 2020 and 2021. Life stages:

    `draft` has an action of € 9.000, divided over the region, and a round to apply in;
    `submitted` was also submitted there on 1 March 2020.
    """

    class Meta:
        model = plans.WorkPlan
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(stage="draft")
        submitted = factory.Trait(stage="submitted")

    slug = factory.Sequence(lambda n: f"plan-{n}")
    title = factory.Sequence(lambda n: f"Plan {n}")
    kind = plans.WorkPlan.Kind.WORK_PLAN
    region = factory.SubFactory(RegionFactory)
    first_year = 2020
    last_year = 2021
    as_of = datetime.date(2020, 3, 1)
    joint_text = "gelijk"
    stage = ""
    fund = None

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.WorkPlan:
        stage, fund = kwargs.pop("stage"), kwargs.pop("fund")
        with transaction.atomic():
            plan = super()._create(model_class, *args, **kwargs)
            begin_trail(plan, LOADED, by=None)
        if stage:
            ActionFactory(line__plan=plan, amount="€ 9.000,-", equal=True)
            PlanApplicationFactory(plan=plan, **({"round__fund": fund} if fund else {}))
        if stage == "submitted":
            plan = submit_workplan(plan, on=datetime.date(2020, 3, 1))
        return plan


class PlanApplicationFactory(DjangoModelFactory):
    """The round in which a plan asks; the region has an envelope there."""

    class Meta:
        model = plans.PlanApplication

    plan = factory.SubFactory(WorkPlanFactory)
    round = factory.SubFactory(RoundFactory)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.PlanApplication:
        fund, region = kwargs["round"].fund, kwargs["plan"].region
        if not fund.envelopes.filter(region=region).exists():
            EnvelopeFactory(fund=fund, region=region)
        return super()._create(model_class, *args, **kwargs)


class BlockFactory(DjangoModelFactory):
    """A block of text."""

    class Meta:
        model = plans.Block

    plan = factory.SubFactory(WorkPlanFactory)
    position = factory.Sequence(lambda n: n)
    kind = plans.Block.Kind.TEXT
    title = factory.Sequence(lambda n: f"Hoofdstuk {n}")
    text = "Een alinea.\n\n- een punt\n- nog een punt"


class ActionLineFactory(DjangoModelFactory):
    class Meta:
        model = plans.ActionLine

    plan = factory.SubFactory(WorkPlanFactory)
    position = factory.Sequence(lambda n: n)
    code = factory.Sequence(lambda n: f"L{n}")
    title = factory.Sequence(lambda n: f"Actielijn {n}")
    kind = plans.ActionLine.Kind.CIRCLE


class ActionFactory(DjangoModelFactory):
    """An action with its three cells as somebody typed them: one cost line of € 10.000,
    not divided. `amount=None` makes no cost line. Give a `Cell` for what is unread."""

    class Meta:
        model = plans.Action

    class Params:
        equal = factory.Trait(municipalities="gelijk over de gemeenten")
        pm = factory.Trait(amount="PM")
        unread = factory.Trait(amount=Cell("€ 64,376", unread=True))

    line = factory.SubFactory(ActionLineFactory)
    position = factory.Sequence(lambda n: n)
    code = factory.Sequence(lambda n: f"{n}")
    title = factory.Sequence(lambda n: f"Actie {n}")
    amount = "€ 10.000,-"
    planning = "2020"
    municipalities = ""
    nature = ""
    funding = ""

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.Action:
        said = ("amount", "planning", "municipalities", "nature", "funding")
        typed = typed_cells(**{name: kwargs.pop(name) for name in said})
        action = model_class(**kwargs)
        store_cells(action, typed=typed)
        return action


def typed_cells(
    amount: str | Cell | None,
    planning: str | Cell = "",
    municipalities: str | Cell = "",
    *,
    nature: str = "",
    funding: str = "",
) -> Typed:
    """Cells from plain text; what is a `Cell` already stays as it is. Without an amount
    there is no cost line, and `funding` stands at the action."""
    costs = () if amount is None else (TypedCost(_cell(amount), nature, funding),)
    return Typed(
        costs=costs,
        planning=_cell(planning),
        municipalities=_cell(municipalities),
        funding="" if costs else funding,
    )


def _cell(text: str | Cell) -> Cell:
    return text if isinstance(text, Cell) else Cell(text)


class CostLineFactory(DjangoModelFactory):
    """The cost line of an action of its own; takes what `ActionFactory` takes."""

    class Meta:
        model = plans.CostLine

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.CostLine:
        return ActionFactory(**kwargs).cost_lines.get()


class ShareFactory(DjangoModelFactory):
    """The only share of a cost line of its own; takes what `ActionFactory` takes."""

    class Meta:
        model = plans.Share

    municipalities = "A"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.Share:
        return CostLineFactory(**kwargs).shares.get()


class PlanningEntryFactory(DjangoModelFactory):
    """The only planning entry of an action of its own; takes what `ActionFactory` takes."""

    class Meta:
        model = plans.PlanningEntry

    planning = "Q1 2020"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.PlanningEntry:
        return ActionFactory(**kwargs).planning_entries.get()


class CommentFactory(DjangoModelFactory):
    """What a colleague says about a plan, or about `spot` in it; takes what
    `write_comment` takes."""

    class Meta:
        model = plans.Comment

    plan = factory.SubFactory(WorkPlanFactory)
    author = factory.SubFactory(UserFactory)
    text = "Klopt dit?"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.Comment:
        return write_comment(kwargs.pop("plan"), by=kwargs.pop("author"), **kwargs)


class PlanVersionFactory(DjangoModelFactory):
    """The version that submitting a plan of its own kept."""

    class Meta:
        model = plans.PlanVersion

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.PlanVersion:
        plan = kwargs.get("plan") or WorkPlanFactory(submitted=True)
        return plan.versions.get(name=SUBMIT.keeps)


class DecisionBodyFactory(DjangoModelFactory):
    """A council that decides about a plan."""

    class Meta:
        model = plans.DecisionBody

    plan = factory.SubFactory(WorkPlanFactory)
    kind = plans.DecisionBody.Kind.COUNCIL
    name = factory.Sequence(lambda n: f"gemeenteraad {n}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.DecisionBody:
        return name_body(kwargs.pop("plan"), **kwargs)


class BodyDecisionFactory(DjangoModelFactory):
    """A council agrees today with the version that was submitted."""

    class Meta:
        model = plans.BodyDecision

    version = factory.SubFactory(PlanVersionFactory)
    body = factory.LazyAttribute(lambda row: DecisionBodyFactory(plan=row.version.plan))
    outcome = Outcome.AGREED
    dated_on = factory.LazyFunction(localdate)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.BodyDecision:
        return record_decision(kwargs.pop("body"), kwargs.pop("version"), on=localdate(), **kwargs)


class AdoptionFactory(DjangoModelFactory):
    """A version put forward today, to be agreed with by all."""

    class Meta:
        model = plans.Adoption

    version = factory.SubFactory(PlanVersionFactory)
    majority = Majority.ALL

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.Adoption:
        version = kwargs.pop("version")
        return put_forward(version.plan, version, on=localdate(), **kwargs)


class ScenarioFactory(DjangoModelFactory):
    """A scenario of a table of two members that wants two thirds, with € 6.000 to divide:
    every amount of the plan goes down until it fits."""

    class Meta:
        model = plans.Scenario

    plan = factory.SubFactory(WorkPlanFactory, draft=True)
    title = "Alles evenveel lager"
    operations = (Operation(Kind.CUT),)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.Scenario:
        plan = kwargs.pop("plan")
        if not plans.AllocationTable.objects.filter(plan=plan).exists():
            plans.PlanFigure.objects.create(
                plan=plan,
                position=99,
                code="te-verdelen",
                title="Te verdelen",
                amount_text="€ 6.000,-",
                state=AmountState.KNOWN.value,
                amount=euro(6000),
            )
            set_table(
                plan,
                budget="te-verdelen",
                requested="",
                majority=Majority.TWO_THIRDS,
                members=["Woej", "Kwadraad"],
            )
        return make_scenario(plan, **kwargs)


class PublicationFactory(DjangoModelFactory):
    """A version public since today, for ten years, with files that say what they are."""

    class Meta:
        model = plans.Publication

    version = factory.SubFactory(PlanVersionFactory)
    title = factory.LazyAttribute(lambda row: row.version.plan.title)
    adopted_on = None
    files = ()
    retention_until = factory.LazyFunction(lambda: localdate() + datetime.timedelta(days=3652))

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.Publication:
        files = kwargs.pop("files") or [
            plans.PublishedFile(
                form=form,
                name=f"plan.{form}",
                media_type=f"text/{form}",
                body=f"<p>{form}</p>".encode(),
            )
            for form in plans.PublishedFile.Form.values
        ]
        return publish_version(kwargs.pop("version"), files, on=localdate(), by=None, **kwargs)


class PublishedFileFactory(DjangoModelFactory):
    """The page of a publication of its own."""

    class Meta:
        model = plans.PublishedFile

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.PublishedFile:
        return PublicationFactory(**kwargs).files.get(form="page")


class PublicationWithdrawalFactory(DjangoModelFactory):
    """A publication that was withdrawn on the day itself."""

    class Meta:
        model = plans.PublicationWithdrawal

    publication = factory.SubFactory(PublicationFactory)
    reason = "Er stond een fout in."

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.PublicationWithdrawal:
        return withdraw_publication(kwargs.pop("publication"), on=localdate(), by=None, **kwargs)


class ProgressRoundFactory(DjangoModelFactory):
    """The first half of 2020, asked for on 1 July and due at its end; takes what
    `open_round` takes. `closed` was closed on that day, without a report."""

    class Meta:
        model = plans.ProgressRound

    class Params:
        closed = factory.Trait(is_closed=True)

    plan = factory.SubFactory(WorkPlanFactory, submitted=True)
    year = 2020
    half = 1
    due_on = datetime.date(2020, 7, 31)
    by = factory.SubFactory(UserFactory)
    is_closed = False

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.ProgressRound:
        is_closed = kwargs.pop("is_closed")
        asked_on = datetime.date(2020, 7, 1)
        round = open_round(kwargs.pop("plan"), on=asked_on, **kwargs)
        return close_round(round, on=round.due_on) if is_closed else round


class ActionProgressFactory(DjangoModelFactory):
    """What somebody reports of the only action of a plan, or of `action`; takes the parts
    of `Reported`. Give `seen` to write over another."""

    class Meta:
        model = plans.ActionProgress

    class Params:
        unread = factory.Trait(actual_text="€ 64,376")

    round = factory.SubFactory(ProgressRoundFactory)
    action = None
    status = plans.ActionProgress.Status.ON_TRACK
    text = "De gemeenten zijn begonnen."
    attention = ""
    actual_text = "€ 2.000"
    measured = ()
    seen = 0
    by = factory.SubFactory(UserFactory)
    at = datetime.datetime(2020, 7, 10, 12, tzinfo=datetime.UTC)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.ActionProgress:
        round, action = kwargs.pop("round"), kwargs.pop("action")
        action = action or plans.Action.objects.get(line__plan=round.plan_id)
        said = {name: kwargs.pop(name) for name in Reported.__dataclass_fields__}
        return write_progress(round, action, Reported(**said), **kwargs)


class MeasurementFactory(DjangoModelFactory):
    """The only measurement of a report of its own; takes what `ActionProgressFactory` takes."""

    class Meta:
        model = plans.Measurement

    measured = (("120 woningen", "64"),)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> plans.Measurement:
        return ActionProgressFactory(**kwargs).measurements.get()
