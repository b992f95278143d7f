import io
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from recoverydesk import __version__
from recoverydesk.domain.voucher import new_code
from recoverydesk.places import DESK_ENV
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Voucher
from recoverydesk.topics import Topic
from tests.conftest import NOW
from tests.reading import codes_in, text_of
from ui import cli
from ui.commands import desks

SECRET = "123.45"
"""What a remedy costs the shop: nowhere on a customer's paper."""


class Shell:
    """The command line on one desk, the way a script uses it."""

    def __init__(self, path, capsys, monkeypatch):
        self.path, self.capsys, self.monkeypatch = path, capsys, monkeypatch
        self.now = NOW

    def run(self, *words, desk=None, stdin=None):
        """Return exit code, stdout and stderr."""
        if stdin is not None:
            self.monkeypatch.setattr(sys, "stdin", stdin)
        self.capsys.readouterr()
        code = cli.main(["--desk", str(desk or self.path), *map(str, words)], now=self.now)
        out, err = self.capsys.readouterr()
        return code, out, err

    def __call__(self, *words, **options):
        """Run what has to succeed; return what it says."""
        code, out, err = self.run(*words, **options)
        assert (code, err) == (0, "")
        return out.rstrip("\n")

    def json(self, *words, **options):
        code, out, err = self.run(*words, "--json", **options)
        assert (code, err) == (0, "")
        assert out.count("\n") == 1
        return json.loads(out)

    def refused(self, *words, **options):
        """Run what has to fail; return the one sentence that says why."""
        code, out, err = self.run(*words, **options)
        assert (code, out) == (1, "")
        assert err.endswith("\n")
        assert err.count("\n") == 1
        assert "Traceback" not in err
        return err.rstrip("\n")


@pytest.fixture
def shell(tmp_path, capsys, monkeypatch):
    return Shell(tmp_path / "cli.desk", capsys, monkeypatch)


@pytest.fixture
def corner(shell):
    """A shop set up by command."""
    shell("init", "--shop", "Corner Shop", "--locale", "en_GB", "--owner", "Mia Ray",
          "--time-zone", "Europe/London", "--address", "1 High St\\nBath")  # fmt: skip
    return shell


def log(shell, name="Ada Obi", what="The kettle leaks.", *more):
    return shell("log", "--customer", name, "--what", what, *more)


def test_from_nothing_to_a_redeemed_gift_card(shell, tmp_path):
    letter, card, sheet = (tmp_path / name for name in ("l.pdf", "c.pdf", "s.pdf"))
    assert shell("init", "--shop", "Corner Shop", "--owner", "Mia Ray", "--time-zone",
                 "Europe/London").startswith("Corner Shop is ready")  # fmt: skip
    number = log(shell, "Ada Obi", "It leaks!!", "--phone", "07700 900123", "--asked", "A new one",
                 "--worth", "250", "--severity", "upset")  # fmt: skip
    assert number == "R-2026-0001"
    assert "Next: Fix it" not in shell("contact", number, "--words", "Rang", "--mood", "angry")
    shell("restate", number, "The kettle leaked twice.", "--agreed", "--our-part", "Not checked.")
    shell("offer", number, "--words", "A repair", "--kind", "repair", "--value", "10")
    shell("agree", number, "--kind", "voucher", "--words", "A £25 gift card")
    given = shell("give", number, "--kind", "gift_card", "--value", "25", "--cost", SECRET)
    code, worth = given.split("  ")
    assert worth == "£25.00"
    shell("letter", number, "--out", letter)
    shell("certificate", code, "--out", card)
    shell("checklist", "--days", "14", "--out", sheet)
    assert "£10.00 off. £15.00 left" in shell("redeem", code, "--amount", "10.00")
    assert "£15.00 left, part_used" in shell("voucher", code)
    assert "£15.00 left" in shell("due", "ada")
    assert "£15.00 off. £0.00 left" in shell("redeem", code)
    assert "used up" in shell.refused("redeem", code)
    shell("resolve", number)
    shell(
        "close",
        number,
        "--skip-why",
        "settled",
        "--outcome",
        "won_back",
        "--evidence",
        "owners_word",
    )
    assert "won_back" not in shell("today")
    assert shell("today") == "Nothing is waiting."

    printed = text_of(letter)
    for words in ("Ada Obi", "The kettle leaked twice.", "A £25 gift card", code):
        assert words in printed
    for paper in (letter, card, sheet):
        assert SECRET not in text_of(paper)
    assert "It leaks!!" not in printed


