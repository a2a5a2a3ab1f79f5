"""The web as the pipeline sees it: ask politely, get an answer or a named reason, never harm."""

from flows.policy import WebPolicy
from flows.web.book import HostBook, RobotsCopy, Turn
from flows.web.client import Web
from flows.web.messages import Reason, Redirect, WebFailure, WebRequest, WebResponse

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
