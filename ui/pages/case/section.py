"""What the four sections of a case have in common."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from recoverydesk.services.case_pages import CaseView
from ui.session import Session
from ui.widgets.cards import FoldCard

DONE, NOW, LATER = ("circle-check", "accent"), ("circle-dot", "accent"), ("circle", "text2")


class Section(FoldCard):
    """One fold of the page. It shows a case and writes through services.

    Signals:
        wished: the owner wants something outside this page. Argument: a `Wish`.
    """

    wished = Signal(object)

    def __init__(self, session: Session, title: str) -> None:
        super().__init__(title)
        self.session = session
        self.view: CaseView | None = None
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    def case(self) -> CaseView:
        """Return the case that is shown."""
        assert self.view is not None
        return self.view

    def show_case(self, view: CaseView) -> None:
        """Show a case as it stands."""
        self.view = view
        self.fill(view)

    def fill(self, view: CaseView) -> None:
        """Write a case into the section's widgets."""
        raise NotImplementedError

    def mark(self, *, done: bool, now: bool) -> None:
        """Show how far this part has got."""
        icon, token = DONE if done else NOW if now else LATER
        self.set_state(icon, token)  # type: ignore[arg-type]

    def unsaved(self) -> bool:
        """Say whether something typed here isn't saved."""
        return False

    def save(self) -> None:
        """Save what is typed here; Ctrl+Enter does it."""

    def forget(self) -> None:
        """Let go of the case that was shown, and of what was typed for it."""