def test_the_barcode_on_the_certificate_is_the_code(corner, tmp_path):
    number = log(corner)
    code = corner("give", number, "--kind", "gift_card", "--value", "25").split("  ")[0]
    corner("certificate", code, "--out", tmp_path / "card.pdf")

    assert set(codes_in(tmp_path / "card.pdf")) == {code.replace("-", "")}


def test_every_answer_is_one_json_value_with_money_in_pennies(shell, tmp_path):
    made = shell.json("init", "--shop", "Corner Shop", "--time-zone", "Europe/London")
    assert made == {"desk": str(shell.path), "shop": "Corner Shop"}
    logged = shell.json("log", "--customer", "王小明", "--what", "It leaks.")
    number = logged["number"]
    assert (logged["customer"], logged["first_contact_due_at"]) == (
        "王小明",
        "2026-03-02T14:00:00Z",
    )
    assert shell.json("contact", number)["stage"] == "listen"
    assert shell.json("restate", number, "It leaked.", "--agreed")["agreed"]
    assert shell.json("offer", number, "--words", "This")["status"] == "open"
    agreed = shell.json("agree", number, "--words", "This", "--value", "5", "--by", "2026-03-06")
    assert agreed["remedies"] == [1]
    assert shell.json("give", number, "--kind", "gift", "--value", "3") == {
        "remedy": 2,
        "code": None,
    }
    card = shell.json("give", number, "--kind", "gift_card", "--value", "25.00",
                      "--expires", "2026-12-31", "--recipient", "Bo Li")  # fmt: skip
    assert (card["initial_cents"], card["valid_to"], card["recipient"]) == (
        2500,
        "2026-12-31",
        "Bo Li",
    )
    for command in (
        ("letter", number), ("certificate", card["code"]), ("checklist",), ("staff-page",),
        ("month-page",), ("month-page", "--month", "2026-01"),
    ):  # fmt: skip
        wrote = shell.json(*command, "--out", tmp_path / "x.pdf")
        assert (wrote["file"], wrote["pages"]) == (str(tmp_path / "x.pdf"), wrote["pages"])
    assert shell.json("redeem", card["code"], "--amount", "1")["left_cents"] == 2400
    assert shell.json("voucher", card["code"])["balance_cents"] == 2400
    assert shell.json("due", "王")["vouchers"][0]["balance_cents"] == 2400
    case = shell.json("case", number)
    assert (case["remedies"][0]["value_cents"], case["time_to_first_contact"]) == (500, 0)
    assert [row["number"] for row in shell.json("cases")] == [number]
    assert [hit["kind"] for hit in shell.json("find", "王小明")] == ["customer", "case"]
    assert set(shell.json("today")) == {"late", "today", "ahead"}
    assert shell.json("check") == {"desk": str(shell.path), "sound": True}
    assert shell.json("resolve", number)["status"] == "resolved"
    closed = shell.json(
        "close", number, "--skip-why", "settled", "--outcome", "kept", "--evidence", "their_word"
    )
    assert (closed["outcome"], closed["next_due_at"]) == ("kept", None)


def test_a_case_shows_where_it_stands(corner):
    number = log(corner, "Ada Obi", "The kettle leaks.", "--asked", "A new one")
    corner("give", number, "--kind", "gift", "--value", "3", "--words", "A tea")

    shown = corner("case", number)

    assert "R-2026-0001  Ada Obi  (open, listen)" in shown
    assert "Next: First call: what went wrong?, by 2026-03-02 14:00" in shown
    assert "  asked: A new one" in shown
    assert "  A tea: £3.00, agreed" in shown
    corner("close", "1", "--skip-why", "settled", "--outcome", "lost", "--lost-reason", "price")
    assert "No next step." in corner("case", "1")


