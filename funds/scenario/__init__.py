"""What-if: amounts that were asked, brought towards a budget by operations in an order.

Pure: it knows lines and operations, not whether they come from a plan or a round. Nothing
is decided here; who decides looks at the outcome first.
"""

from funds.scenario.material import Material
from funds.scenario.operation import Kind, Operation
from funds.scenario.order import STEPS
from funds.scenario.outcome import Effect, Line, Result, WhatIf
from funds.scenario.working import work_out

__all__ = [
    "STEPS",
    "Effect",
    "Kind",
    "Line",
    "Material",
    "Operation",
    "Result",
    "WhatIf",
    "work_out",
]
