"""Papers as files on the disk."""

from recoverydesk.services import papers


def test_a_file_name_that_is_taken_gets_a_number(tmp_path):
    assert papers.free_path(tmp_path, "a.b.pdf") == tmp_path / "a.b.pdf"
    (tmp_path / "a.b.pdf").write_bytes(b"1")
    (tmp_path / "a.b 2.pdf").write_bytes(b"2")
    assert papers.free_path(tmp_path, "a.b.pdf") == tmp_path / "a.b 3.pdf"
