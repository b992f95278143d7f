import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverydesk.domain.file_name import MOST_BYTES, RESERVED, safe_name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("2026-03-02 Apology Ada Obi", "2026-03-02 Apology Ada Obi.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ("a\x00b\nc", "a b c.pdf"),
        ("what? <now>: yes|no*", "what now yes no.pdf"),
        ("CON", "_CON.pdf"),
        ("nul.txt", "_nul.txt.pdf"),
        ("com¹", "_com¹.pdf"),
        ("Łukasz Żółć", "Łukasz Żółć.pdf"),
        ("\u202egnp.exe", "gnp.exe.pdf"),
        ("王小明", "王小明.pdf"),
        (" . ", "_.pdf"),
        ("", "_.pdf"),
    ],
)
def test_a_file_name_works_on_every_system(words, name):
    assert safe_name(words) == name


def test_a_long_name_is_cut_between_signs():
    name = safe_name("王" * 300)

    assert name == "王" * (MOST_BYTES // 3) + ".pdf"


@given(st.text(max_size=200))
def test_no_words_make_a_dangerous_name(words):
    name = safe_name(words, "txt")

    assert len(name.encode()) <= MOST_BYTES + 5
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(sign)[0] == "C" for sign in name)
    assert name.partition(".")[0].strip().casefold() not in RESERVED
    assert name.strip(" ") == name
    assert not name.startswith(".")
