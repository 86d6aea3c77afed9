"""Who: regions, municipalities, inhabitants, organisations, people and their roles."""

from municipalities.models.municipality import Municipality, PopulationFigure
from municipalities.models.organisation import Organisation
from municipalities.models.people import RoleAssignment, User
from municipalities.models.region import (
    GroupMembership,
    MunicipalityGroup,
    Region,
    RegionMembership,
)

__all__ = [
    "GroupMembership",
    "Municipality",
    "MunicipalityGroup",
    "Organisation",
    "PopulationFigure",
    "Region",
    "RegionMembership",
    "RoleAssignment",
    "User",
]
