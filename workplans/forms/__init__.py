"""What people type about plans, read before it is kept."""

from workplans.forms.action import OF_ACTION, ActionForm, stored_cells
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
    "OF_ACTION",
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
