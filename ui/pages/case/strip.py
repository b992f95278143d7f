"""The strip under the name: six stages, three clocks."""

from datetime import timedelta

from PySide6.QtWidgets import QSizePolicy, QWidget

from recoverydesk.domain.case import Stage, Status
from recoverydesk.domain.days import short_words, waited_words
from recoverydesk.services.case_pages import CaseView
from recoverydesk.services.plan_steps import PlanStepView
from ui import look
from ui.session import Session
from ui.widgets.cards import Panel
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.stages import StageStop, StageTrack
from ui.widgets.text import Icon, Line, Text
from ui.wording import filled, label, tr


class _Clock(QWidget):
    """A caption over a value, with an icon where it matters."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._icon = Icon("check", "accent", 14)
        self._value = Text("", "strong", weight=600)
        self.setLayout(
            column(Text(name, "caption", "text2"), row(self._icon, self._value, gap=6), gap=4)
        )
        self._name = name

    def show_value(self, value: str, icon: str = "", token: look.Token = "text") -> None:
        """Show how long, how it stands, and in which colour."""
        self._value.setText(value)
        self._value.set_token(token)
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.set_icon(icon, "accent" if token == "text" else token)
        self.setAccessibleName(f"{self._name}: {value}")


class Strip(Panel):
    """Where the case stands, at a glance."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        # On a tall window the room goes to the end of the page.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._session = session
        self._track = StageTrack()
        self._first = _Clock(tr("First contact"))
        self._last = _Clock(tr("Last update"))
        self._open = _Clock(tr("Open for"))
        clocks = row(self._first, self._last, self._open, gap=24)
        self.setLayout(
            row(
                (self._track, 1),
                Line("border", upright=True),
                column(clocks, STRETCH),
                gap=20,
                margins=(20, 14, 20, 12),
            )
        )

    def show_case(self, view: CaseView) -> None:
        """Show a case's stages and clocks."""
        self._track.show_stops([self._stop(stage, view) for stage in Stage])
        self._show_first(view)
        self._show_last(view)
        now = self._session.now()
        ended = view.closed_at or view.resolved_at or now
        self._open.show_value(waited_words(ended - view.opened_at))

    def _stop(self, stage: Stage, view: CaseView) -> StageStop:
        order = list(Stage)
        place, reached = order.index(stage), order.index(view.stage)
        name = label(stage).text
        if stage is view.stage and view.stage is not Stage.DONE:
            return StageStop(name, tr("now"), "now")
        if view.closed_at is not None:
            when = self._when_done(stage, view)
            # Closing alone has listened to nobody and made nothing right.
            return StageStop(name, when or tr("left out"), "done" if when else "later")
        if place < reached:
            return self._passed(stage, name, view)
        return StageStop(name, self._when_due(stage, view.plan), "later")

    def _passed(self, stage: Stage, name: str, view: CaseView) -> StageStop:
        """Return a stage that the case has moved on from, its work done or not."""
        if stage in view.behind:
            return StageStop(name, self._when_done(stage, view), "done")
        waits = any(step.stage is stage and step.ended_at is None for step in view.plan)
        return StageStop(name, tr("still open") if waits else tr("left out"), "later")

    def _when_done(self, stage: Stage, view: CaseView) -> str:
        at = {
            Stage.LISTEN: view.restatement_agreed_at or view.first_contact_at,
            Stage.OWN: view.apologised_at,
            Stage.MAKE_RIGHT: view.handed_over_at or view.agreed_at,
            Stage.FIX_CAUSE: view.cause_found_at,
            Stage.FOLLOW_UP: None if view.resolved_at is None else view.closed_at,
            Stage.DONE: view.closed_at,
        }[stage]
        if at is None:
            return ""
        return short_words(self._session.local(at).date(), self._session.today()).partition(" ")[2]

    def _when_due(self, stage: Stage, plan: tuple[PlanStepView, ...]) -> str:
        due = [
            step.due_on
            for step in plan
            if step.stage is stage and step.due_on is not None and step.ended_at is None
        ]
        if not due:
            return ""
        return short_words(min(due), self._session.today()).partition(" ")[2]

    def _show_first(self, view: CaseView) -> None:
        if view.time_to_first_contact is not None:
            at = view.first_contact_at
            in_time = at is not None and at <= view.first_contact_due_at
            words = waited_words(view.time_to_first_contact)
            if in_time:
                self._first.show_value(words, "check")
            else:
                self._first.show_value(words, "circle-alert", "danger")
            return
        if view.do_not_contact:
            # Nobody is owed a word who asked to be left alone.
            self._first.show_value(tr("Not wanted"))
            return
        hours = self._session.shop.hours
        now = view.closed_at or self._session.now()
        waited = hours.open_time_between(view.opened_at, now)
        late = now > view.first_contact_due_at
        promised = hours.open_time_between(view.opened_at, view.first_contact_due_at)
        words = filled(
            "{waited} of {promised}", waited=waited_words(waited), promised=_whole(promised)
        )
        icon, token = ("circle-alert", "danger") if late else ("hourglass", "warn")
        self._first.show_value(words, icon, token)  # type: ignore[arg-type]

    def _show_last(self, view: CaseView) -> None:
        if view.last_update_at is None:
            self._last.show_value(tr("None yet"))
            return
        today = self._session.today()
        day = self._session.local(view.last_update_at).date()
        ago = (today - day).days
        words = {0: tr("Today"), 1: tr("Yesterday")}.get(ago, short_words(day, today))
        quiet = view.status is Status.OPEN and ago > QUIET_DAYS
        self._last.show_value(words, "circle-alert" if quiet else "", "danger" if quiet else "text")


QUIET_DAYS = 5
"""After so many days without a word an open case is marked."""


def _whole(promised: timedelta) -> str:
    hours = round(promised.total_seconds() / 3600)
    return f"{hours} h"
