"""The owner's desk: one file, and the only two ways into it."""

import hashlib
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import peewee as pw

from recoverydesk.errors import DeskDamagedError, DeskFileError, NotFoundError
from recoverydesk.storage import current, journal, new_desk, upgrade
from recoverydesk.storage.connection import (
    DeskDatabase,
    damaged,
    given_up,
    look_at,
    look_for_remains,
    opened_for_reading,
    place_explained,
    tighten,
    trouble_explained,
    unsure,
)
from recoverydesk.storage.copies import Counts, copy_desk, counts_of
from recoverydesk.storage.journal import Change
from recoverydesk.storage.swap import finish as finish_swap
from recoverydesk.storage.tables import STAMP_FORMAT, Blob
from recoverydesk.topics import Topic

Listener = Callable[[Topic], None]
_Trace = tuple[object, ...]

# Files this process has open, by real path: looking into one of them would drop its locks.
_open_files: Counter[str] = Counter()
_open_files_lock = threading.Lock()


class _OpenChange:
    """The change that a thread is in the middle of."""

    def __init__(self, change: Change, topics: Topic, *, undoable: bool) -> None:
        self.change = change
        self.topics = topics
        self.undoable = undoable
        self.failed: BaseException | None = None
        self.words = ""


class OpenChange:
    """A change while it is being made: it can still be given better words.

    Attributes:
        id: its number in the journal.
    """

    def __init__(self, opened: _OpenChange, *, outermost: bool) -> None:
        self.id = opened.change.id
        self.change = opened.change
        self._opened = opened
        self._outermost = outermost

    def say(self, words: str) -> None:
        """Name the change, once it is known what it is about; inside another, its name stays."""
        if self._outermost:
            self._opened.words = words


