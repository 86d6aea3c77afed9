"""What people type about plans, read before it is kept."""

from workplans.forms.action import ActionForm, stored_cells
from workplans.forms.details import (
    ActionOrderForm,
    ActionResultForm,
    BlockForm,
    LinePredecessorForm,
    PartnerForm,
    PlanFigureForm,
    PlanRuleForm,
    PrintedFigureForm,
    QuantityForm,
)

__all__ = [
    "ActionForm",
    "ActionOrderForm",
    "ActionResultForm",
    "BlockForm",
    "LinePredecessorForm",
    "PartnerForm",
    "PlanFigureForm",
    "PlanRuleForm",
    "PrintedFigureForm",
    "QuantityForm",
    "stored_cells",
]
