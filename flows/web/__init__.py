"""The web as the pipeline sees it: ask politely, get an answer or a named reason, never harm."""

from flows.web.book import HostBook, RobotsCopy, Turn
from flows.web.client import Web
from flows.web.messages import Reason, Redirect, WebFailure, WebRequest, WebResponse
from flows.web.policy import WebPolicy

__all__ = [
    "HostBook",
    "Reason",
    "Redirect",
    "RobotsCopy",
    "Turn",
    "Web",
    "WebFailure",
    "WebPolicy",
    "WebRequest",
    "WebResponse",
]
