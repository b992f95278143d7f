"""How the shop heard of it: six pills, four more behind a button, and what a review needs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from recoverydesk.domain.case import Channel
from ui.widgets.buttons import IconButton
from ui.widgets.chips import FilterChip
from ui.widgets.choices import Select
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import boxed, column, row
from ui.wording import counted, label, tr

USUAL = (
    Channel.IN_PERSON,
    Channel.PHONE,
    Channel.EMAIL,
    Channel.REVIEW,
    Channel.SURVEY,
    Channel.NOTICED_BY_US,
)
MORE = (Channel.LETTER, Channel.MESSAGE, Channel.SOCIAL, Channel.RETURNED_GOODS)
MOST_STARS = 5


class ChannelChoice(QWidget):
    """Exactly one channel is chosen; arrow keys move the choice.

    Signals:
        chosen: another channel was picked.
        unfolded: there is more to answer now.
        typed: words were typed while a pill had the focus. Argument: the words.
    """

    chosen = Signal()
    unfolded = Signal()
    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._channels = (*USUAL, *MORE)
        chips = [FilterChip(label(one).text, icon=label(one).icon) for one in self._channels]
        for place, chip in enumerate(chips):
            self._group.addButton(chip, place)
        self._open = IconButton("ellipsis", tr("More ways"), size="small")
        # Tab goes from the pills straight to the words; the arrow keys lead here.
        self._open.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._rarer = chips[len(USUAL) :]
        self._rest = boxed(row(*self._rarer, "stretch", gap=8))
        self._show_rarer(shown=False)
        usual = chips[: len(USUAL)]
        self.setLayout(column(row(*usual, self._open, "stretch", gap=7), self._rest, gap=8))
        self.choose(Channel.IN_PERSON)
        self._open.clicked.connect(self._show_rest)
        self._group.idToggled.connect(self._toggled)

    def channel(self) -> Channel:
        """Return the channel that is chosen."""
        return self._channels[self._group.checkedId()]

    def choose(self, channel: Channel) -> None:
        """Choose a channel."""
        chip = self._group.button(self._channels.index(channel))
        chip.setChecked(True)
        self.setFocusProxy(chip)

    def _toggled(self, place: int, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on:
            self.setFocusProxy(self._group.button(place))
            self.chosen.emit()
            if self.channel() is Channel.REVIEW:
                self.unfolded.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Unfold the rest with the arrow keys; pass on what is typed (Qt)."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Right} and self._rest.isHidden():
            self._show_rest()
            first = self._rarer[0]
            first.setChecked(True)
            first.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _show_rest(self) -> None:
        shown = self._rest.isHidden()
        self._show_rarer(shown=shown or self.channel() in MORE)
        if shown:
            self.unfolded.emit()

    def _show_rarer(self, *, shown: bool) -> None:
        # Each by itself: arrow keys go to pills that are not hidden themselves.
        for one in (self._rest, *self._rarer):
            one.setVisible(shown)


class ReviewFields(QWidget):
    """Where a web review stands and how many stars it gives.

    Attributes:
        site, stars, link: the labelled fields.
    """

    def __init__(self) -> None:
        super().__init__()
        self._stars = Select(_star_options(), name=tr("Stars"), icon="star")
        self._site = TextField()
        self._link = TextField()
        self.site = LabelledField(tr("Which site?"), self._site)
        self.stars = LabelledField(tr("Stars"), self._stars)
        self.link = LabelledField(tr("Link"), self._link, tr("optional"))
        self.setLayout(row((self.site, 3), (self.stars, 2), (self.link, 4), gap=16))

    def values(self) -> tuple[str, int | None, str]:
        """Return site, stars and link as typed."""
        stars = self._stars.key()
        return self._site.text(), int(stars) if stars else None, self._link.text()

    def fill(self, site: str, stars: int | None, link: str) -> None:
        """Write what a pasted review tells into fields that are still empty."""
        for line, text in ((self._site, site), (self._link, link)):
            if not line.text().strip():
                line.setText(text)
        if stars is not None and not self._stars.key():
            self._stars.choose(str(stars))


def _star_options() -> Sequence[tuple[str, str]]:
    stars = [(str(n), counted(n, "{n} star", "{n} stars")) for n in range(1, MOST_STARS + 1)]
    return [("", tr("Not given")), *stars]