def test_cases_are_listed_by_where_they_stand(corner):
    log(corner)
    resolved, lost = log(corner, "Bo Li"), log(corner, "Cy Fox")
    code, _, err = corner.run("resolve", resolved)
    assert (code, bool(err)) == (1, True)
    corner("resolve", resolved, "--not-agreed-why", "in a hurry")
    corner("close", lost, "--skip-why", "settled", "--outcome", "lost", "--lost-reason", "price")

    def numbers(*status):
        return [row["number"][-1] for row in corner.json("cases", *status)]

    assert numbers() == ["1", "2", "3"]
    assert numbers("--status", "open") == ["1"]
    assert numbers("--status", "resolved") == ["2"]
    assert numbers("--status", "closed") == ["3"]
    assert numbers("--status", "waiting_customer") == []
    assert corner("cases", "--status", "merged") == "No cases."
    assert "Ada Obi" in corner("cases")


def test_today_groups_what_is_due(corner):
    log(corner, "Ada Obi", "It leaks.", "--phone", "07700 900123")
    assert "Today (1)" in corner("today")
    corner.now += timedelta(days=1)

    shown = corner("today")

    assert shown.startswith("Late (1)")
    assert "First call: what went wrong?: Ada Obi, 07700 900123, 2026-03-02" in shown
    log(corner, "Bo Li")
    assert "no phone" in corner("today", "--days", "99999999999")


def test_what_somebody_is_due_leaves_out_what_has_run_out(corner):
    number = log(corner)
    good = corner.json("give", number, "--kind", "gift_card", "--value", "25")["shown_code"]
    corner("give", number, "--kind", "coupon", "--value", "7", "--expires", "2026-03-02")
    forever = corner.json("give", number, "--kind", "gift_card", "--value", "4")["shown_code"]
    corner.now += timedelta(days=1)
    desk = Desk(corner.path)
    with desk.changing(Topic.VOUCHERS, "For ever"):
        Voucher.update(valid_to=None).where(Voucher.code == forever.replace("-", "")).execute()
    desk.close()

    shown = corner("due", "obi")

    assert shown.splitlines() == [
        "Ada Obi: in recovery, greet in person",
        f"  {good}: £25.00 left",  # what runs out first comes first
        f"  {forever}: £4.00 left",
    ]
    corner("close", number, "--skip-why", "settled", "--outcome", "unreachable")
    assert corner("due", "obi").splitlines()[0] == "Ada Obi: in recovery, greet in person"
    corner.now += timedelta(days=91)  # past the time in which a purchase counts as coming back
    assert corner("due", "obi").splitlines()[0] == "Ada Obi"


def test_an_agreed_voucher_is_given_once(corner):
    number = log(corner)
    corner("agree", number, "--kind", "voucher", "--words", "A card", "--value", "25")

    corner("give", number, "--kind", "gift_card", "--value", "25")

    assert len(corner.json("case", number)["remedies"]) == 1
    corner("give", number, "--kind", "gift_card", "--value", "5")
    assert len(corner.json("case", number)["remedies"]) == 2


def test_a_remedy_without_words_is_called_by_its_kind(corner):
    number = log(corner)

    assert corner("give", number, "--kind", "free_product") == "Given: Free product"


