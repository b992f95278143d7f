"""Commands about who works in the shop, and about what is held on a customer."""

from pathlib import Path

from recoverydesk.domain.forgetting import Forget
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import backup_erasures, erasures, people, person_exports, person_rows
from recoverydesk.storage.desk import Desk
from ui.commands.asking import Answer, Ask, Commands


def _people(ask: Ask) -> Answer:
    desk = ask.desk()
    if ask.add:
        people.add(desk, ask.add, role=ask.role)
    if ask.forget_pin:
        people.forget_pin(desk, _id_of(desk, ask.forget_pin), ask.way_back, now=ask.now)
    found = people.everybody(desk)
    lines = [
        f"{one.name or '(owner)'}  {one.role}{'  PIN' if one.has_pin else ''}" for one in found
    ]
    return found, "\n".join(lines)


def _id_of(desk: Desk, name: str) -> int:
    for one in people.everybody(desk):
        if one.name.casefold() == name.strip().casefold():
            return one.person_id
    raise NotFoundError(f"Nobody called “{name.strip()}” works here.")


def _person(ask: Ask) -> Answer:
    desk = ask.desk()
    customer_id = person_rows.find(desk, ask.who)
    if ask.erase or ask.anonymise:
        return _forget(ask, desk, customer_id)
    if ask.export is None:
        raise InvalidEntryError("export", "Say what to do: --export DIR, --erase or --anonymise.")
    made = person_exports.export(desk, customer_id, ask.export, now=ask.now)
    answer = {"folder": str(made.folder), "files": made.files, "pages": made.pages}
    return answer, f"{made.folder}: everything held on them."


def _forget(ask: Ask, desk: Desk, customer_id: int) -> Answer:
    how = Forget.ERASE if ask.erase else Forget.ANONYMISE
    if not ask.yes:
        found = erasures.preview_erasure(desk, customer_id)
        words = (
            f"{found.cases} cases, {found.contacts} contacts, {found.papers} papers and"
            f" {found.files} files would go, and the name out of {found.elsewhere} other texts."
            " It can't be undone. To do it, add --yes."
        )
        return found, words
    done, cleaned = backup_erasures.erase(
        desk, customer_id, how=how, backups=ask.backups, now=ask.now
    )
    words = "Forgotten."
    if cleaned.left:
        words += f" These could not be opened and may still hold them: {', '.join(cleaned.left)}"
    return {"erased": done, "backups": cleaned}, words


def add_commands(make: Commands) -> None:
    """Describe these commands to the parser."""
    command = make.add("people", _people, "who works here")
    command.add_argument("--add", metavar="NAME", default="", help="somebody new")
    command.add_argument("--role", choices=[people.OWNER, people.STAFF], default=people.STAFF)
    command.add_argument("--forget-pin", metavar="NAME", default="", help="let a forgotten PIN go")
    command.add_argument(
        "--way-back", default="", help="the code that was shown when the PIN was set"
    )
    person = make.add("person", _person, "what is held on one customer")
    person.add_argument("who", help="the whole name, the phone number or the e-mail address")
    person.add_argument(
        "--export", type=Path, metavar="DIR", help="write everything held on them there"
    )
    forgetting = person.add_mutually_exclusive_group()
    forgetting.add_argument(
        "--erase", action="store_true", help="forget them; counts, causes and money stay"
    )
    forgetting.add_argument(
        "--anonymise", action="store_true", help="the same, but what happened stays, too"
    )
    person.add_argument("--backups", action="store_true", help="clean the backups, too")
    person.add_argument("--yes", action="store_true", help="do it; else it is only looked at")
