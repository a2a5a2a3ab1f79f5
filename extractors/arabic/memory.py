"""What is known of a word, remembered: a paper's words are few and come again and again."""

from collections.abc import Callable
from typing import TypeVar

Known = TypeVar("Known")

MOST = 1 << 16  # words, about 200 bytes each: nearly all that several papers print in a day


class WordMemory(dict[str, Known]):
    """`memory[word]` is what `of(word)` gave. It forgets all at once when it holds too many words."""

    def __init__(self, of: Callable[[str], Known], most: int = MOST) -> None:
        super().__init__()
        self._of = of
        self._most = most

    def __missing__(self, word: str) -> Known:
        if len(self) >= self._most:
            self.clear()
        known = self[word] = self._of(word)
        return known