class _Here(threading.local):
    """What one thread is doing with one desk."""

    depth = 0
    staying = 0
    seen_version: int | None = None
    open_change: _OpenChange | None = None
    saving: _Trace | None = None


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Desk:
    """An open desk. Any thread may use it; changes are saved whole or not at all.

    Attributes:
        path: where the desk lies.
        clock: tells when a change is made; aware datetimes.
        person_id: who is at the desk, for the audit trail.
        read_only: whether every change is refused.
    """

    def __init__(
        self,
        path: Path,
        *,
        create: bool = True,
        clock: Callable[[], datetime] = _utc_now,
        read_only: bool = False,
    ) -> None:
        """Open the desk at `path`, creating or upgrading it where needed.

        Args:
            path: where the desk lies.
            create: whether to make a new desk where there is no file.
            clock: tells when a change is made; must give aware datetimes.
            read_only: whether every change is to be refused. For a copy: opening one brings it up
                to this release.

        Raises:
            NotFoundError: there is no file, and `create` is False.
            DeskFileError: the file can't be used, or is too new.
        """
        self.path = path
        self.clock = clock
        self.person_id: int | None = None
        self.read_only = read_only
        self._listeners: list[Listener] = []
        self._here = _Here()
        self._home = threading.get_ident()
        self._real_path = os.path.realpath(path)
        self._own_changes: set[int] = set()
        self._db = DeskDatabase(path)
        with trouble_explained(), place_explained():
            self._find(create=create)
            tighten(path)
            self._connect()
            try:
                upgrade.upgrade(self._db, path)
                self._found = self._looked = self._newest_change()
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Close this thread's connection. The desk opens it again when next used."""
        if not self._db.is_closed():
            with trouble_explained():
                self._db.close()
            with _open_files_lock:
                _open_files[self._real_path] -= 1

    def changed_elsewhere(self) -> bool:
        """Say whether another program has changed the desk since this was last asked.

        Whatever was saved through this desk doesn't count, whichever thread saved it.
        """
        here = self._here
        with self.reading():
            version = self._db.pragma("data_version")
            if version == here.seen_version:
                return False
            here.seen_version = version
            newer = self._db.execute_sql(
                'SELECT "id" FROM "change" WHERE "id" > ?', (self._looked,)
            )
            ids = [row[0] for row in newer]
        self._looked = max(ids, default=self._looked)
        return any(self.is_foreign(change_id) for change_id in ids)

    def is_foreign(self, change_id: int) -> bool:
        """Say whether another program has made a change since this desk was opened."""
        return change_id > self._found and change_id not in self._own_changes

    @contextmanager
    def on_this_thread(self) -> Iterator[None]:
        """Keep a worker's connection open between uses, and close it at the end."""
        self._here.staying += 1
        try:
            yield
        finally:
            self._here.staying -= 1
            self._close_if_away()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after each saved change, on the thread that made it.

        Returns:
            A function that ends the subscription.
        """
        self._listeners.append(listener)

        def unsubscribe() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return unsubscribe

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let the enclosed code query the tables. Cheap, and may be nested.

        Raises:
            DeskFileError: the file can't be read.
        """
        here = self._here
        with trouble_explained():
            if self._db.is_closed():
                self._connect()
            current.enter(self._db)
            here.depth += 1
            try:
                yield
            finally:
                here.depth -= 1
                current.leave()
                self._close_if_away()

    @contextmanager
    def changing(
        self,
        topics: Topic,
        words: str,
        *,
        undoable: bool = True,
        recorded: bool = True,
        undoes_id: int | None = None,
    ) -> Iterator[OpenChange]:
        """Save everything the enclosed code changes, or nothing if it raises.

        A change inside a change joins it: the outer words stay, the topics add up, and if
        it fails the whole fails. Listeners hear the topics once all is on disk. A change
        that touched no row leaves no heading behind.

        Args:
            topics: what is touched.
            words: what the owner does, for the audit trail and Undo.
            undoable: False where taking it back would be untrue, as with a printed letter.
            recorded: False for thousands of rows at once: the heading only, and no Undo.
            undoes_id: the change that this one takes back; for the journal alone.

        Yields:
            The open change; its `id` names it in the journal, and `say` gives it better words.

        Raises:
            DeskFileError: nothing was saved, for a reason that lies with disk or file.
            NotAllowedError: the desk's own rules refused it.
        """
        if self.read_only:
            raise opened_for_reading()
        outer = self._here.open_change
        if outer is not None:
            outer.topics |= topics
            outer.undoable &= undoable
            try:
                yield OpenChange(outer, outermost=False)
            except BaseException as error:
                outer.failed = error
                raise
            return
        with self.reading(), self._own() as own, self._transaction():
            change = self._head(topics, words, undoable and recorded, recorded, undoes_id)
            mine = self._here.open_change = _OpenChange(change, topics, undoable=change.undoable)
            try:
                yield OpenChange(mine, outermost=True)
                if mine.failed is not None:
                    raise RuntimeError("a change inside this one failed") from mine.failed
                if self._finish(mine):
                    own(change.id)
                self._here.saving = self._trace(change.id)
            finally:
                self._here.open_change = None
        self._tell(mine.topics)

    def keep_blob(self, content: bytes, media_type: str) -> str:
        """Keep bytes in the desk, once however often they come, as part of the open change.

        Returns:
            Their name: the SHA-256 of `content`, in hexadecimal.
        """
        name = hashlib.sha256(content).hexdigest()
        with self.changing(Topic.NOTHING, "Keep a file"):
            Blob.insert(
                hash=name, media_type=media_type, content=content
            ).on_conflict_ignore().execute()
        return name

    def read_blob(self, name: str) -> bytes:
        """Return the bytes kept under `name`.

        Raises:
            NotFoundError: there are none.
            DeskDamagedError: they are not what was kept.
        """
        with self.reading():
            row = Blob.get_or_none(Blob.hash == name)
        if row is None:
            raise NotFoundError("That paper or picture is not in the desk.")
        content = bytes(row.content)
        if hashlib.sha256(content).hexdigest() != name:
            raise DeskDamagedError(
                "A paper or picture kept in the desk is damaged.",
                advice="The rest is not affected by this. Open your newest backup to get it back.",
            )
        return content

    def last_undoable(self) -> Change | None:
        """Return the newest change that Undo would take back, if there is one.

        What another program has changed since this desk was opened is not ours to take back.
        """
        return journal.last_undoable(self)

    def last_redoable(self) -> Change | None:
        """Return the newest Undo, if nothing was changed since; undoing it is Redo."""
        return journal.last_redoable(self)

    def undo(self, change_id: int | None = None) -> Change:
        """Take a change back, the newest that can be if none is named; see `journal.undo`."""
        return journal.undo(self, change_id)

    def check(self) -> list[str]:
        """Read the whole file and return what is wrong with it; empty if it is sound."""
        with self.reading():
            found = [row[0] for row in self._db.execute_sql("PRAGMA integrity_check(20)")]
            lost = self._db.execute_sql("PRAGMA foreign_key_check").fetchall()
        wrong = [words for words in found if words != "ok"]
        return wrong + [f"{row[0]} {row[1]} points at a {row[2]} that is gone" for row in lost]

    def quick_check(self) -> None:
        """Read the whole file without comparing the indexes: a tenth of a second for most shops.

        Raises:
            DeskDamagedError: something in it can't be read.
        """
        with self.reading():
            # Each value was held against the tables' rules when it was saved.
            self._db.pragma("ignore_check_constraints", 1)
            try:
                found = self._db.execute_sql("PRAGMA quick_check(1)").fetchone()[0]
            finally:
                self._db.pragma("ignore_check_constraints", 0)
        if found != "ok":
            raise damaged()

    def copy_to(self, target: Path) -> Counts:
        """Copy the desk to `target`, proved, while it is in use; see `copies.copy_desk`."""
        with self.reading():
            return copy_desk(self._db, target)

    def counts(self) -> Counts:
        """Return how many rows each table has."""
        with self.reading():
            return counts_of(self._db.connection())

    def newest_change(self) -> int:
        """Return the number of the newest saved change; 0 where there is none."""
        with self.reading():
            return self._newest_change()

    def mark_of(self, change_id: int) -> str:
        """Return what tells a saved change from every other; empty where there is none.

        Its number alone doesn't: after going back to a backup, numbers are given anew.
        """
        with self.reading():
            found = self._db.execute_sql(
                'SELECT "id", "at", "words", (SELECT count(*) FROM "changed_row"'
                ' WHERE "change_id" = "change"."id") FROM "change" WHERE "id" = ?',
                (change_id,),
            ).fetchone()
        return "" if found is None else hashlib.sha256(repr(found).encode()).hexdigest()

    def _find(self, *, create: bool) -> None:
        path = self.path
        with _open_files_lock:
            if not _open_files[self._real_path]:
                finish_swap(path)
                if path.exists():
                    look_at(path, newest=len(upgrade.steps()))
        if path.exists():
            return
        look_for_remains(path)
        if not create:
            raise NotFoundError(
                f"There is no desk at {path}.", advice="Open RecoveryDesk once to set one up."
            )
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new_desk.make(path)

    def _connect(self) -> None:
        # Counted first: whoever looks in between must already know.
        with _open_files_lock:
            _open_files[self._real_path] += 1
        try:
            self._db.connect()
        except BaseException:
            with _open_files_lock:
                _open_files[self._real_path] -= 1
            raise

    def _close_if_away(self) -> None:
        """Close a worker's connection when it is done; the thread may be gone next moment."""
        here = self._here
        if not here.depth and not here.staying and threading.get_ident() != self._home:
            self.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        db = self._db
        try:
            db.begin()
            # So that Peewee's own atomic() inside becomes a savepoint.
            db.push_transaction(db.transaction())
            try:
                yield
                if not db.connection().in_transaction:
                    raise given_up()
            finally:
                db.pop_transaction()
            self._commit()
        except BaseException as error:
            self._roll_back(afresh=isinstance(error, (pw.DatabaseError, DeskFileError)))
            raise

    def _commit(self) -> None:
        """Bring the open change to the disk, and find out how it ended if that fails.

        A disk can report an error when all has been written but for the last assurance. SQLite then
        takes the change back, and finds it again when it next opens the file: whoever was told "not
        saved" would enter it twice.

        Raises:
            DeskFileError: nobody can say whether the change will last.
        """
        try:
            self._db.commit()
        except pw.DatabaseError:
            self._roll_back(afresh=True)
            if self._db.is_closed():  # and can't be opened either
                raise unsure() from None
            if not self._is_there(self._here.saving):
                raise
            blocked = True
            with suppress(pw.DatabaseError):
                blocked = self._db.execute_sql("PRAGMA wal_checkpoint(FULL)").fetchone()[0]
            if blocked:
                raise unsure() from None

    def _trace(self, change_id: int) -> _Trace:
        """What tells a change in the journal from any other."""
        found = self._db.execute_sql(
            'SELECT c.*, (SELECT count(*) FROM "changed_row" AS r WHERE r."change_id" = c."id")'
            ' FROM "change" AS c WHERE c."id" = ?',
            (change_id,),
        ).fetchone()
        return (change_id, *(found or ()))

    def _is_there(self, trace: _Trace | None) -> bool:
        """Say whether a change that failed to be saved is on the desk nevertheless."""
        if trace is None or len(trace) == 1:
            return False
        with suppress(pw.DatabaseError):
            return self._trace(int(str(trace[0]))) == trace
        return False

    def _roll_back(self, *, afresh: bool) -> None:
        db = self._db
        if db.is_closed():
            return
        # The first error is the one to tell, whatever goes wrong now.
        with suppress(Exception):
            if db.connection().in_transaction:
                db.rollback()
        if afresh:
            # After a failed write, SQLite's memory of the full-text tables can't be trusted.
            with suppress(Exception):
                self.close()
                self._connect()

    def _head(
        self,
        topics: Topic,
        words: str,
        undoable: bool,  # noqa: FBT001 - private, and called once
        recorded: bool,  # noqa: FBT001
        undoes_id: int | None,
    ) -> Change:
        now = self.clock().astimezone(UTC).replace(microsecond=0)
        cursor = self._db.execute_sql(
            'INSERT INTO "change" ("at", "words", "topics", "person_id", "undoes_id",'
            ' "undoable", "recorded") VALUES (?, ?, ?, ?, ?, ?, ?)',
            (
                now.strftime(STAMP_FORMAT),
                words,
                topics.value,
                self.person_id,
                undoes_id,
                undoable,
                recorded,
            ),
        )
        return Change(
            cursor.lastrowid, now, words, topics, self.person_id, undoes_id, undoable, recorded
        )

    @contextmanager
    def _own(self) -> Iterator[Callable[[int], None]]:
        """Yield what marks a change as ours, before anybody can see it; unless it is not saved."""
        marked: list[int] = []

        def mark(change_id: int) -> None:
            marked.append(change_id)
            self._own_changes.add(change_id)

        try:
            yield mark
        except BaseException:
            # Its number goes to whoever saves next.
            self._own_changes.difference_update(marked)
            raise

    def _newest_change(self) -> int:
        newest = self._db.execute_sql('SELECT coalesce(max("id"), 0) FROM "change"').fetchone()
        return int(newest[0])

    def _finish(self, mine: _OpenChange) -> bool:
        """Bring the heading up to date; return False where nothing was changed after all."""
        change = mine.change
        if (
            change.recorded
            and not self._db.execute_sql(
                'SELECT 1 FROM "changed_row" WHERE "change_id" = ? LIMIT 1', (change.id,)
            ).fetchone()
        ):
            self._db.execute_sql('DELETE FROM "change" WHERE "id" = ?', (change.id,))
            return False
        words = mine.words or change.words
        if change != replace(change, words=words, topics=mine.topics, undoable=mine.undoable):
            self._db.execute_sql(
                'UPDATE "change" SET "words" = ?, "topics" = ?, "undoable" = ? WHERE "id" = ?',
                (words, mine.topics.value, mine.undoable, change.id),
            )
        return True

    def _tell(self, topics: Topic) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(topics)
            except Exception as error:  # noqa: BLE001 - a bug in showing must not hide the save
                sys.excepthook(type(error), error, error.__traceback__)
