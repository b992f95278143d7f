"""The full text follows every row, and nothing typed has a meaning of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverydesk.storage import search
from recoverydesk.storage import tables as t
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.search import Source
from recoverydesk.topics import Topic
from tests.storage.filling import AT, add_customer, fill


@pytest.fixture
def filled(desk):
    fill(desk)
    return desk


def all_of(desk, source, typed, **more):
    with desk.reading():
        return search.all_of(source, typed, **more)


def reword(desk, words):
    with desk.changing(Topic.CASES, "Reword"):
        t.Case.update(words=words).execute()


def test_every_source_is_found_by_the_beginning_of_its_words(filled):
    assert all_of(filled, Source.CASE, "was col") == [1]
    assert all_of(filled, Source.NEGOTIATION, "new") == [1]
    assert all_of(filled, Source.ATTACHMENT, "soup") == [1]
    assert all_of(filled, Source.NAME, "ada") == [1]
    assert all_of(filled, Source.CONTACT, "was") == []


def test_what_is_changed_is_found_by_its_new_words_alone(filled):
    reword(filled, "The plate was cracked")
    assert all_of(filled, Source.CASE, "cracked") == [1]
    assert all_of(filled, Source.CASE, "cold") == []
    filled.undo()
    assert all_of(filled, Source.CASE, "cracked") == []
    assert all_of(filled, Source.CASE, "cold") == [1]


def test_what_is_taken_away_is_found_no_more(filled):
    with filled.changing(Topic.CASES, "Take it away"):
        t.Attachment.delete().execute()
    assert all_of(filled, Source.ATTACHMENT, "soup") == []
    filled.undo()
    assert all_of(filled, Source.ATTACHMENT, "soup") == [1]


def test_accents_and_capitals_make_no_difference(filled):
    reword(filled, "Der Kaffee war eisgekühlt, ÉCŒURANT")
    assert all_of(filled, Source.CASE, "EISGEKUHLT") == [1]
    assert all_of(filled, Source.CASE, "éisgekühlt") == [1]


def test_the_newest_come_first(desk):
    for name in ("Ada Obi", "Ada Ray", "Ada Lee"):
        add_customer(desk, name=name)
    assert all_of(desk, Source.NAME, "ada") == [3, 2, 1]
    assert all_of(desk, Source.NAME, "ada", most=2) == [3, 2]


def test_any_word_will_do_for_what_is_alike(filled):
    with filled.reading():
        assert search.any_of(Source.CASE, ["warm", "cold"]) == [1]
        assert search.any_of(Source.CASE, []) == []


@pytest.mark.parametrize("typed", ["chandleier", "chandelie", "chandeliier", "chandalier"])
def test_one_slip_of_the_finger_is_mended(filled, typed):
    reword(filled, "The chandelier fell")
    with filled.reading():
        assert search.mended(f"the {typed}x"[:-1]) in {"the chandelier", ""}
        wanted = "" if search.all_of(Source.CASE, typed) else "chandelier"
        assert search.mended(typed) == wanted


def test_nothing_is_mended_where_nothing_is_near(filled):
    with filled.reading():
        assert search.mended("zzzzzzz") == ""
        assert search.mended("abc") == ""
        assert search.mended("cold") == ""
        assert search.mended("") == ""


@pytest.mark.parametrize(
    "typed",
    ['"', "*", "NEAR(", "NOT", "a:b", "cold AND", "OR", "^cold", "-cold", "(", "cold*", "{x}", "+",
     "words : cold", "\0", "NEAR(cold soup, 3)", "' OR 1=1 --", "\ud83d\ude00"],
)  # fmt: skip
def test_no_sign_of_a_query_means_anything(filled, typed):
    assert all_of(filled, Source.CASE, typed) in ([], [1])
    with filled.reading():
        search.mended(typed)


def test_the_words_of_a_query_language_are_words(filled):
    reword(filled, "It was not near, or and so")
    assert all_of(filled, Source.CASE, "NOT NEAR OR") == [1]


@given(typed=st.text(max_size=40))
def test_whatever_is_typed_is_answered(shared_desk, typed):
    with shared_desk.reading():
        for source in Source:
            search.all_of(source, typed, most=5)
        search.any_of(Source.CASE, typed.split())
        search.mended(typed)


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("desk") / "shop.desk", clock=lambda: AT)
    fill(desk)
    yield desk
    desk.close()


def test_an_index_of_another_release_is_built_anew_from_all_rows(filled):
    with filled.reading():
        t.database.execute_sql('DROP TRIGGER "search_case_update"')
        t.database.execute_sql("UPDATE recovery_case SET words = 'It was lost on the way'")
    filled.close()
    again = Desk(filled.path)
    assert all_of(again, Source.CASE, "lost") == [1]
    assert all_of(again, Source.CASE, "cold") == []
    with again.reading():
        assert search.is_sound(again._db)
        assert set(search.names(again._db)) > {search.INDEX, search.VOCABULARY}
    again.close()


def test_a_damaged_index_is_noticed(filled):
    with filled.reading():
        t.database.execute_sql(f'DELETE FROM "{search.INDEX}_data" WHERE id > 10')
        assert not search.is_sound(filled._db)


def test_an_index_that_is_right_is_left_alone(filled):
    with filled.reading():
        before = t.database.execute_sql("PRAGMA schema_version").fetchone()
    filled.close()
    again = Desk(filled.path)
    with again.reading():
        assert t.database.execute_sql("PRAGMA schema_version").fetchone() == before
    again.close()
