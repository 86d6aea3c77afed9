"""The lists of municipalities and of inhabitants as files."""

from typing import Any

from django.core.exceptions import ValidationError

from municipalities.importing import (
    ChoiceWidget,
    DayWidget,
    ListResource,
    ReferenceWidget,
    WholeNumberWidget,
    cell_text,
    column,
)
from municipalities.models import Municipality, PopulationFigure
from municipalities.reference import sort_name

BY_CODE = "neem een CBS-code uit de lijst van gemeenten, zoals GM0537"


class MunicipalityResource(ListResource):
    """Municipalities by CBS code; one that merged names a municipality that is known."""

    code = column("CBS-code", "code")
    name = column("Naam", "name")
    sort_name = column("Sorteernaam", "sort_name")
    province = column("Provincie", "province")
    valid_from = column("Bestaat vanaf", "valid_from", DayWidget())
    valid_until = column("Bestaat tot en met", "valid_until", DayWidget())
    merged_into = column(
        "Opgegaan in", "merged_into", ReferenceWidget(Municipality, "code", advice=BY_CODE)
    )

    class Meta(ListResource.Meta):
        model = Municipality
        import_id_fields = ("code",)
        fields = (
            "code",
            "name",
            "sort_name",
            "province",
            "valid_from",
            "valid_until",
            "merged_into",
        )

    def import_instance(self, instance: Municipality, row: Any, **kwargs: Any) -> None:
        try:
            super().import_instance(instance, row, **kwargs)
        finally:
            instance.sort_name = instance.sort_name or sort_name(instance.name)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("merged_into")


class PopulationResource(ListResource):
    """Inhabitants by municipality and reference date; the name is there to read only."""

    municipality = column(
        "CBS-code", "municipality", ReferenceWidget(Municipality, "code", advice=BY_CODE)
    )
    name = column("Gemeente", "municipality__name", readonly=True)
    reference_date = column("Peildatum", "reference_date", DayWidget())
    inhabitants = column("Inwoners", "inhabitants", WholeNumberWidget())
    status = column("Status", "status", ChoiceWidget(PopulationFigure.Status.choices))
    source = column("Bron", "source")

    class Meta(ListResource.Meta):
        model = PopulationFigure
        import_id_fields = ("municipality", "reference_date")
        fields = ("municipality", "name", "reference_date", "inhabitants", "status", "source")

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("municipality")

    def import_instance(self, instance: PopulationFigure, row: Any, **kwargs: Any) -> None:
        super().import_instance(instance, row, **kwargs)
        name = cell_text(row.get("Gemeente"))
        municipality = getattr(instance, "municipality", None)
        if name and municipality and name.casefold() != municipality.name.casefold():
            raise ValidationError(
                {
                    "municipality__name": f"{municipality.code} is {municipality.name}, niet "
                    f"{name}; verbeter de CBS-code of de naam."
                }
            )
