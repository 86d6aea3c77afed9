"""What a person fills in to say something about a plan, and to find what was said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from municipalities.models import User
from municipalities.permissions import readers_of
from workplans.models import Comment, WorkPlan
from workplans.services import answer_comment, write_comment
from workplans.services.comments import PLACE_GONE
from workplans.spots import FIELDS, KINDS, Spots


class _Lines(forms.CharField):
    """Text of more than one line, with line ends as we store them."""

    widget = forms.Textarea(attrs={"rows": 5})

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class SayForm(forms.Form):
    """A text, and who has to know of it. One query, for the people."""

    text = _Lines(
        label="Opmerking",
        help_text="Noem iemand met @ en de naam, of kies hieronder wie dit moet weten.",
        error_messages={"required": "Schrijf eerst wat u wilt zeggen."},
    )
    told = forms.MultipleChoiceField(
        label="Wie moet dit weten?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Een van deze mensen leest dit plan niet meer; kijk uw keuze na."
        },
    )

    use_required_attribute = False

    def __init__(self, typed: Any, *, plan: WorkPlan, by: User, **options: Any) -> None:
        super().__init__(typed, **options)
        self.plan, self.by = plan, by
        self.people = {str(p.pk): p for p in readers_of(plan.region) if p.pk != by.pk}
        self.fields["told"].choices = [(key, str(p)) for key, p in self.people.items()]

    @property
    def chosen(self) -> list[User]:
        return [self.people[key] for key in self.cleaned_data["told"]]


class AnswerForm(SayForm):
    """An answer in a conversation."""

    def save(self, comment: Comment) -> Comment:
        """Answer; raises as `answer_comment` does."""
        text = self.cleaned_data["text"]
        return answer_comment(comment, by=self.by, text=text, told=self.chosen)


class CommentForm(SayForm):
    """A comment at a place, which the address may name: `?actie=A3&cel=planning`.

    Four queries, for the places and the people.
    """

    spot = forms.ChoiceField(
        label="Waar gaat het over?", required=False, error_messages={"invalid_choice": PLACE_GONE}
    )
    cell = forms.ChoiceField(
        label="Welke cel van de actie?",
        required=False,
        error_messages={"invalid_choice": "Deze cel kennen wij niet; kies er een uit de lijst."},
    )
    field_order = ("spot", "cell", "text", "told")

    def __init__(self, typed: Any, *, plan: WorkPlan, by: User, asked: dict[str, str]) -> None:
        self.spots = Spots(plan)
        self.fault = ""
        super().__init__(typed, plan=plan, by=by, initial=self._asked(asked))
        self.fields["spot"].choices = self.spots.choices
        cells = [(value, label.capitalize()) for value, label in Comment.Cell.choices]
        self.fields["cell"].choices = [("", "Geen, over het geheel"), *cells]

    def _asked(self, asked: dict[str, str]) -> dict[str, str]:
        """What the address fills in; `fault` says what of it is not in the plan."""
        initial: dict[str, str] = {}
        for kind, word in KINDS.items():
            if name := asked.get(kind):
                if spot := self.spots.named(kind, name):
                    initial = {"spot": spot.key}
                else:
                    what = word if kind == "blok" else f"{word} {name[:40]}"
                    self.fault = (
                        f"{what} staat niet (meer) in dit plan. Kies hieronder een andere plaats, "
                        "of laat uw opmerking bij het hele plan staan."
                    )
        if initial and asked.get("actie") and asked.get("cel") in Comment.Cell.values:
            initial["cell"] = asked["cel"]
        return initial

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("cell") and not str(said.get("spot", "")).startswith("actie-"):
            self.add_error(
                "cell", "Alleen een actie heeft cellen; kies een actie, of laat de cel leeg."
            )
        return said

    def save(self) -> Comment:
        """Write the comment; raises as `write_comment` does."""
        said = self.cleaned_data
        spot = self.spots.by_key.get(said["spot"])
        return write_comment(
            self.plan,
            by=self.by,
            text=said["text"],
            spot=spot.row if spot else None,
            cell=said["cell"],
            told=self.chosen,
        )


STATES = {"": "Open", "afgehandeld": "Afgehandeld", "alle": "Open en afgehandeld"}
MINE, FOR_ME, ALL_OF_PLAN = "mij", "aan-mij", "plan"


class CommentFilterForm(forms.Form):
    """Narrows the conversations about a plan; the address holds every field.

    Offers the places and people that there are comments of: five queries.
    """

    stand = forms.ChoiceField(label="Stand", required=False, choices=list(STATES.items()))
    plaats = forms.ChoiceField(label="Plaats", required=False)
    wie = forms.ChoiceField(label="Van wie", required=False)

    use_required_attribute = False

    def __init__(self, asked: dict[str, str], plan: WorkPlan, by: User, spots: Spots) -> None:
        super().__init__(
            {name: asked.get(name, "") for name in self.base_fields}, auto_id="filter-%s"
        )
        self.by = by
        self.comments = plan.comments.opening()
        found = list(self.comments.values_list(*FIELDS.values()).distinct().order_by())
        keys = {
            f"{kind}-{pk}" for row in found for kind, pk in zip(FIELDS, row, strict=True) if pk
        } | {asked.get("plaats", "")}
        self.fields["plaats"].choices = [
            ("", "Alle plaatsen"),
            (ALL_OF_PLAN, "Het hele plan"),
            *((spot.key, spot.label) for spot in spots.all if spot.key in keys),
        ]
        authors = User.objects.filter(pk__in=plan.comments.values("author")).exclude(pk=by.pk)
        self.fields["wie"].choices = [
            ("", "Iedereen"),
            (MINE, "Van mij"),
            (FOR_ME, "Waarin ik genoemd ben"),
            *((str(person.pk), str(person)) for person in authors.order_by("display_name", "pk")),
        ]
        self.is_needed = bool(found)

    @property
    def kept(self) -> dict[str, str]:
        """What is filled in, as an address holds it."""
        return {name: value for name, value in self.data.items() if value}

    def narrowed(self) -> QuerySet[Comment]:
        """The conversations that the valid fields leave, newest first."""
        self.is_valid()
        said = self.cleaned_data
        found = self.comments
        if said.get("stand", "") == "":
            found = found.unsettled()
        elif said["stand"] == "afgehandeld":
            found = found.filter(Q(resolved_at__isnull=False) | Q(withdrawn_at__isnull=False))
        if place := said.get("plaats"):
            found = found.filter(**_at(place))
        if who := said.get("wie"):
            found = found.filter(_of(who, self.by))
        return found.order_by("-written_at", "-pk")


def _at(place: str) -> dict[str, Any]:
    if place == ALL_OF_PLAN:
        return dict.fromkeys(FIELDS.values())
    kind, _, pk = place.partition("-")
    return {FIELDS[kind]: int(pk)}


def _of(who: str, by: User) -> Q:
    """Conversations in which that person wrote, or was named."""
    if who == FOR_ME:
        named = Comment.objects.filter(mentions__user=by.pk)
    else:
        named = Comment.objects.filter(author=by.pk if who == MINE else int(who))
    return Q(pk__in=named.values("pk")) | Q(pk__in=named.values("answer_to"))


class MailingForm(forms.ModelForm):
    """How often somebody wants mail."""

    class Meta:
        model = User
        fields = ("mailing",)
        widgets = {"mailing": forms.RadioSelect}
        labels = {"mailing": "Hoe vaak wilt u mail?"}
        error_messages = {"mailing": {"required": "Kies hoe vaak u mail wilt."}}
