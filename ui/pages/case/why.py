"""Why it happened: the cause, the whys that lead to it, and what will change."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout

from recoverydesk.domain.cause import lever_of, with_lever
from recoverydesk.domain.days import short_words
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import causes
from recoverydesk.services.case_pages import CaseView
from recoverydesk.services.corrections import CorrectionView
from recoverydesk.services.relapses import Relapse
from ui.dialogs import fixing
from ui.errors import told_to_owner
from ui.forms import Form
from ui.pages.case.ideas import IdeasPart
from ui.pages.case.lever import LeverQuestion
from ui.pages.case.section import Section
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.causes import NO_SUCH_CAUSE, NOT_KNOWN, CausePick
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.page import WHAT_CHANGED, OpenCase, OpenIncident, WriteLetters
from ui.widgets.text import Icon, Text
from ui.wording import filled, label, tr

MOST_ACTS = 2
"""Of a fix on its case's page; the list of all has the rest."""

PAUSE = 350
"""Milliseconds after the last key before an answer is looked at: a name needs its end."""


class WhyItHappened(Section):
    """Five whys at the most, then a cause, then a change."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("Why it happened"))
        self._cause = CausePick(name=tr("The cause"))
        self._cause.add_wanted.connect(self._add_cause)
        self._lever = LeverQuestion()
        self._lever.answered.connect(self._look_again)
        self._lever.once_more.connect(self._ask_once_more)
        self._rungs = [TextField() for _rung in range(causes.MOST_RUNGS)]
        self._hints = [Text("", "secondary", "warn", wrap=True) for _rung in self._rungs]
        self._lines = []
        for place, (rung, hint) in enumerate(zip(self._rungs, self._hints, strict=True)):
            field = LabelledField(tr("Why?") if place == 0 else tr("And why was that?"), rung)
            field.input.setAccessibleName(filled("Why {number}", number=str(place + 1)))
            self._lines.append(boxed(column(field, hint, gap=4)))
            rung.textEdited.connect(self._open_next)
            rung.textEdited.connect(self._look_soon)
            rung.editingFinished.connect(self._look_again)
            rung.returnPressed.connect(partial(self._go_on_from, place))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._look_again)
        cause = LabelledField(tr("The cause"), self._cause, tr("something you can change"))
        first = self._lines[0].findChildren(LabelledField)[0]
        self._form = Form({"whys": first, "cause": cause})
        self.save_button = Button(tr("Save why it happened"), "tonal", icon="check")
        self.save_button.clicked.connect(lambda _on: self.save())
        self.fix_button = Button(tr("Plan a fix"), "secondary", icon="wrench")
        self.fix_button.clicked.connect(lambda _on: self._plan_fix())
        self.hit_button = Button(tr("Who else is hit?"), "secondary", icon="users")
        self.hit_button.setToolTip(tr("Tell others before they have to complain"))
        self.hit_button.clicked.connect(lambda _on: self._who_else())
        self._fixes = column(gap=6)
        self.ideas = IdeasPart(session)
        self.add(
            Text(
                tr("Look for the rule, the tool, the supplier; never for somebody to blame."),
                "secondary",
                "text2",
                wrap=True,
            ),
            *self._lines,
            self._lever,
            cause,
            boxed(row(self.fix_button, self.hit_button, STRETCH, self.save_button, gap=8)),
            boxed(self._fixes),
            self.ideas,
        )
        self._shown: tuple[str, ...] | None = None

    def fill(self, view: CaseView) -> None:
        """Show the whys, the cause and the fixes; words being typed stay."""
        everything = causes.all_causes(self.session.desk, also_retired=True)
        # One that was retired since stays with the cases that have it.
        offered = [one for one in everything if not one.retired or one.cause_id == view.cause_id]
        keep = self.unsaved()
        self._cause.set_options(offered)
        whys = list(view.whys)
        last, lever = lever_of(whys[-1]) if whys else ("", None)
        if not keep:
            for place, rung in enumerate(self._rungs):
                rung.setText(([*whys[:-1], last][place]) if place < len(whys) else "")
            self._lever.show_lever(lever)
            self._cause.choose(str(view.cause_id or NOT_KNOWN))
        saved = (*whys, str(view.cause_id or NOT_KNOWN))
        # As the lines say it: what one line can't show isn't a change of the owner's.
        self._shown = saved if keep else (*self._answers(), self._cause.key())
        self._open_next()
        self._look_again()
        self._show_fixes(view.corrections)
        self.ideas.show_case(view)
        self.set_summary(self._summary(view))

    def _summary(self, view: CaseView) -> str:
        fix = view.corrections[-1] if view.corrections else None
        if fix is not None:
            return f"{view.cause or tr('Not yet known')}. {fix.what}"
        return view.cause or tr("Not yet known: ask the customer, ask the team.")

    def _typed(self) -> tuple[str, ...]:
        texts = [rung.text().strip() for rung in self._rungs]
        while texts and not texts[-1]:
            texts.pop()
        return tuple(texts)

    def _answers(self) -> tuple[str, ...]:
        """Return the rungs as they are kept: the last one with what could be changed."""
        *before, last = self._typed() or ("",)
        return (*before, with_lever(last, self._lever.lever())) if last else ()

    def unsaved(self) -> bool:
        """Say whether something typed here isn't saved."""
        if self._shown is None:
            return False
        half = self._cause.is_half_typed()
        return half or (*self._answers(), self._cause.key()) != self._shown

    def forget(self) -> None:
        """Let go of the case that was shown, and of what was typed for it."""
        self._shown = None
        self._form.start()
        for rung in self._rungs:
            rung.clear()
        self._lever.show_lever(None)
        self._cause.choose(NOT_KNOWN)

    def _open_next(self, _text: str = "") -> None:
        filled_in = len(self._typed())
        for place, line in enumerate(self._lines):
            line.setVisible(place <= filled_in)
        self._lever.setVisible(filled_in > 0)
        self._lever.more_button.setVisible(filled_in < len(self._rungs))

    def _look_soon(self, _text: str) -> None:
        self._pause.start()

    def _look_again(self) -> None:
        typed = self._typed()
        told = {}
        if typed and all(typed):
            with told_to_owner(self):
                found = causes.hints(self.session.desk, self._answers())
                told = {hint.position: hint.message for hint in found}
            if (last := len(typed) - 1) in told:
                told[last] += " " + tr("The plan keeps asking for the cause until then.")
        for place, hint in enumerate(self._hints):
            hint.setText(told.get(place, ""))
            hint.setVisible(place in told)

    def _go_on_from(self, place: int) -> None:
        """Enter leads to the next why, from the last one to the question behind it."""
        following = self._rungs[place + 1 : place + 2]
        if following and self._rungs[place].text().strip():
            following[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _ask_once_more(self) -> None:
        self._look_again()
        self._rungs[min(len(self._typed()), len(self._rungs) - 1)].setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _add_cause(self, words: str) -> None:
        from ui.dialogs.cause import AddCauseDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            dialog = AddCauseDialog(self.session, name=words, parent=self)
            dialog.added.connect(self._choose_new)
            dialog.open()

    def _choose_new(self, cause_id: int) -> None:
        self._cause.set_options(causes.all_causes(self.session.desk))
        self._cause.choose(str(cause_id))

    def save(self) -> None:
        """Save the whys and the cause."""
        self._form.start()
        key = self._cause.key()
        with told_to_owner(self), self._form.pointing_out():
            if self._cause.is_half_typed():
                raise InvalidEntryError("cause", NO_SUCH_CAUSE)
            before, self._shown = self._shown, None
            try:
                causes.write_down(
                    self.session.desk,
                    self.case().case_id,
                    self._answers(),
                    cause_id=None if key == NOT_KNOWN else int(key),
                    now=self.session.now(),
                )
            except BaseException:
                self._shown = before
                raise

    # Fixes

    def _show_fixes(self, fixes: tuple[CorrectionView, ...]) -> None:
        clear(self._fixes)
        for fix in fixes:
            self._fixes.addLayout(self._fix_line(fix))

    def _fix_line(self, fix: CorrectionView) -> QHBoxLayout:
        state = label(fix.status)
        line = row(
            Icon(state.icon or "wrench", "text2"),
            (Text(fix.what, "strong"), 1),
            Text(" · ".join(self._about(fix)), "secondary", "text2"),
            gap=8,
        )
        for act in fixing.acts_for(fix)[:MOST_ACTS]:
            words = fixing.words(act)
            button = Button(words, "ghost", size="small")
            button.setAccessibleName(f"{words.rstrip('…')}: {fix.what}")
            button.clicked.connect(partial(self._do, act, fix))
            line.addWidget(button)
        return line

    def _do(self, act: fixing.FixAct, fix: CorrectionView, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        fixing.do(
            self.session,
            act,
            fix,
            parent=self,
            open_case=lambda case_id: self.wished.emit(OpenCase(case_id)),
            write=lambda ids: self.wished.emit(WriteLetters(tuple(ids), WHAT_CHANGED)),
        )

    def _who_else(self) -> None:
        """Gather those whom the same failure hit, so that they hear from the shop first."""
        view = self.case()
        whose = None if view.incident_id is not None else view.case_id
        self.wished.emit(OpenIncident(view.incident_id, whose))

    def look_into(self, relapse: Relapse) -> None:
        """Look at the fix that doesn't hold, or plan one where there is none."""
        if relapse.correction_id is None:
            self._plan_fix()
            return
        fixing.look_at(
            self.session,
            relapse.correction_id,
            parent=self,
            open_case=lambda case_id: self.wished.emit(OpenCase(case_id)),
        )

    def _about(self, fix: CorrectionView) -> list[str]:
        today = self.session.today()
        parts = [fix.who] if fix.who else []
        if fix.done_on is not None:
            parts.append(filled("done {day}", day=short_words(fix.done_on, today)))
        elif fix.due_on is not None:
            parts.append(filled("by {day}", day=short_words(fix.due_on, today)))
        if fix.check_on is not None and fix.done_on is not None:
            parts.append(filled("check {day}", day=short_words(fix.check_on, today)))
        parts.append(label(fix.status).text)
        return parts

    def _plan_fix(self) -> None:
        from ui.dialogs.correction import CorrectionDialog  # noqa: PLC0415 - not at the start

        CorrectionDialog(self.session, self.case().case_id, parent=self).open()
