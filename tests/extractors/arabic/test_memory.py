"""What is remembered of words."""

from extractors.arabic.memory import WordMemory


def test_asked_once() -> None:
    """A word is looked into once, and again only when too many words came since."""
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    memory = WordMemory(length, most=2)

    assert [memory[word] for word in ("a", "bb", "a", "ccc", "a")] == [1, 2, 1, 3, 1]
    assert asked == ["a", "bb", "ccc", "a"]
    assert len(memory) <= 2
