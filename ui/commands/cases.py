"""Commands about cases: logging, finding, talking, ending."""

import sys
from datetime import datetime
from pathlib import Path

from recoverydesk.domain.case import Channel, Evidence, LostReason, Outcome, Severity, Status
from recoverydesk.domain.contact import Direction, Mood, Reach, Way
from recoverydesk.domain.voucher import shown_code
from recoverydesk.errors import (
    InvalidEntryError,
)
from recoverydesk.services import (
    agendas,
    alarms,
    calendars,
    case_lists,
    case_pages,
    cases,
    contacts,
    incident_pages,
    incidents,
    intake,
    merges,
    papers,
    search,
    shop,
)
from recoverydesk.services.case_lists import CaseFilter
from recoverydesk.services.cases import Ending, Story
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.incidents import IncidentEntry
from recoverydesk.services.intake import Intake
from recoverydesk.services.negotiations import Asked
from recoverydesk.storage.desk import Desk
from ui.commands.asking import Answer, Ask, Commands, add_texts, values_of

SAID_ALOUD = {"furious": Severity.ABOUT_TO_LEAVE}
"""What the window calls it, beside what is stored."""


def _words(typed: str) -> str:
    if typed != "-":
        return typed
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise InvalidEntryError(
            "what", "That text can't be read.", advice="Save it as UTF-8 and try again."
        ) from error


def _log(ask: Ask) -> Answer:
    desk = ask.desk()
    entry = Intake(
        customer=CustomerEntry(
            name=ask.customer, phone=ask.phone, email=ask.email, worth=ask.worth
        ),
        words=_words(ask.what),
        severity=SAID_ALOUD.get(ask.severity) or Severity(ask.severity),
        channel=Channel(ask.channel),
        asked=Asked(words=ask.asked) if ask.asked else None,
    )
    made = intake.log(desk, entry, now=ask.now)
    return made, made.number


def _case(ask: Ask) -> Answer:
    desk = ask.desk()
    view = case_pages.view(desk, cases.id_of(desk, ask.number))
    lines = [
        f"{view.number}  {view.customer}  ({view.status.value}, {view.stage.value})",
        view.summary,
        f"Next: {view.next_step}" + _by(desk, view.next_due_at)
        if view.next_step
        else "No next step.",
    ]
    lines += [f"  {line.kind.value}: {line.words}" for line in view.negotiation]
    lines += [
        f"  {remedy.words}: {ask.money(desk, remedy.value_cents)}, {remedy.status.value} "
        f"{shown_code(remedy.code) if remedy.code else ''}".rstrip()
        for remedy in view.remedies
    ]
    return view, "\n".join(lines)


def _by(desk: Desk, at: datetime | None) -> str:
    if at is None:
        return ""
    return f", by {at.astimezone(shop.view(desk).hours.zone):%Y-%m-%d %H:%M}"


def _cases(ask: Ask) -> Answer:
    desk = ask.desk()
    which = {None: "all", "open": "open", "resolved": "following_up"}.get(ask.status, "all")
    wanted = case_lists.ids(desk, CaseFilter(which=which), now=ask.now, sort="number")
    rows = case_lists.rows(desk, wanted)
    listed = [
        rows[case_id]
        for case_id in wanted
        if ask.status is None
        or rows[case_id].status == ask.status
        or (ask.status == "open" and rows[case_id].status in case_lists.STILL_OPEN)
    ]
    text = "\n".join(
        f"{row.number}  {row.customer:<28} {row.stage.value:<11} {row.next_step}" for row in listed
    )
    return listed, text or "No cases."


def _today(ask: Ask) -> Answer:
    desk = ask.desk()
    agenda = agendas.agenda(desk, now=ask.now, days=ask.days)
    groups = {"late": agenda.late, "today": agenda.today, "ahead": agenda.ahead}
    lines = []
    for title, rows in groups.items():
        if rows:
            lines.append(f"{title.capitalize()} ({len(rows)})")
        lines += [
            f"  {row.title}: {row.customer}, {row.phone or 'no phone'}, {row.due_on}"
            for row in rows
        ]
    return groups, "\n".join(lines) or "Nothing is waiting."