def test_a_story_can_be_piped_in(corner):
    corner("log", "--customer", "Ada Obi", "--what", "-", stdin=io.StringIO("It leaks.\nAgain."))

    assert corner.json("case", "1")["words"] == "It leaks.\nAgain."
    broken = io.TextIOWrapper(io.BytesIO(b"caf\xe9"), encoding="utf-8")
    assert "UTF-8" in corner.refused("restate", "1", "-", stdin=broken)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["log", "--customer", " ", "--what", "It leaks."], "Who is it?"),
        (["log", "--customer", "Ada", "--what", " "], "Write down what happened"),
        (["log", "--customer", "Ada", "--what", "x" * 10_001], "1 character too long"),
        (["log", "--customer", "Ada", "--what", "x", "--worth", "-5"], "less than nothing"),
        (["log", "--customer", "Ada", "--what", "x", "--worth", "1e9"], "more than one way"),
        (["case", "99"], "There is no case 99"),
        (["contact", "99"], "There is no case 99"),
        (["give", "1", "--kind", "gift_card"], "worth something"),
        (["give", "1", "--kind", "gift_card", "--value", "20", "--expires", "31.12."], "is no day"),
        (["give", "1", "--kind", "gift_card", "--value", "20", "--expires", "2020-01-01"], "over"),
        (["give", "1", "--kind", "gift_card", "--value", "20", "--expires", "2099-01-01"], "ten"),
        (["agree", "1", "--words", "This", "--by", "2020-01-01"], "day is over"),
        (["agree", "1", "--words", " "], "what was said"),
        (["close", "1", "--outcome", "won_back"], "isn't resolved yet"),
        (["close", "1", "--outcome", "lost"], "why they were lost"),
        (["redeem", "AAAA-AAAA-AAAB"], "isn't quite right"),
        (["redeem", new_code()], "No voucher has the code"),
        (["voucher", "?"], "Type the code"),
        (["due", "nobody"], "Nobody called"),
        (["letter", "1", "--template", "none", "--out", "x.pdf"], "no such letter"),
        (["month-page", "--month", "13/26", "--out", "x.pdf"], "Write it like 2026-11."),
        (["month-page", "--month", "2199-01", "--out", "x.pdf"], "has not begun"),
        (["sample", "--customers", "5"], "never mixed"),
        (["init", "--shop", "Another"], "nothing was changed"),
    ],
)
def test_what_the_owner_can_mend_is_one_sentence_and_exit_one(corner, words, sentence):
    log(corner)

    assert sentence in corner.refused(*words)


@pytest.mark.parametrize(
    "words",
    [
        ["--time-zone", "Mars"],
        ["--locale", "xx_XX_yy"],
        ["--currency", "XQZ"],
    ],
)
def test_a_shop_that_cannot_be_set_up_says_why(shell, words):
    assert "known" in shell.refused("init", "--shop", "Corner", *words)


@pytest.mark.parametrize(
    ("typed", "pennies"), [("1,234.50", 123_450), ("1.234,50", 123_450), ("20 £", 2000)]
)
def test_money_is_read_as_people_type_it(corner, typed, pennies):
    number = log(corner)

    card = corner.json("give", number, "--kind", "gift_card", "--value", typed)

    assert card["initial_cents"] == pennies


def test_a_backup_is_made_checked_and_restored(corner, tmp_path):
    log(corner)
    made = corner.json("backup")
    assert (made["number"], made["cases"], made["customers"]) == (1, 1, 1)
    log(corner, "Kim Lee")
    out = tmp_path / "elsewhere.desk"
    assert str(out) in corner("backup", "--out", out)

    restored = corner.json("restore", made["backup"])
    assert Path(restored["kept"]).is_dir()
    assert len(corner.json("cases")) == 1
    corner("restore", out)
    assert len(corner.json("cases")) == 2
    assert corner("check") == "The desk is sound."


def test_what_is_no_backup_is_refused(corner, tmp_path):
    assert "no backup at" in corner.refused("restore", tmp_path / "none.desk")
    text = tmp_path / "letter.txt"
    text.write_text("Dear desk")
    assert "not a RecoveryDesk desk" in corner.refused("restore", text)
    assert "That is a folder" in corner.refused("backup", "--out", tmp_path)
    assert "not there any more" in corner.refused("backup", "--out", tmp_path / "a" / "b.desk")
    assert corner("check") == "The desk is sound."


@pytest.mark.parametrize("name", sorted(desks.NOT_YET))
def test_what_comes_later_says_so_and_exits_with_two(shell, name):
    code, out, err = shell.run(name, "whatever", "--follows")

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "later release" in err
    assert not shell.path.exists()


@pytest.mark.parametrize(
    "words",
    [
        ["sing"],
        ["log", "--customer", "Ada"],
        ["log", "--customer", "Ada", "--what", "x", "--severity", "cross"],
        ["close", "1"],
        ["today", "--days", "many"],
        ["letter", "1"],
    ],
)
def test_wrong_usage_exits_with_two(shell, words):
    with pytest.raises(SystemExit) as left:
        shell.run(*words)

    assert left.value.code == 2


def test_the_version_can_be_asked_for(capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["--version"])

    assert left.value.code == 0
    assert capsys.readouterr().out.strip() == __version__


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"hello, not a desk", "not a RecoveryDesk desk"), (b"", "empty")],
)
def test_a_file_that_is_no_desk_is_refused_and_left_alone(shell, content, sentence):
    shell.path.write_bytes(content)

    for words in (["today"], ["init", "--shop", "Corner"], ["check"]):
        assert sentence in shell.refused(*words)
    assert shell.path.read_bytes() == content


