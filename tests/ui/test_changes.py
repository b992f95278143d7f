import threading

from PySide6.QtCore import QObject, Slot

from recoverydesk.errors import DeskFileError
from recoverydesk.topics import Topic
from ui.changes import Changes


class Ear(QObject):
    """Notes what it hears, and on which thread."""

    def __init__(self):
        super().__init__()
        self.heard = []

    @Slot(object)
    def hear(self, topics):
        self.heard.append((topics, threading.current_thread()))


class Desk:
    """Tells its listeners on whichever thread saves."""

    def __init__(self):
        self.listeners = []

    def subscribe(self, listener):
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    elsewhere = False

    def changed_elsewhere(self):
        return self.elsewhere

    def save(self, topics):
        for listener in self.listeners:
            listener(topics)


def test_a_change_saved_on_another_thread_is_heard_on_the_interfaces(qtbot):
    desk = Desk()
    changes = Changes(desk)
    ear = Ear()
    changes.saved.connect(ear.hear)
    with qtbot.waitSignal(changes.saved):
        worker = threading.Thread(target=desk.save, args=[Topic.CASES | Topic.CONTACTS])
        worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(ear.heard))
    assert ear.heard == [(Topic.CASES | Topic.CONTACTS, threading.main_thread())]


def test_nothing_is_heard_after_stopping():
    desk = Desk()
    changes = Changes(desk)
    changes.stop()
    changes.stop()
    assert desk.listeners == []


def test_what_another_program_saved_is_told_once():
    desk = Desk()
    changes = Changes(desk)
    ear = Ear()
    changes.saved.connect(ear.hear)

    changes.look()
    desk.elsewhere = True
    changes.look()
    desk.elsewhere = False
    changes.look()

    assert [topics for topics, _thread in ear.heard] == [Topic.EVERYTHING]


def test_a_desk_out_of_reach_is_not_looked_into(qtbot):
    desk = Desk()
    changes = Changes(desk)

    def fail():
        raise DeskFileError("The desk can't be read.")

    desk.changed_elsewhere = fail
    with qtbot.assertNotEmitted(changes.saved):
        changes.look()
