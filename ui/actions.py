"""Every command of the program: its words, its keys, its icon. Nothing else has any."""

from collections.abc import Callable
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from recoverydesk.records import record

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


class Scope(StrEnum):
    """Where a command's keys work. Keys may repeat only in scopes that never meet."""

    WINDOW = "window"
    """Everywhere in the main window."""
    LIST = "list"
    """While a list has the focus."""
    CASE = "case"
    """On the page of one case."""


_INSIDE = Qt.ShortcutContext.WidgetWithChildrenShortcut
_CONTEXTS = {
    Scope.WINDOW: Qt.ShortcutContext.WindowShortcut,
    Scope.LIST: _INSIDE,
    Scope.CASE: _INSIDE,
}


@record
class CommandLook:
    """How a command looks in menus, buttons and tooltips."""

    text: str
    """With `&` before the letter that picks it in a menu."""
    hint: str
    shortcut: str = ""
    """As `QKeySequence` reads it: "Ctrl+N"."""
    icon: str = ""
    """File name under resources/icons."""
    scope: Scope = Scope.WINDOW


class Command(Enum):
    """What the owner can tell the program to do."""

    NEW_CASE = CommandLook(
        "&Log an unhappy customer", "Write down what happened and start the plan", "Ctrl+N", "plus"
    )
    NEW_INCIDENT = CommandLook(
        "One &failure, many customers…",
        "Log many customers whom the same failure hit, in one go",
        "",
        "users",
    )
    FIND = CommandLook(
        "&Search or jump to…", "Find a customer, a case or a code", "Ctrl+K", "search"
    )
    GO_TODAY = CommandLook("&Today", "What is due now", "Ctrl+1", "sun")
    GO_CASES = CommandLook("&Cases", "Everything that went wrong", "Ctrl+2", "inbox")
    GO_CUSTOMERS = CommandLook("C&ustomers", "Who they are and what they like", "Ctrl+3", "users")
    GO_REMEDIES = CommandLook("&Remedies", "What you promised, and what it costs", "Ctrl+4", "gift")
    GO_LEARN = CommandLook(
        "L&earn", "What goes wrong, and what wins people back", "Ctrl+5", "chart-column"
    )
    SETTINGS = CommandLook(
        "&Settings", "Your shop, your letters, your promises", "Ctrl+,", "settings"
    )
    CHANGE_PLANS = CommandLook(
        "Change your &plans…", "The steps that cases are led by", "", "list-checks"
    )
    MONTH_PAGE = CommandLook(
        "The &month on a page…", "Four facts, one worry, one thing to try", "", "calendar"
    )
    STAFF_PAGE = CommandLook(
        "Page for the staff &meeting…", "What goes wrong and what we change, without names", "",
        "users",
    )  # fmt: skip
    OUR_RULES = CommandLook(
        "Our &rules…", "One line each, out of what was fixed; the policy prints them", "",
        "list-checks",
    )  # fmt: skip
    HELP = CommandLook("&Help", "How RecoveryDesk works", "F1", "circle-question-mark")
    UNDO = CommandLook("&Undo", "Take back the last change", "Ctrl+Z", "undo-2")
    REDO = CommandLook("Red&o", "Do again what was taken back", "Ctrl+Shift+Z", "redo-2")
    PRINT = CommandLook("&Print", "Print what this page is about", "Ctrl+P", "printer")
    BACK = CommandLook("&Back", "To the page before", "Alt+Left", "arrow-left")
    QUIT = CommandLook("&Quit", "Close RecoveryDesk", "Ctrl+Q", "log-out")

    STAFF_VIEW = CommandLook(
        "&Staff view…", "Only the till, until the owner's PIN is typed", "", "lock"
    )
    SWITCH_PERSON = CommandLook(
        "&Who is at the counter?", "What is done next is written down under their name", "F9",
        "user",
    )  # fmt: skip

    LOOK_SYSTEM = CommandLook("As the s&ystem", "Light or dark as the system is", "", "monitor")
    LOOK_LIGHT = CommandLook("&Light", "Always light", "", "sun")
    LOOK_DARK = CommandLook("&Dark", "Always dark", "", "moon")
    PRACTICE = CommandLook(
        "&Practice shop", "Try things out where nothing is real", "", "graduation-cap"
    )
    OPEN_DESK = CommandLook("&Open another desk…", "Another shop, or a backup", "", "folder-open")
    BACK_UP = CommandLook(
        "&Backups…", "Copy the whole desk to a safe place, now and by itself", "", "archive"
    )
    RESTORE = CommandLook("&Restore a backup…", "Go back to an earlier day", "", "history")
    IMPORT = CommandLook("&Import a spreadsheet…", "Bring in customers", "", "file-spreadsheet")
    CAUSES = CommandLook(
        "&Causes…", "Why things go wrong here: rename, order, merge and retire them", "", "tag"
    )
    IDEAS = CommandLook(
        "I&deas…", "How it could have been avoided, and who is to be thanked", "", "lightbulb"
    )
    NEW_IDEA = CommandLook(
        "&Write down an idea…", "Yours, a colleague's or a customer's", "", "lightbulb"
    )
    FIXES = CommandLook(
        "&Fixes…", "What you change so that it doesn't happen again, and whether it held", "",
        "wrench",
    )  # fmt: skip
    SALES_FILE = CommandLook(
        "&Sales from the till…", "See in your till's file who came back", "", "file-spreadsheet"
    )
    QUIET_REGULARS = CommandLook(
        "&Quiet regulars…", "Who used to come and hasn't been here for long", "", "users"
    )
    EXPORT = CommandLook("&Export…", "Take everything with you", "", "download")
    UNDO_HISTORY = CommandLook("&History…", "What was changed, when, by whom", "", "history")

    OPEN_CASE = CommandLook(
        "&Open", "Open the case of this line", "Return", "arrow-up-right", Scope.LIST
    )
    FOLLOW_UP_DONE = CommandLook("Mark &done", "This has been done", "Space", "check", Scope.LIST)
    FOLLOW_UP_NO_ANSWER = CommandLook(
        "&No answer", "Rang in vain; ask again tomorrow", "N", "phone-off", Scope.LIST
    )
    SNOOZE = CommandLook("&Snooze", "Show it again later", "S", "alarm-clock", Scope.LIST)
    FOLLOW_UP_SKIP = CommandLook(
        "S&kip…", "Leave it out, and say why", "X", "skip-forward", Scope.LIST
    )
    SHOW_CARD = CommandLook(
        "Show the c&ard",
        "Phone, last contacts, what was promised, what to say",
        "I",
        "info",
        Scope.LIST,
    )
    CALLING_SESSION = CommandLook(
        "&Calling session",
        "Go through today's calls card by card",
        "Ctrl+J",
        "phone",
    )
    CALENDAR_FILE = CommandLook(
        "Save a &calendar file…", "What is due, for the calendar you use", "", "calendar"
    )
    ADD_REMINDER = CommandLook("Add &reminder", "Something else to remember", "", "plus")

    LOG_CONTACT = CommandLook("&Log contact", "You spoke, wrote or met", "L", "phone", Scope.CASE)
    OFFER = CommandLook(
        "&Offer a remedy", "What you propose to make it right", "O", "gift", Scope.CASE
    )
    WRITE_LETTER = CommandLook("&Write letter", "An apology on paper", "W", "file-text", Scope.CASE)
    GIVE_REMEDY = CommandLook(
        "&Give it", "Hand over what was agreed", "G", "hand-heart", Scope.CASE
    )
    EDIT_CASE = CommandLook("&Edit…", "Correct what is written here", "E", "pencil", Scope.CASE)
    RESOLVE = CommandLook(
        "Mark as &resolved", "It has been put right", "R", "circle-check", Scope.CASE
    )
    CLOSE_CASE = CommandLook("&Close the case…", "Say how it ended", "C", "archive", Scope.CASE)
    REOPEN = CommandLook("Re&open…", "It isn't over after all", "", "rotate-ccw", Scope.CASE)
    FEEDBACK = CommandLook(
        "How was it &handled?…",
        "Three short questions, each answered from 1 to 5",
        "",
        "star",
        Scope.CASE,
    )
    MERGE = CommandLook(
        "&Merge with another case…", "The same thing twice", "", "merge", Scope.CASE
    )
    SPLIT_CASE = CommandLook(
        "S&plit in two…", "A second failure told in one breath", "", "minus", Scope.CASE
    )
    LINK_CASES = CommandLook(
        "Lin&k with another case…", "They have to do with each other", "", "link", Scope.CASE
    )
    MOVE_CASE = CommandLook(
        "It is &somebody else's…", "Give the case to another customer", "", "user", Scope.CASE
    )
    GOOD_FAITH = CommandLook(
        "In good &faith?…", "Whether they are taken to be honest", "", "scale", Scope.CASE
    )
    PRINT_CASE = CommandLook(
        "&Print the case file", "Everything on paper", "", "printer", Scope.CASE
    )

    TILL = CommandLook(
        "At the &till…", "What is due to whoever stands there", "Ctrl+L", "scan-line"
    )
    REDEEM = CommandLook("&Redeem", "A customer hands in a code", "Ctrl+R", "scan-line")
    ISSUE_GIFT_CARD = CommandLook("&Issue a gift card", "Without a case", "", "gift")
    PRINT_CHECKLIST = CommandLook("&Print checklist", "Today's follow-ups on paper", "", "printer")
    ENTER_RESULTS = CommandLook(
        "&Enter results of the checklist",
        "Go through the printed checklist and write down what came of each line",
        "Ctrl+E",
        "clipboard-check",
    )
    NEW_CUSTOMER = CommandLook("&New customer", "Write down who they are", "", "user-plus")


