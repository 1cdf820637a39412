"""Whom the till sells to on account, and whom it buys from."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Party:
    """One row of customersSuppliers. ``org_no`` '' is a person, or a firm that never said."""

    own: str
    name: str
    type: Literal["Customer", "Supplier"]
    org_no: str = ""


# Numbers of the series 31x, which the registers give to synthetic companies only.
CUSTOMERS = (
    Party("K100", "Havnegata Borettslag", "Customer", "310000027"),
    Party("K101", "Nordlys Regnskap AS", "Customer", "310000035"),
    Party("K102", "Ås & Sønn Bygg AS", "Customer", "310000043"),
    Party("K103", "Tromsø Kulturlag", "Customer", "310000051"),
    Party("K104", "Inger Sørli", "Customer"),
)
SUPPLIER = Party("L200", "Grossisten i Nord AS", "Supplier", "310000078")
PARTIES = (*CUSTOMERS, SUPPLIER)