def _find(ask: Ask) -> Answer:
    found = search.find(ask.desk(), ask.text)
    return found, "\n".join(f"{hit.title}  {hit.hint}" for hit in found) or "Nothing found."


def _restate(ask: Ask) -> Answer:
    desk = ask.desk()
    case_id = cases.id_of(desk, ask.number)
    seen = case_pages.view(desk, case_id)
    story = Story(
        words=seen.words,
        restatement=_words(ask.text),
        agreed=ask.agreed,
        feeling=ask.feeling or seen.feeling,
        our_part=ask.our_part or seen.our_part,
    )
    cases.tell(desk, case_id, story, now=ask.now)
    return {"number": seen.number, "agreed": ask.agreed}, f"{seen.number}: said back."


def _promise(ask: Ask, desk: Desk) -> datetime | None:
    if not ask.next_word:
        return None
    try:
        typed = datetime.fromisoformat(ask.next_word)
    except ValueError as error:
        raise InvalidEntryError(
            "promise", "Write the next word like 2026-11-27T17:00, a day and an hour."
        ) from error
    return typed if typed.tzinfo else typed.replace(tzinfo=shop.view(desk).hours.zone)


def _contact(ask: Ask) -> Answer:
    desk = ask.desk()
    entry = ContactEntry(
        way=Way(ask.way),
        reach=Reach(ask.reach),
        direction=Direction(ask.direction),
        mood=Mood(ask.mood) if ask.mood else None,
        words=ask.words,
    )
    contacts.log(
        desk, cases.id_of(desk, ask.number), entry, now=ask.now, next_word_by=_promise(ask, desk)
    )
    return state_of(desk, ask.number)


def state_of(desk: Desk, number: str) -> Answer:
    """Return how a case stands after a command."""
    view = case_pages.view(desk, cases.id_of(desk, number))
    state = {
        "number": view.number,
        "status": view.status,
        "stage": view.stage,
        "outcome": view.outcome,
        "next_step": view.next_step,
        "next_due_at": view.next_due_at,
    }
    text = f"{view.number}: {view.stage.value}."
    return state, text + (
        f" Next: {view.next_step}{_by(desk, view.next_due_at)}" if view.is_open else ""
    )


def _resolve(ask: Ask) -> Answer:
    desk = ask.desk()
    cases.resolve(
        desk, cases.id_of(desk, ask.number), now=ask.now, not_agreed_why=ask.not_agreed_why
    )
    return state_of(desk, ask.number)


def _close(ask: Ask) -> Answer:
    desk = ask.desk()
    ending = Ending(
        outcome=Outcome(ask.outcome),
        evidence=Evidence(ask.evidence) if ask.evidence else None,
        lost_reason=LostReason(ask.lost_reason) if ask.lost_reason else None,
        words=ask.words,
        skip_why=ask.skip_why,
    )
    cases.close(desk, cases.id_of(desk, ask.number), ending, now=ask.now)
    return state_of(desk, ask.number)


def _reopen(ask: Ask) -> Answer:
    desk = ask.desk()
    case_id = cases.id_of(desk, ask.number)
    if ask.failed:
        alarms.it_failed(desk, case_id, ask.failed, now=ask.now)
    else:
        cases.reopen(desk, case_id, now=ask.now)
    return state_of(desk, ask.number)


def _incident(ask: Ask) -> Answer:
    desk = ask.desk()
    entry = IncidentEntry(ask.title, _words(ask.what))
    made = incidents.open_incident(desk, entry, (), names=ask.customer, now=ask.now)
    return _incident_answer(desk, made)


