"""What backups cost: made and proved, restored, and the look at the start."""

import pytest

from recoverydesk.services import backups
from tests.benchmarks.clock import NOW

large = pytest.mark.parametrize("ground", [20_000], indirect=True)


@large
def test_a_backup_is_made_and_proved(ground, measure):
    made = measure(
        "make a backup and prove it",
        2_000,
        lambda: backups.make(ground.desk, now=NOW),
        slow=True,
    )

    assert made.proved


@large
def test_a_backup_is_restored(ground, measure):
    made = backups.make(ground.desk, now=NOW)
    path = ground.desk.path
    ground.desk.close()

    def go_back():
        return backups.take_place(path, backups.prepare(path, made.path), now=NOW)

    assert measure("restore a backup", 5_000, go_back, slow=True).is_dir()


@large
def test_the_desk_is_read_through_at_the_start(ground, measure):
    measure("read the desk through", 1_000, ground.desk.quick_check, slow=True)

    assert ground.desk.check() == []


@large
def test_the_state_of_the_backups_is_read(ground, measure):
    for _ in range(8):
        backups.make(ground.desk, now=NOW)

    state = measure(
        "read how the backups are", 50, lambda: backups.state(ground.desk, now=NOW), slow=True
    )

    assert state.last_good_at == NOW