def test_a_desk_that_is_missing_or_newer_is_one_sentence(corner, tmp_path):
    missing = tmp_path / "missing.desk"
    assert "init --shop" in corner.refused("today", desk=missing)
    assert not missing.exists()
    assert "folder" in corner.refused("today", desk=tmp_path)

    header = bytearray(corner.path.read_bytes())
    header[60:64] = (999).to_bytes(4, "big")
    corner.path.write_bytes(header)

    assert "newer RecoveryDesk" in corner.refused("today")


def test_a_desk_without_a_shop_says_to_set_it_up(shell):
    Desk(shell.path).close()

    for words in (["today"], ["log", "--customer", "A", "--what", "x"], ["due", "a"]):
        shell.refused(*words)
    assert "init" in shell.refused("today")


def test_a_damaged_desk_is_told_by_check(corner, monkeypatch):
    monkeypatch.setattr(Desk, "check", lambda _desk: ["row 3 is missing from an index"])

    assert "damaged: row 3" in corner.refused("check")


def test_the_desk_may_be_named_before_or_after_the_command_or_by_the_environment(
    corner, capsys, monkeypatch
):
    log(corner)
    for words in (
        ["--desk", str(corner.path), "cases"],
        ["cases", "--desk", str(corner.path)],
        ["cases", f"--desk={corner.path}"],
    ):
        capsys.readouterr()
        assert cli.main(words, now=NOW) == 0
        assert "Ada Obi" in capsys.readouterr().out
    assert cli.main(["cases"], now=NOW) == 1
    monkeypatch.setenv(DESK_ENV, str(corner.path))
    capsys.readouterr()
    assert cli.main(["--json", "cases"], now=NOW) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1


def test_a_letter_that_cannot_be_written_changes_nothing_else(corner, tmp_path):
    number = log(corner)

    refusal = corner.refused("letter", number, "--out", tmp_path)

    assert "could not be written" in refusal
    assert corner.json("case", number)["papers"] == []


def test_a_sample_desk_fills_and_still_takes_a_case(shell):
    made = shell.json("sample", "--customers", "5", "--cases", "9", "--seed", "3")
    assert (made["customers"], made["cases"]) == (5, 9)
    assert "5 customers and 2 cases" in shell("sample", "--customers", "5", "--cases", "2")

    assert log(shell) == "R-2026-0001"
    assert shell("check") == "The desk is sound."
    assert "at least one customer" in shell.refused("sample", "--customers", "0")


def test_names_a_console_cannot_show_do_not_stop_a_command(corner, monkeypatch):
    log(corner, "王小明")
    answers = []
    for words in (["cases"], ["cases", "--json"]):
        console = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", console)
            assert cli.main(["--desk", str(corner.path), *words], now=NOW) == 0
        answers.append(console.buffer.getvalue().decode("cp1252"))

    assert "???" in answers[0]
    assert json.loads(answers[1])[0]["customer"] == "王小明"