def _incident_answer(desk: Desk, incident_id: int) -> Answer:
    view = incident_pages.view(desk, incident_id)
    lines = [f"{view.title}: {view.customers} customers"]
    lines += [f"  {one.number}  {one.customer}" for one in view.cases]
    return view, "\n".join(lines)


def _incidents(ask: Ask) -> Answer:
    found = incident_pages.list_incidents(ask.desk())
    lines = [
        f"{one.title}: {one.customers} hit, {one.contacted} told, {one.made_right} put right"
        for one in found
    ]
    return found, "\n".join(lines) or "None so far."


def _calendar(ask: Ask) -> Answer:
    content = calendars.calendar_file(ask.desk(), now=ask.now, days=ask.days)
    papers.write_file(ask.out, content)
    return {"file": str(ask.out)}, f"Wrote {ask.out}"


def _merge(ask: Ask) -> Answer:
    desk = ask.desk()
    kept, other = cases.id_of(desk, ask.number), cases.id_of(desk, ask.other)
    merges.merge_cases(desk, kept, other, choices={}, now=ask.now)
    return state_of(desk, ask.number)


def add_commands(make: Commands) -> None:
    """Describe these commands to the parser."""
    log = make.add("log", _log, "log an unhappy customer")
    log.add_argument("--customer", required=True)
    log.add_argument("--what", required=True, help="what happened; - reads it from stdin")
    add_texts(log, "phone", "email", "asked", "worth")
    log.add_argument("--severity", choices=[*values_of(Severity), *SAID_ALOUD], default="upset")
    log.add_argument("--channel", choices=values_of(Channel), default="in_person")
    make.add("case", _case, "show a case").add_argument("number")
    listed = make.add("cases", _cases, "list cases")
    listed.add_argument("--status", choices=values_of(Status))
    today = make.add("today", _today, "what is late, for today and ahead")
    today.add_argument("--days", type=int, default=7)
    calendar = make.add("calendar", _calendar, "write what is due as a calendar file")
    calendar.add_argument("--out", type=Path, required=True)
    calendar.add_argument("--days", type=int, default=calendars.FARTHEST_DAYS)
    make.add("find", _find, "find people, cases, codes").add_argument("text")
    restate = make.add("restate", _restate, "write down how you said it back")
    restate.add_argument("number")
    restate.add_argument("text")
    restate.add_argument("--agreed", action="store_true", help="they said: yes, that's it")
    add_texts(restate, "feeling", "our-part")
    contact = make.add("contact", _contact, "log a contact")
    contact.add_argument("number")
    contact.add_argument("--way", choices=values_of(Way), default="call")
    contact.add_argument("--reach", choices=values_of(Reach), default="reached")
    contact.add_argument("--direction", choices=values_of(Direction), default="out")
    contact.add_argument("--mood", choices=values_of(Mood))
    contact.add_argument("--next-word", default="", help="by when they hear from you again")
    add_texts(contact, "words")
    resolve = make.add("resolve", _resolve, "call a case resolved")
    resolve.add_argument("number")
    add_texts(resolve, "not-agreed-why")
    hit = make.add("incident", _incident, "log one failure that hit many customers")
    hit.add_argument("title")
    hit.add_argument("--what", required=True, help="what happened; - reads it from stdin")
    hit.add_argument("--customer", action="append", required=True, help="once for each")
    make.add("incidents", _incidents, "list failures that hit many customers")
    merge = make.add("merge", _merge, "make one case of two; the first number stays")
    merge.add_argument("number")
    merge.add_argument("other")
    reopen = make.add("reopen", _reopen, "open a case again")
    reopen.add_argument("number")
    reopen.add_argument("--failed", default="", help="what went wrong with what was done")
    close = make.add("close", _close, "close a case")
    close.add_argument("number")
    close.add_argument("--outcome", choices=values_of(Outcome), required=True)
    close.add_argument("--evidence", choices=values_of(Evidence))
    close.add_argument("--lost-reason", choices=values_of(LostReason))
    add_texts(close, "words", "skip-why")
