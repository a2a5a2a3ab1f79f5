"""The codebook's taxonomy as a table."""

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from db.schema import Base


class EventTypeRow(Base):
    """One sub-event type of the codebook."""

    __tablename__ = "event_types"
    __table_args__ = ({"comment": "The taxonomy: every kind of incident with its definition."},)

    sub_event_type: Mapped[str] = mapped_column(
        primary_key=True, comment="Narrowest kind of incident: no two bear one name."
    )
    event_type: Mapped[str] = mapped_column(comment="Kind of incident that it belongs to.")
    domain: Mapped[str] = mapped_column(comment="political (ACLED's six types) · crime · hazard.")
    definition: Mapped[str] = mapped_column(comment="What counts as such an incident, and what does not.")
    position: Mapped[int] = mapped_column(Integer, comment="Place in the codebook's order.")
