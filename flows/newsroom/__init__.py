"""A small sample newsroom for the demo and the tests: articles as data, served on loopback."""

from flows.newsroom.server import Newsroom, newsroom
from flows.newsroom.stories import Outlet, Story, load_outlets

__all__ = ["Newsroom", "Outlet", "Story", "load_outlets", "newsroom"]
