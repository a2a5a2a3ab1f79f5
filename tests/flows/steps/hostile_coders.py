"""Coders that do what no coder should; named functions, so that processes can find them."""

import os
import time

from extractors.records import Coding, NewsText


def dies(text: NewsText) -> Coding:
    """Take the whole process along, as a fault in a C library would."""
    if "قاتل" in text.title:
        os._exit(9)
    return Coding((), (), "fine")


def hangs(text: NewsText) -> Coding:
    """Never come to an end."""
    if "بطيء" in text.title:
        time.sleep(600)
    return Coding((), (), "fine")


def raises(text: NewsText) -> Coding:
    """Fail."""
    raise ValueError(text.title)


def where(_: NewsText) -> Coding:
    """Tell the process that it ran in."""
    return Coding((), (), str(os.getpid()))
