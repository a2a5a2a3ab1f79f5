"""Events with keys, one line each: text for readers, JSON for machines. They pass through stdlib logging."""

import logging
import sys

import structlog
from structlog.typing import Processor

from flows.settings import Settings

LOGGER = "rasid"  # the stdlib logger all events go through; Prefect collects it into a run's log


def configure(settings: Settings, *, quiet: bool = False) -> None:
    """Send this process's events to standard error, in the format and from the level that the settings name.

    `quiet` leaves out the usual events, unless the settings ask for all: for commands that speak for themselves.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(settings)]
        )
    )
    logger = logging.getLogger(LOGGER)
    logger.handlers = [handler]
    logger.propagate = False
    logger.setLevel("WARNING" if quiet and settings.log_level == "info" else settings.log_level.upper())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=_Factory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class _Factory:
    """Every structlog logger, whatever module asks for it, is the one stdlib logger."""

    def __call__(self, *_: object) -> logging.Logger:
        return logging.getLogger(LOGGER)


def _renderer(settings: Settings) -> Processor:
    if settings.log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    # logfmt quotes what holds spaces or control characters, so no value can forge a second line.
    return structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False)