def test_a_reader_who_has_seen_enough_ends_the_command_quietly(corner):
    log(corner)
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run(
        [sys.executable, "-m", "recoverydesk", "--desk", corner.path, "cases"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    os.close(writing)

    assert (done.returncode, done.stderr) == (0, b"")


def test_incidents_merging_and_reopening_from_the_command_line(shell):
    shell("init", "--shop", "The Kettle")
    made = shell.json(
        "incident", "The freezer failed", "--what", "It thawed.", "--customer", "Ada Obi",
        "--customer", "Ben Ray",
    )  # fmt: skip
    assert len(made["cases"]) == 2
    assert shell.json("incidents")[0]["customers"] == 2
    number = made["cases"][0]["number"]
    again = shell.json("log", "--customer", "Ada Obi", "--what", "The lid, too.")
    assert again["alarm"].startswith("A second failure")
    shell.json("merge", number, again["number"])
    assert shell.json("case", again["number"])["number"] == number
    shell.json("resolve", number, "--not-agreed-why", "by post")
    assert shell.json("reopen", number, "--failed", "It thawed again.")["status"] == "open"
    assert "didn't hold" in shell.json("case", number)["alarm"]
    shell.json("resolve", number, "--not-agreed-why", "by post")
    assert shell.json("reopen", number)["status"] == "open"


def test_what_is_due_is_written_as_a_calendar_file(shell, tmp_path):
    shell("init", "--shop", "The Kettle")
    shell("log", "--customer", "Ada Obi", "--what", "It leaks.")
    assert shell.json("calendar", "--out", tmp_path / "due.ics") == {
        "file": str(tmp_path / "due.ics")
    }
    assert b"Ada Obi" in (tmp_path / "due.ics").read_bytes()


def test_what_else_can_be_done_with_a_voucher(corner):
    corner("log", "--customer", "Ada Obi", "--what", "The kettle leaks.")
    number = corner.json("cases")[0]["number"]
    code = corner.json("give", number, "--kind", "gift_card", "--value", "25")["code"]
    corner("redeem", code, "--amount", "10")
    assert (
        corner.json("put-back", code, "--amount", "4", "--why", "returned")["balance_cents"] == 1900
    )
    assert (
        corner.json("extend", code, "--to", "2035-01-01", "--why", "ill")["valid_to"]
        == "2035-01-01"
    )
    assert "already" in corner.refused("extend", code, "--to", "2034-01-01", "--why", "ill")
    fresh = corner.json("replace", code, "--why", "lost")["code"]
    assert "replaced by" in corner.refused("redeem", code)
    assert corner.json("void", fresh, "--why", "bought back")["status"] == "void"


def test_what_lasts_begins_as_it_is_given(corner):
    corner("log", "--customer", "Ada Obi", "--what", "The kettle leaks.")
    number = corner.json("cases")[0]["number"]
    corner(
        "give", number, "--kind", "free_shipping", "--words", "Free delivery", "--uses", "3",
        "--expires", "2026-12-31",
    )  # fmt: skip
    due = corner.json("due", "obi")
    assert [(one["words"], one["uses"], one["valid_to"]) for one in due["entitlements"]] == [
        ("Free delivery", 3, "2026-12-31")
    ]
    assert "Free delivery: 3 left" in corner("due", "obi")
    assert "Ada Obi was here." in corner("visit", "obi", "--amount", "12.50")


def test_people_are_added_and_a_forgotten_pin_goes_by_its_code(corner):
    names = [one["name"] for one in corner.json("people", "--add", "Kim")]
    assert names[1] == "Kim"
    assert "isn't the code" in corner.refused("people", "--forget-pin", "kim", "--way-back", "ABCD")
    assert "works here" in corner.refused("people", "--forget-pin", "Lou")


def test_the_tills_sales_are_tried_taken_in_and_known_the_second_time(corner, tmp_path):
    corner.json("log", "--customer", "Ada Obi", "--what", "It leaks.", "--phone", "07700 900123")
    path = tmp_path / "till.csv"
    path.write_text("Date;Total;Phone\n2026-01-31;12.50;07700 900123\nx;1;07700 900123\n")

    tried = corner.json("import", path, "--as", "sales", "--dry-run")
    taken = corner.json("import", path, "--as", "sales")
    again = corner.json("import", path, "--as", "sales")

    assert (tried["saved"], tried["new"], tried["new_cents"], tried["unclear"]) == (
        False, 1, 1250, 1,
    )  # fmt: skip
    assert (taken["saved"], taken["new"], taken["visits"]) == (True, 1, 1)
    assert (again["new"], again["already"], again["visits"]) == (0, 1, 0)


def test_importing_tells_a_person_what_came_of_it(corner, tmp_path):
    corner.json("log", "--customer", "Ada Obi", "--what", "It leaks.")
    path = tmp_path / "till.csv"
    path.write_text("Date;Total;Name\n2026-01-31;12.50;Ada Obi\n")

    assert "--names" in corner.run("import", path, "--as", "sales", "--dry-run")[1]
    assert "New sales: 1." in corner.run("import", path, "--as", "sales", "--names")[1]


def test_what_cannot_be_imported_yet_says_so(corner, tmp_path):
    code, _, err = corner.run("import", tmp_path / "x.csv")

    assert (code, "--as sales" in err) == (2, True)