def words(command: Command) -> str:
    """Return a command's text in the owner's language, with its `&`."""
    return QCoreApplication.translate("recoverydesk", command.value.text)


def plain_words(command: Command) -> str:
    """Return a command's text for a button or a screen reader: no `&`, no "…"."""
    return words(command).replace("&", "").rstrip("…")


def hint(command: Command) -> str:
    """Return one line about a command, with its keys."""
    look = command.value
    told = QCoreApplication.translate("recoverydesk", look.hint)
    return f"{told} ({key_words(command)})" if look.shortcut else told


def key_words(command: Command) -> str:
    """Return a command's keys as this system writes them: "Ctrl+N", "⌘N"."""
    return QKeySequence(command.value.shortcut).toString(QKeySequence.SequenceFormat.NativeText)


def make_action(
    command: Command,
    parent: QWidget,
    on_triggered: Callable[[], object],
    *,
    icon: "QIcon | None" = None,
) -> QAction:
    """Return the action for a command, owned by `parent` and working while it is shown.

    Args:
        command: which one.
        parent: the window, or for `Scope.LIST` and `Scope.CASE` the widget the keys work in.
        on_triggered: what it does.
        icon: `look.icon(command.value.icon)`; this layer knows no colours.
    """
    look = command.value
    action = QAction(words(command), parent)
    if icon is not None:
        action.setIcon(icon)
    action.setObjectName(command.name)
    action.setStatusTip(QCoreApplication.translate("recoverydesk", look.hint))
    action.setToolTip(hint(command))
    if look.shortcut:
        action.setShortcut(QKeySequence(look.shortcut))
        action.setShortcutContext(_CONTEXTS[look.scope])
    action.triggered.connect(lambda _checked: on_triggered())
    parent.addAction(action)
    return action
