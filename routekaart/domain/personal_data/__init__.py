"""What the product keeps of people: per table and column, why, how long and who sees it.

The one table that the export of a person, the erasure, the privacy page and the processing
register are made from. A test walks all models: a column without a class fails it.
"""

from collections.abc import Mapping
from typing import Final

from routekaart.domain.personal_data.classes import Column, Purpose, Rows, Table
from routekaart.domain.personal_data.of_learning import LEARNING_TABLES
from routekaart.domain.personal_data.of_organisation import ORGANISATION_TABLES
from routekaart.domain.personal_data.of_planning import PLANNING_TABLES
from routekaart.domain.personal_data.of_technique import TECHNICAL_TABLES
from routekaart.domain.personal_data.purposes import PURPOSES

TABLES: Final[Mapping[str, Table]] = {
    table.model: table
    for table in (
        *ORGANISATION_TABLES,
        *LEARNING_TABLES,
        *PLANNING_TABLES,
        *TECHNICAL_TABLES,
    )
}

__all__ = ["PURPOSES", "TABLES", "Column", "Purpose", "Rows", "Table"]
