"""The rules of the project itself, so that they can't be forgotten."""

import ast
import re
import subprocess
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from recoverydesk import __version__
from ui.main_window import PAGES

ROOT = Path(__file__).resolve().parent.parent

TOP_LEVEL = {
    "recoverydesk", "ui", "resources", "tests", "pyproject.toml", "build.spec", "README.md",
    "CHANGELOG.md", "LICENSE", "requirements.lock", ".ci", ".gitignore",
}  # fmt: skip


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def kept_files():
    """The files git keeps; in a copy without git, all that lie in the folders we know."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.split("\n") if (ROOT / name).is_file()]
    return [
        path
        for name in TOP_LEVEL
        for path in ((ROOT / name).rglob("*") if (ROOT / name).is_dir() else [ROOT / name])
        if path.is_file() and "__pycache__" not in path.parts
    ]


def test_the_top_level_holds_what_it_may_and_nothing_else():
    names = {path.relative_to(ROOT).parts[0] for path in kept_files()}

    assert names <= TOP_LEVEL


@pytest.mark.parametrize("package", ["recoverydesk", "ui"])
def test_every_module_says_what_it_is_for(package):
    silent = [
        str(path.relative_to(ROOT))
        for path in (ROOT / package).rglob("*.py")
        if ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]

    assert silent == []


def test_the_lock_file_names_every_dependency_with_its_hash_and_no_address():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    wanted = project()["dependencies"] + project()["optional-dependencies"]["test"]
    names = {re.split(r"[><=; \[]", one, maxsplit=1)[0].casefold() for one in wanted}
    locked = {name.casefold() for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)}

    assert names - locked == set()
    assert lock.count("==") <= lock.count("--hash=sha256:")
    assert "http" not in lock


def test_the_changelog_tells_of_this_version():
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_frozen_build_is_told_of_what_is_loaded_by_name_or_path():
    spec = (ROOT / "build.spec").read_text(encoding="utf-8")

    assert all(f'"{module}"' in spec for module, _name in PAGES.values())
    assert '"resources"' in spec
    assert "recoverydesk/storage/migrations" in spec


def readme():
    return (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_begins_with_the_main_job_and_the_tests_as_commands():
    main_job, tests, *_more = re.findall(r"^```sh\n(.*?)^```$", readme(), re.MULTILINE | re.DOTALL)

    assert main_job.startswith("python3 -m venv")
    assert "recoverydesk --practice" in main_job
    assert tests.startswith("python3 -m venv")
    assert "-m pytest" in tests
    assert all(command.count("\n") == 1 for command in (main_job, tests))


def test_what_the_readme_names_is_there():
    named = re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.py)`", readme())
    functions = re.findall(r"`(recoverydesk(?:\.[a-z_]+)+)\.([a-z_]+)[`(]", readme())

    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []
    assert functions
    for module, function in functions:
        assert hasattr(import_module(module), function), f"{module}.{function}"


def test_every_picture_of_the_guide_is_there():
    for chapter in [*(ROOT / "resources" / "help").glob("*.md"), ROOT / "README.md"]:
        for name in re.findall(r"\]\(([^)]*\.png)\)", chapter.read_text(encoding="utf-8")):
            assert (chapter.parent / name).is_file(), f"{chapter.name}: {name}"


def test_every_chapter_of_the_guide_is_there_and_opens():
    from ui.dialogs.guide import CHAPTERS, FOLDER  # noqa: PLC0415 - Qt, for this test alone

    for key, _words in CHAPTERS:
        assert (FOLDER / f"{key}.md").read_text(encoding="utf-8").startswith("# ")


def test_nothing_kept_names_a_registry_or_a_machine():
    banned = re.compile(r"pypi\.org|registry\.npmjs|files\.pythonhosted|/work/main|/opt/dev")
    found = [
        str(path.relative_to(ROOT))
        for path in kept_files()
        if path.suffix in {".py", ".md", ".toml", ".lock", ".spec", ""}
        and path != Path(__file__).resolve()
        and banned.search(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert found == []
