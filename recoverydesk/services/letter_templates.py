"""The letters to choose from: those that ship, and the owner's own."""

from datetime import datetime
from itertools import count

from recoverydesk.domain.merge_fields import LONGEST_LETTER, unknown_in
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services.plans import utc
from recoverydesk.services.presets import LetterPreset, letter_presets
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Document, LetterDraft, LetterTemplate
from recoverydesk.topics import Topic

TONES = ("warm", "formal", "brief", "careful")
"""Careful: concern, and no word that admits liability."""

OWN = "own_"
"""Begins the key of a letter that doesn't ship."""


@record
class TemplateView:
    """A letter that can be chosen."""

    key: str
    name: str
    hint: str
    language: str
    tones: tuple[str, ...]
    changed: bool
    """Whether the owner changed it in one of its tones, or wrote it."""


@record
class TemplateText:
    """A letter's text, in one language and tone."""

    key: str
    language: str
    tone: str
    name: str
    """What the owner picks it by."""
    hint: str
    title: str
    """What its PDF is called, in its own language."""
    body: str
    """Markdown with merge fields."""
    changed: bool
    """Whether the owner wrote it, or changed what shipped."""
    ships: bool
    """Whether there is something to go back to."""


def templates(desk: Desk, *, language: str = "en") -> tuple[TemplateView, ...]:
    """Return the letters there are in a language, the owner's own behind those that ship."""
    found: dict[str, list[TemplateText]] = {}
    for text in texts(desk, language=language):
        found.setdefault(text.key, []).append(text)
    return tuple(
        TemplateView(
            key,
            mine[0].name,
            mine[0].hint,
            language,
            tuple(tone for tone in TONES if tone in {text.tone for text in mine}),
            any(text.changed for text in mine),
        )
        for key, mine in found.items()
    )


def texts(desk: Desk, *, language: str) -> tuple[TemplateText, ...]:
    """Return every letter's text in a language, in the order they are offered."""
    with desk.reading():
        own = {
            (row.key, row.tone): row
            for row in LetterTemplate.select()
            .where(
                LetterTemplate.language == language,
                LetterTemplate.changed_at.is_null(is_null=False),
            )
            .order_by(LetterTemplate.id)
        }
    shipped = [
        _shipped(preset, own.pop((preset.key, preset.tone), None))
        for preset in letter_presets(language)
    ]
    return (*shipped, *(_own(row) for row in own.values()))


def count_own(desk: Desk) -> int:
    """Return how many letters the owner has changed or made, in all languages."""
    with desk.reading():
        own = LetterTemplate.select().where(LetterTemplate.changed_at.is_null(is_null=False))
        return int(own.count())


def _shipped(preset: LetterPreset, row: LetterTemplate | None) -> TemplateText:
    return TemplateText(
        key=preset.key,
        language=preset.language,
        tone=preset.tone,
        name=preset.name,
        hint=preset.hint,
        title=preset.title if row is None else row.title,
        body=preset.body if row is None else row.body,
        changed=row is not None,
        ships=True,
    )


def _own(row: LetterTemplate) -> TemplateText:
    return TemplateText(
        row.key, row.language, row.tone, row.name, row.hint, row.title, row.body,
        changed=True, ships=False,
    )  # fmt: skip


def text(desk: Desk, key: str, *, language: str, tone: str) -> TemplateText:
    """Return a letter's text; where it lacks that tone, its first.

    Raises:
        NotFoundError: there is no such letter in that language.
    """
    mine = [one for one in texts(desk, language=language) if one.key == key]
    if not mine:
        raise NotFoundError(
            "There is no such letter in that language.", advice="Choose another letter or language."
        )
    return next((one for one in mine if one.tone == tone), mine[0])


def save(desk: Desk, changed: TemplateText, *, now: datetime) -> None:
    """Keep the owner's wording of a letter.

    Raises:
        InvalidEntryError: no words, no title, too long, or a place that nothing fills.
    """
    title = tidy_text(
        changed.title, field="title", limit=80, required=True, message="Give the letter a title."
    )
    body = _checked_body(changed.body)
    same = (
        (LetterTemplate.key == changed.key)
        & (LetterTemplate.language == changed.language)
        & (LetterTemplate.tone == changed.tone)
    )
    with desk.changing(Topic.SHOP, f"Change the letter “{changed.name}”"):
        row = LetterTemplate.get_or_none(same) or LetterTemplate(
            key=changed.key, language=changed.language, tone=changed.tone
        )
        row.name, row.hint, row.title, row.body = changed.name, changed.hint, title, body
        row.changed_at = utc(now)
        row.save()


def _checked_body(body: str) -> str:
    body = tidy_text(
        body, field="body", limit=LONGEST_LETTER, required=True, message="The letter is empty."
    )
    unknown = unknown_in(body)
    if unknown:
        raise InvalidEntryError(
            "body",
            f"Nothing fills this place: {', '.join(unknown)}",
            advice="Choose a field from the list, or write plain words there.",
        )
    return body


def _keys_ever_used() -> set[str]:
    """Return the keys that letters, drafts and papers have: a new letter is none of the old."""
    columns = (LetterTemplate.key, LetterDraft.template, Document.template)
    return {values[0] for column in columns for values in column.model.select(column).tuples()}


def copy(
    desk: Desk,
    key: str,
    *,
    language: str,
    tone: str,
    name: str,
    now: datetime,
    title: str | None = None,
    body: str | None = None,
) -> TemplateText:
    """Make a letter of the owner's own from another.

    Args:
        desk: the open desk.
        key: which letter it begins with.
        language: of both.
        tone: of both.
        name: what the owner picks it by.
        now: this moment (UTC).
        title: what its PDF is called; as the other's where left out.
        body: its wording; as the other's where left out.

    Returns:
        The new letter.

    Raises:
        InvalidEntryError: no name, or one that another letter has; a wording that can't be.
        NotFoundError: there is no such letter to copy.
    """
    name = tidy_text(
        name, field="name", limit=40, required=True, message="Give your letter a name."
    )
    with desk.changing(Topic.SHOP, f"Add the letter “{name}”"):
        there = texts(desk, language=language)
        if any(one.name.casefold() == name.casefold() for one in there):
            raise InvalidEntryError("name", "There is a letter with that name already.")
        taken = _keys_ever_used()
        new_key = next(f"{OWN}{nth}" for nth in count(1) if f"{OWN}{nth}" not in taken)
        source = text(desk, key, language=language, tone=tone)
        row = LetterTemplate.create(
            key=new_key, language=language, tone=source.tone, name=name, hint="",
            title=source.title if title is None else title,
            body=source.body if body is None else _checked_body(body), changed_at=utc(now),
        )  # fmt: skip
        return _own(row)


def reset(desk: Desk, key: str, *, language: str, tone: str) -> None:
    """Go back to what shipped; a letter of the owner's own goes away. Undo brings it back.

    Raises:
        NotFoundError: the owner has not written it.
    """
    with desk.changing(Topic.SHOP, "Go back to the letter as it came"):
        row = LetterTemplate.get_or_none(
            (LetterTemplate.key == key)
            & (LetterTemplate.language == language)
            & (LetterTemplate.tone == tone)
            & LetterTemplate.changed_at.is_null(is_null=False)
        )
        if row is None:
            raise NotFoundError("This letter is as it came.")
        row.delete_instance()
