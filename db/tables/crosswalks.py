"""What other projects call our countries and kinds of incidents."""

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from db.schema import Base


class CountryRow(Base):
    """One country."""

    __tablename__ = "countries"
    __table_args__ = ({"comment": "Countries: their codes, and their names and regions in ACLED."},)

    country: Mapped[str] = mapped_column(primary_key=True, comment="ISO 3166-1 alpha-2, as in incidents.")
    alpha3: Mapped[str] = mapped_column(comment="ISO 3166-1 alpha-3.")
    number: Mapped[int | None] = mapped_column(Integer, comment="ISO 3166-1 numeric. NULL where ISO gives none.")
    name: Mapped[str] = mapped_column(comment="Name as ACLED writes it.")
    region: Mapped[str] = mapped_column(comment="Region as ACLED divides the world.")


class TypeCrosswalkRow(Base):
    """One kind of incident in the terms of others."""

    __tablename__ = "type_crosswalks"
    __table_args__ = ({"comment": "Each kind of incident in the terms of ACLED and PLOVER."},)

    sub_event_type: Mapped[str] = mapped_column(
        ForeignKey("event_types.sub_event_type"), primary_key=True, comment="Kind of incident: defined in event_types."
    )
    disorder_type: Mapped[str | None] = mapped_column(comment="ACLED's disorder type. NULL outside its domain.")
    plover_event_type: Mapped[str | None] = mapped_column(comment="PLOVER's event type. NULL where it has none.")
    plover_mode: Mapped[str | None] = mapped_column(comment="PLOVER's mode. NULL where the kind does not tell it.")
    plover_context: Mapped[str | None] = mapped_column(comment="PLOVER's context, where the kind tells it.")
