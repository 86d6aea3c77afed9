"""What changed between two plans: texts word by word, money from the figures of both.

Trees of the plan file say what was written, two computed contents what it costs.
"""

from reports.comparison.comparison import Comparison, Group, compare
from reports.comparison.page import compare_csv, summary

__all__ = ["Comparison", "Group", "compare", "compare_csv", "summary"]
