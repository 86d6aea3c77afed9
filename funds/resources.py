"""What regions may draw from funds, as a file."""

from decimal import Decimal
from typing import Any

from djmoney.money import Money
from import_export.widgets import Widget

from funds.models import Envelope, Fund
from funds.notation import format_number, read_plain_amount
from municipalities.importing import (
    DayWidget,
    ListResource,
    ReferenceWidget,
    cell_text,
    column,
)
from municipalities.models import Region


class EuroWidget(Widget):
    """An amount as everywhere else: `€ 1.250,50` is read, `€ 64,376` is refused.

    A number of a spreadsheet is taken as it is, if it has no more than two decimals.
    """

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Money | None:
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            exact = Decimal(str(value))
            if exact.is_finite() and exact == round(exact, 2) and exact >= 0:
                value = format_number(exact)
        text = cell_text(value)
        return Money(read_plain_amount(text), "EUR") if text else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        if value is None:
            return ""
        return value.amount if kwargs.get("force_native_type") else format_number(value.amount)


class EnvelopeResource(ListResource):
    """Envelopes by fund, region and first day; later changes are mutations, not rows."""

    fund = column(
        "Fonds",
        "fund",
        ReferenceWidget(Fund, "slug", advice="neem het kenmerk uit de lijst van fondsen"),
    )
    region = column(
        "Regio",
        "region",
        ReferenceWidget(
            Region,
            "slug",
            advice="neem het kenmerk uit de lijst van regio’s, zoals duin-en-bollenstreek",
        ),
    )
    starts_on = column("Periode vanaf", "starts_on", DayWidget())
    ends_on = column("Periode tot en met", "ends_on", DayWidget())
    label = column("Omschrijving", "label")
    dated_on = column("Datum", "dated_on", DayWidget())
    amount = column("Bedrag", "amount", EuroWidget())
    decision = column("Besluit", "decision")

    class Meta(ListResource.Meta):
        model = Envelope
        import_id_fields = ("fund", "region", "starts_on")
        fields = (
            "fund",
            "region",
            "starts_on",
            "ends_on",
            "label",
            "dated_on",
            "amount",
            "decision",
        )

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("fund", "region")
