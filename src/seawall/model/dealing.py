"""What is checked: a dealing, its parties and goods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day
from enum import StrEnum


class Activity(StrEnum):
    """What is done. The closed vocabulary of dealings."""

    EXPORT = "export"
    IMPORT = "import"
    SUPPLY = "supply"
    TRANSFER_FUNDS = "transfer_funds"
    HIRE = "hire"
    JOINT_VENTURE = "joint_venture"
    INVEST = "invest"
    CHARTER = "charter"
    INSURE = "insure"
    REGISTER_VESSEL = "register_vessel"
    PORT_CALL = "port_call"
    BUNKER = "bunker"
    SHIP_TO_SHIP = "ship_to_ship"
    TRANSIT = "transit"
    REPAIR = "repair"
    TRAIN = "train"
    COOPERATE = "cooperate"
    TRAVEL = "travel"
    LEASE_PROPERTY = "lease_property"
    OPEN_ACCOUNT = "open_account"
    CASH = "cash"
    CONSTRUCT = "construct"
    TOURISM = "tourism"


class Role(StrEnum):
    """The part a party has in a dealing; each is a column of the dealings file."""

    SELLER = "seller"
    BUYER = "buyer"
    CONSIGNEE = "consignee"
    SHIPPER = "shipper"
    CARRIER = "carrier"
    BANK = "bank"
    INSURER = "insurer"
    EMPLOYER = "employer"
    PARTNER = "partner"
    VESSEL = "vessel"


@dataclass(frozen=True, slots=True)
class Party:
    """A party as written: a name and what the file says of it (`country`, `birth_date`, `imo`, `passport`, ...)."""

    role: Role
    name: str
    details: tuple[tuple[str, str], ...] = ()

    def detail(self, key: str) -> str:
        """The detail of that key, "" if the file does not say."""
        return next((value for k, value in self.details if k == key), "")


@dataclass(frozen=True, slots=True)
class Dealing:
    """One dealing. None or "" is "not known", except `approval` and `purpose`, where "" is "not claimed".

    Countries are ISO alpha-2 lower case; `hs` is a tuple of digit strings of 2 to 10 digits; `quantity` in `unit`;
    `value` in `currency` (ISO 4217); `share` in percent; `workers` a head count; `approval` and `purpose` are
    `;`-separated claims as written, lower case.
    """

    id: str
    activity: Activity
    date: Day | None = None
    from_country: str = ""
    to_country: str = ""
    origin_country: str = ""
    hs: tuple[str, ...] = ()
    goods: str = ""
    quantity: float | None = None
    unit: str = ""
    value: float | None = None
    currency: str = ""
    parties: tuple[Party, ...] = ()
    worker_nationality: str = ""
    workers: int | None = None
    visa: str = ""
    share: float | None = None
    imo: str = ""
    flag: str = ""
    route: str = ""
    contract_date: Day | None = None
    approval: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    notes: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    """Columns that are not ours, passed through to the output."""


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that could not be read: where, which field, why, and the row as it stood."""

    file: str
    row: int
    field: str
    message: str
    id: str = ""

    def __str__(self) -> str:
        field = f", field {self.field!r}" if self.field else ""
        return f"{self.file}, row {self.row}{field}: {self.message}"
