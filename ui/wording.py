"""What the owner reads for every value the desk stores: a word, a hint, an icon, a tone."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Literal

from PySide6.QtCore import QCoreApplication

from recoverydesk.domain.backup import Reason
from recoverydesk.domain.case import (
    Channel,
    Evidence,
    Fault,
    GoodFaith,
    LostReason,
    Outcome,
    Severity,
    Stage,
    Status,
)
from recoverydesk.domain.cause import Lever
from recoverydesk.domain.contact import Direction, Mood, Reach, Way
from recoverydesk.domain.correction import (
    CorrectionKind,
    CorrectionStatus,
    IdeaSource,
    IdeaStatus,
)
from recoverydesk.domain.days import Tone as DueTone
from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.domain.envelope import Envelope
from recoverydesk.domain.feedback import Question
from recoverydesk.domain.follow_up import Act, Anchor, FollowUpKind, FollowUpStatus, Unit, Who
from recoverydesk.domain.forgetting import Forget
from recoverydesk.domain.mailing import EnvelopeSize, LabelSheet
from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.promise import PromiseState
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.second_chance import GoodWay
from recoverydesk.domain.voucher import EntryKind, VoucherKind, VoucherStatus
from recoverydesk.records import record

Tone = Literal["neutral", "accent", "warn", "danger"]

_CONTEXT = "recoverydesk"


@record
class Label:
    """How one value reads."""

    text: str
    hint: str = ""
    """What it means, in a few words; for cards to choose from."""
    icon: str = ""
    """File name under resources/icons."""
    tone: Tone = "neutral"


_LABELS: Mapping[type[StrEnum], Mapping[StrEnum, Label]] = {
    Reason: {
        Reason.HOURLY: Label("made by itself"),
        Reason.CLOSING: Label("made on closing"),
        Reason.ASKED: Label("made by you"),
        Reason.BEFORE_RESTORE: Label("before a restore"),
        Reason.BEFORE_IMPORT: Label("before an import"),
        Reason.BEFORE_ERASE: Label("before erasing"),
        Reason.BEFORE_BULK: Label("before a change to many"),
    },
    Channel: {
        Channel.IN_PERSON: Label("In person", icon="store"),
        Channel.PHONE: Label("Phone", icon="phone"),
        Channel.EMAIL: Label("E-mail", icon="mail"),
        Channel.LETTER: Label("Letter", icon="file-text"),
        Channel.MESSAGE: Label("Message", icon="message-circle"),
        Channel.SOCIAL: Label("Social media", icon="megaphone"),
        Channel.REVIEW: Label("Web review", icon="star"),
        Channel.SURVEY: Label("Survey", icon="clipboard-check"),
        Channel.RETURNED_GOODS: Label("Returned goods", icon="package"),
        Channel.NOTICED_BY_US: Label("Staff noticed", icon="eye"),
    },
    Severity: {
        Severity.ANNOYED: Label("Annoyed", "Will come back", "annoyed"),
        Severity.UPSET: Label("Upset", "Might not come back", "frown", "warn"),
        Severity.ABOUT_TO_LEAVE: Label("Furious", "Leaving, or telling others", "angry", "danger"),
    },
    Fault: {
        Fault.OURS: Label("Ours", "We got it wrong"),
        Fault.SHARED: Label("Shared", "Some of it was ours"),
        Fault.NOT_OURS: Label("Not ours", "Somebody else, or nobody"),
        Fault.UNKNOWN: Label("Not known yet", "Decide when you know more"),
    },
    GoodFaith: {
        GoodFaith.PRESUMED: Label("Honest, as far as we know"),
        GoodFaith.UNCLEAR: Label("Not sure", tone="warn"),
        GoodFaith.TAKING_ADVANTAGE: Label("Taking advantage", tone="danger"),
    },
    Status: {
        Status.OPEN: Label("Open", "Your turn", "circle"),
        Status.WAITING_CUSTOMER: Label("Waiting for them", "Their turn", "hourglass", "warn"),
        Status.RESOLVED: Label("Put right", "Following up", "circle-dot", "accent"),
        Status.CLOSED: Label("Closed", "It is over", "circle-check"),
        Status.MERGED: Label("Merged", "Part of another case", "merge"),
    },
    Stage: {
        Stage.LISTEN: Label("Listen", icon="ear"),
        Stage.OWN: Label("Own it", icon="hand-heart"),
        Stage.MAKE_RIGHT: Label("Make it right", icon="gift"),
        Stage.FIX_CAUSE: Label("Fix the cause", icon="wrench"),
        Stage.FOLLOW_UP: Label("Follow up", icon="phone"),
        Stage.DONE: Label("Done", icon="circle-check", tone="accent"),
    },
    Outcome: {
        Outcome.PENDING: Label("Not decided yet", icon="circle"),
        Outcome.WON_BACK: Label("Won back", "They bought again", "circle-check", "accent"),
        Outcome.KEPT: Label("Kept", "They stay with us", "circle-check", "accent"),
        Outcome.LOST: Label("Lost", "They won't come back", "circle-alert", "danger"),
        Outcome.NOT_UPHELD: Label("Not upheld", "We saw it differently", "scale"),
        Outcome.UNREACHABLE: Label("Out of reach", "They never answered", "phone-off"),
    },
    Evidence: {
        Evidence.PURCHASE: Label("They bought again", "A purchase after it was put right"),
        Evidence.THEIR_WORD: Label("They said so", "In their own words"),
        Evidence.OWNERS_WORD: Label("I think so", "Your own judgement"),
    },
    Forget: {
        Forget.ERASE: Label("Everything", "Words, letters, photos, all of it", "trash-2"),
        Forget.ANONYMISE: Label(
            "All but what happened", "It stays to learn from, without their name", "lightbulb"
        ),
    },
    LostReason: {
        LostReason.TOO_LATE: Label("We were too late"),
        LostReason.REMEDY_NOT_ENOUGH: Label("It wasn't enough"),
        LostReason.HAPPENED_AGAIN: Label("It happened again"),
        LostReason.HOW_WE_TREATED_THEM: Label("How we treated them"),
        LostReason.MOVED_OR_CLOSED: Label("They moved or closed"),
        LostReason.PRICE: Label("Price"),
        LostReason.DID_NOT_SAY: Label("They didn't say"),
    },
    Way: {
        Way.CALL: Label("Call", icon="phone"),
        Way.VISIT: Label("In the shop", icon="store"),
        Way.EMAIL: Label("E-mail", icon="mail"),
        Way.LETTER: Label("Letter", icon="file-text"),
        Way.MESSAGE: Label("Message", icon="message-circle"),
    },
    Direction: {
        Direction.OUT: Label("We turned to them", icon="arrow-up-right"),
        Direction.IN: Label("They turned to us", icon="reply"),
    },
    Reach: {
        Reach.REACHED: Label("Spoke with them", icon="check", tone="accent"),
        Reach.NO_ANSWER: Label("No answer", icon="phone-off", tone="warn"),
        Reach.LEFT_WORD: Label("Left word", icon="message-square"),
    },
    Mood: {
        Mood.ANGRY: Label("Angry", icon="angry", tone="danger"),
        Mood.UNHAPPY: Label("Unhappy", icon="frown", tone="warn"),
        Mood.NEUTRAL: Label("Neutral", icon="meh"),
        Mood.PLEASED: Label("Pleased", icon="smile", tone="accent"),
        Mood.DELIGHTED: Label("Delighted", icon="laugh", tone="accent"),
    },
    LineKind: {
        LineKind.ASKED: Label("Asked for", icon="message-circle"),
        LineKind.OFFERED: Label("We offered", icon="reply"),
        LineKind.COUNTERED: Label("Asked for instead", icon="message-circle"),
        LineKind.AGREED: Label("Agreed", icon="handshake", tone="accent"),
        LineKind.DECLINED: Label("Declined", icon="x", tone="danger"),
    },
    Envelope: {
        Envelope.AUTOMATIC: Label("The usual one for your paper", icon="mail"),
        Envelope.DIN_B: Label("DIN long, DIN 5008 form B", icon="mail"),
        Envelope.DIN_A: Label("DIN long, DIN 5008 form A", icon="mail"),
        Envelope.C56: Label("C5/6, window at the left", icon="mail"),
        Envelope.US_10: Label("US #10", icon="mail"),
        Envelope.NONE: Label("No window", icon="mail"),
    },
    EnvelopeSize: {
        EnvelopeSize.DL: Label("DIN long", icon="mail"),
        EnvelopeSize.C6: Label("C6", icon="mail"),
        EnvelopeSize.C5: Label("C5", icon="mail"),
        EnvelopeSize.US_10: Label("US #10", icon="mail"),
    },
    LabelSheet: {
        LabelSheet.L7160: Label("A4, 21 labels (Avery L7160)", icon="tag"),
        LabelSheet.L7163: Label("A4, 14 labels (Avery L7163)", icon="tag"),
        LabelSheet.A3474: Label("A4, 24 labels (Avery 3474)", icon="tag"),
        LabelSheet.A5160: Label("Letter, 30 labels (Avery 5160)", icon="tag"),
        LabelSheet.A5163: Label("Letter, 10 labels (Avery 5163)", icon="tag"),
    },
    DocumentKind: {
        DocumentKind.LETTER: Label("Letter", icon="file-text"),
        DocumentKind.CERTIFICATE: Label("Gift certificate", icon="gift"),
        DocumentKind.CHECKLIST: Label("Checklist", icon="clipboard-list"),
        DocumentKind.SLIP: Label("Slip", icon="receipt"),
        DocumentKind.CASE_FILE: Label("Case file", icon="archive"),
        DocumentKind.STAFF_PAGE: Label("Page for the staff meeting", icon="users"),
        DocumentKind.POLICY: Label("Recovery policy", icon="scale"),
        DocumentKind.INTAKE_CARD: Label("Intake cards", icon="clipboard-list"),
        DocumentKind.COMMENT_CARD: Label("Comment card", icon="message-square"),
        DocumentKind.POSTER: Label("Poster", icon="megaphone"),
        DocumentKind.ENVELOPE: Label("Envelope", icon="mail"),
        DocumentKind.LABELS: Label("Address labels", icon="tag"),
        DocumentKind.MONTH_PAGE: Label("The month on a page", icon="calendar"),
        DocumentKind.EMAIL: Label("E-mail draft", icon="mail"),
    },
    DocumentStatus: {
        DocumentStatus.DRAFT: Label("Draft", icon="pencil"),
        DocumentStatus.PREPARED: Label("Ready to print", icon="circle-dot"),
        DocumentStatus.PRINTED: Label("Printed", icon="printer"),
        DocumentStatus.SENT: Label("Sent", icon="send", tone="accent"),
        DocumentStatus.HANDED_OVER: Label("Handed over", icon="circle-check", tone="accent"),
        DocumentStatus.VOID: Label("Void", icon="ban"),
    },
    DueTone: {
        DueTone.LATE: Label("Late", icon="circle-alert", tone="danger"),
        DueTone.NOW: Label("Today", icon="hourglass", tone="warn"),
        DueTone.PLAIN: Label("Next 7 days", icon="calendar"),
    },
    PromiseState: {
        PromiseState.OPEN: Label("Promised", icon="hourglass"),
        PromiseState.KEPT: Label("Kept", tone="accent", icon="check"),
        PromiseState.KEPT_LATE: Label("Kept late", tone="warn", icon="check"),
        PromiseState.BROKEN: Label("Broken", tone="danger", icon="circle-alert"),
        PromiseState.WITHDRAWN: Label("Taken back", icon="x"),
    },
    FollowUpKind: {
        FollowUpKind.PLAN_STEP: Label("Plan step", icon="list-checks"),
        FollowUpKind.REMINDER: Label("Reminder", icon="bell"),
        FollowUpKind.CHECK: Label("Does the fix hold?", icon="wrench"),
        FollowUpKind.CLOSING: Label("Close the case", icon="archive"),
        FollowUpKind.PROMISE: Label("Promise", icon="hand-heart"),
        FollowUpKind.RESCUE: Label("Runs out soon", icon="alarm-clock", tone="warn"),
        FollowUpKind.GIFT: Label("Thank-you gift", icon="gift"),
        FollowUpKind.TOUCH: Label("Stay in touch", icon="message-circle"),
        FollowUpKind.APPROVAL: Label("Your word is asked for", icon="key-round", tone="warn"),
        FollowUpKind.EXPECTED: Label("Expected in the shop", icon="store"),
        FollowUpKind.AFTER_VISIT: Label("After their visit", icon="phone"),
        FollowUpKind.CAME_BACK: Label("It came back", icon="rotate-ccw", tone="danger"),
        FollowUpKind.NEWS: Label("Tell them what changed", icon="megaphone"),
        FollowUpKind.THANKS: Label("Thank them for their idea", icon="lightbulb"),
        FollowUpKind.FORGET: Label("Keep or forget?", icon="shield"),
    },
    FollowUpStatus: {
        FollowUpStatus.PLANNED: Label("To do", icon="circle"),
        FollowUpStatus.DONE: Label("Done", icon="circle-check", tone="accent"),
        FollowUpStatus.NO_ANSWER: Label("No answer", icon="phone-off", tone="warn"),
        FollowUpStatus.SKIPPED: Label("Left out", icon="skip-forward"),
    },
    Act: {
        Act.CALL: Label("Call", icon="phone"),
        Act.WRITE: Label("Write", icon="mail"),
        Act.TALK: Label("Talk", icon="message-circle"),
        Act.GIVE: Label("Give", icon="gift"),
        Act.GREET: Label("Be there", icon="store"),
        Act.FIX: Label("Fix", icon="wrench"),
        Act.DECIDE: Label("Decide", icon="scale"),
    },
    Anchor: {
        Anchor.OPENED: Label("after it was logged"),
        Anchor.FIRST_CONTACT: Label("after you first spoke"),
        Anchor.AGREED: Label("after you agreed"),
        Anchor.HANDED_OVER: Label("after it was put right"),
        Anchor.RESOLVED: Label("after it was resolved"),
        Anchor.NEXT_VISIT: Label("at their next visit"),
        Anchor.CORRECTION_DONE: Label("after the fix was done"),
        Anchor.FIXED: Label("on a day you choose"),
        Anchor.STEP_DONE: Label("after another step"),
    },
    Who: {
        Who.ANYBODY: Label("whoever leads the case", icon="user"),
        Who.OWNER: Label("the owner", icon="crown"),
        Who.STAFF: Label("staff", icon="users"),
    },
    Unit: {
        Unit.OPEN_HOURS: Label("opening hours"),
        Unit.OPEN_DAYS: Label("opening days"),
        Unit.DAYS: Label("days"),
        Unit.WEEKS: Label("weeks"),
        Unit.MONTHS: Label("months"),
    },
    CorrectionKind: {
        CorrectionKind.CONTAINMENT: Label("Stop it for now", "So that nobody else meets it today"),
        CorrectionKind.CORRECTIVE: Label("Mend the cause", "So that it doesn't come back"),
        CorrectionKind.PREVENTIVE: Label("Prevent it", "So that it can't happen at all"),
    },
    CorrectionStatus: {
        CorrectionStatus.IDEA: Label("Idea", icon="lightbulb"),
        CorrectionStatus.PLANNED: Label("Planned", icon="calendar"),
        CorrectionStatus.IN_PROGRESS: Label("In hand", icon="circle-dot", tone="warn"),
        CorrectionStatus.DONE_WATCHING: Label("Done, watching", icon="eye"),
        CorrectionStatus.HOLDS: Label("Holds", icon="circle-check", tone="accent"),
        CorrectionStatus.CAME_BACK: Label("Came back", icon="rotate-ccw", tone="danger"),
        CorrectionStatus.DROPPED: Label("Dropped", icon="x"),
    },
    Lever: {
        Lever.RULE: Label("A rule"),
        Lever.TOOL: Label("A tool"),
        Lever.SUPPLIER: Label("A supplier"),
        Lever.TRAINING: Label("Training"),
        Lever.LAYOUT: Label("The layout"),
        Lever.STAFFING: Label("Staffing"),
        Lever.INFORMATION: Label("Information"),
    },
    IdeaSource: {
        IdeaSource.CUSTOMER: Label("A customer's idea", icon="user"),
        IdeaSource.STAFF: Label("An idea from the shop", icon="users"),
    },
    IdeaStatus: {
        IdeaStatus.OPEN: Label("To decide", icon="circle"),
        IdeaStatus.ADOPTED: Label("Taken up", icon="lightbulb", tone="accent"),
        IdeaStatus.DECLINED: Label("Not taken up", icon="x"),
    },
    RemedyKind: {
        RemedyKind.APOLOGY_ONLY: Label(
            "Apology only", "Sometimes it is all they want", "hand-heart"
        ),
        RemedyKind.REFUND: Label("Refund", "Their money back", "banknote"),
        RemedyKind.DISCOUNT: Label("Discount", "Less to pay", "badge-percent"),
        RemedyKind.REPLACEMENT: Label("Replacement", "A new one", "package"),
        RemedyKind.REPAIR: Label("Repair", "Made to work again", "wrench"),
        RemedyKind.FREE_PRODUCT: Label("Free product", "Something on the house", "shopping-bag"),
        RemedyKind.FREE_SHIPPING: Label("Free delivery", "Brought at no cost", "truck"),
        RemedyKind.VOUCHER: Label("Gift card", "With a code to redeem", "gift"),
        RemedyKind.MEMBERSHIP: Label("Membership", "A year of being special", "crown"),
        RemedyKind.WAIVED_FEE: Label("Waived fee", "A charge taken off", "receipt"),
        RemedyKind.SPECIAL_PRICE: Label("Special price", "A price of their own", "tag"),
        RemedyKind.GIFT: Label("Gift", "Something they like", "gift"),
        RemedyKind.OTHER: Label("Something else", "Whatever makes it right", "sparkles"),
    },
    RemedyStatus: {
        RemedyStatus.PROPOSED: Label("Not decided yet", icon="circle"),
        RemedyStatus.AGREED: Label("Agreed", icon="handshake"),
        RemedyStatus.ISSUED: Label("Issued, not used", icon="circle"),
        RemedyStatus.HANDED_OVER: Label("Handed over", icon="circle-check", tone="accent"),
        RemedyStatus.USED: Label("Used", icon="circle-check", tone="accent"),
        RemedyStatus.PART_USED: Label("Part used", icon="circle-dot", tone="warn"),
        RemedyStatus.LAPSED: Label("Ran out", icon="alarm-clock", tone="danger"),
        RemedyStatus.VOID: Label("Void", icon="ban"),
    },
    VoucherKind: {
        VoucherKind.GOODWILL_CERTIFICATE: Label("Gift certificate", icon="gift"),
        VoucherKind.GIFT_CARD: Label("Gift card", icon="gift"),
        VoucherKind.COUPON: Label("Coupon", icon="badge-percent"),
        VoucherKind.STORE_CREDIT: Label("Store credit", icon="coins"),
    },
    Question: {
        Question.FAIR: Label("Was it fair?", "What they got for it", "scale"),
        Question.EASY: Label("Was it easy and quick?", "From the first word on", "clock"),
        Question.TREATED: Label("Were they treated well?", "Heard, and taken seriously", "heart"),
    },
    GoodWay: {
        GoodWay.KEPT_PROMISE: Label("A promise kept", "On the day, as we said", "check"),
        GoodWay.TOLD_WHAT_CHANGED: Label("Told what changed", "So it can't happen again", "wrench"),
        GoodWay.GOOD_VISIT: Label("A good visit", "All was well this time", "smile"),
        GoodWay.GREETED: Label("Greeted in person", "By whoever is in charge", "hand-heart"),
        GoodWay.RANG_AFTER: Label("Rung after the visit", "To ask how it was", "phone"),
        GoodWay.ASKED_FOR_MORE: Label("Asked what could be better", "And listened", "ear"),
        GoodWay.INVITED: Label("Invited to take part", "A panel, a survey", "megaphone"),
        GoodWay.MADE_VALUED: Label(
            "Made to feel valued", "A membership, their name known", "crown"
        ),
        GoodWay.WAIVED: Label("A charge waived", "Without being asked", "receipt"),
        GoodWay.BETTER_PRICE: Label("A price of their own", "For a time", "tag"),
        GoodWay.THANKED: Label("Thanked with a gift", "Something they like", "gift"),
        GoodWay.STAYED_IN_TOUCH: Label(
            "Stayed in touch", "A word without a reason", "message-circle"
        ),
    },
    EntryKind: {
        EntryKind.ISSUE: Label("Issued", icon="gift"),
        EntryKind.REDEEM: Label("Redeemed", icon="check", tone="accent"),
        EntryKind.REFUND: Label("Put back", icon="rotate-ccw"),
        EntryKind.EXTEND: Label("Extended", icon="calendar"),
        EntryKind.VOID: Label("Made void", icon="ban"),
        EntryKind.EXPIRE: Label("Ran out", icon="alarm-clock", tone="danger"),
        EntryKind.REPLACE: Label("Moved to a new code", icon="refresh-cw"),
    },
    VoucherStatus: {
        VoucherStatus.ACTIVE: Label("Not used", icon="circle"),
        VoucherStatus.PART_USED: Label("Part used", icon="circle-dot", tone="warn"),
        VoucherStatus.USED_UP: Label("Used up", icon="circle-check", tone="accent"),
        VoucherStatus.EXPIRED: Label("Ran out", icon="alarm-clock", tone="danger"),
        VoucherStatus.VOID: Label("Void", icon="ban"),
        VoucherStatus.REPLACED: Label("Replaced", icon="repeat"),
    },
}
"""By enum first: members of different enums may be equal strings."""


def tr(text: str) -> str:
    """Return a text in the owner's language; English where there is no translation."""
    return QCoreApplication.translate(_CONTEXT, text)


def counted(count: int, one: str, many: str) -> str:
    """Return "1 case" or "12 cases".

    Args:
        count: how many.
        one: the words for exactly one, with `{n}` for the number.
        many: the words for any other number.
    """
    return tr(one if count == 1 else many).replace("{n}", str(count))


def filled(text: str, **values: str) -> str:
    """Return a translated text with `{name}` places filled in, each exactly once.

    What people typed is only ever put in here, never read as a pattern.
    """
    pieces = tr(text).split("{")
    done = [pieces[0]]
    for piece in pieces[1:]:
        name, brace, rest = piece.partition("}")
        done.append(values[name] + rest if brace and name in values else "{" + piece)
    return "".join(done)


def label(value: StrEnum) -> Label:
    """Return how a stored value reads, in the owner's language.

    Raises:
        KeyError: the enum has no words here; a test goes through every one.
    """
    found = _LABELS[type(value)][value]
    return Label(tr(found.text), tr(found.hint) if found.hint else "", found.icon, found.tone)


def labels(values: Iterable[StrEnum]) -> list[tuple[StrEnum, Label]]:
    """Return values with how they read, in the order given: for menus and cards."""
    return [(value, label(value)) for value in values]
