"""Learn: what goes wrong, what wins people back, and what it is worth."""

from ui.pages.learn.page import LearnPage
from ui.pages.learn.words import incident_words, promise_words

__all__ = ["LearnPage", "incident_words", "promise_words"]
