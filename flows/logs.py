"""Events with keys, one line each: text for readers, JSON for machines. They pass through stdlib logging."""

import logging
import sys
from collections.abc import Iterable, Iterator

import structlog
from structlog.typing import Processor

from flows.settings import Settings

LOGGER = "rasid"  # the stdlib logger all events go through; Prefect collects it into a run's log
_STAMP = structlog.processors.TimeStamper(fmt="iso", utc=True)
_TIME_AND_LEVEL = ("timestamp", "level")


def configure(settings: Settings, *, quiet: bool = False) -> None:
    """Send this process's events to standard error, in the format and from the level that the settings name.

    `quiet` leaves out the usual events, unless the settings ask for all: for commands that speak for themselves.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(_renderer(settings)))
    logger = logging.getLogger(LOGGER)
    logger.handlers = [handler, *_prefects(logger.handlers)]
    logger.propagate = False
    logger.setLevel("WARNING" if quiet and settings.log_level == "info" else settings.log_level.upper())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            _STAMP,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=_Factory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class MachineLines(structlog.stdlib.ProcessorFormatter):
    """Prefect's own lines in the form of ours in JSON: named in PREFECT_LOGGING_FORMATTERS_JSON_CLASS."""

    def __init__(self, *_: object, **__: object) -> None:
        """Whatever logging.yml gives formatters is of no use here."""
        super().__init__(
            processors=[_run, self.remove_processors_meta, structlog.processors.JSONRenderer(ensure_ascii=False)],
            foreign_pre_chain=[structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name, _STAMP],
        )


def _run(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    record = event.get("_record")
    names = {name: getattr(record, name, None) for name in ("flow_run_name", "task_run_name")}
    return {**event, **{name: value for name, value in names.items() if value}}


def _formatter(*processors: Processor) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *processors]
    )


def _prefects(handlers: Iterable[logging.Handler]) -> Iterator[logging.Handler]:
    """What Prefect has hung on the logger, made anew: its UI shows time and level beside what a handler says."""
    for handler in handlers:
        if not isinstance(handler, logging.StreamHandler):
            another = type(handler)()
            another.setFormatter(
                _formatter(_without_time_and_level, structlog.processors.LogfmtRenderer(key_order=["event"]))
            )
            yield another


def _without_time_and_level(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    return {name: value for name, value in event.items() if name not in _TIME_AND_LEVEL}


class _Factory:
    """Every structlog logger, whatever module asks for it, is the one stdlib logger."""

    def __call__(self, *_: object) -> logging.Logger:
        return logging.getLogger(LOGGER)


def _renderer(settings: Settings) -> Processor:
    if settings.log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    # logfmt quotes what holds spaces or control characters, so no value can forge a second line.
    return structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False)
