"""Fifteen ways for a desk's file to be broken, and what its owner still has."""

import os
import random
import shutil
import struct
import zipfile
from pathlib import Path

from sqlcipher3 import dbapi2 as driver


def _rewrite(path: Path, change):
    raw = bytearray(path.read_bytes())
    path.write_bytes(change(raw) or raw)


def _header(path, place, number):
    _rewrite(path, lambda raw: struct.pack_into(">I", raw, place, number))


def missing(path):
    path.unlink()


def empty(path):
    path.write_bytes(b"")


def one_byte(path):
    path.write_bytes(b"S")


def half(path):
    _rewrite(path, lambda raw: raw[: len(raw) // 2])


def last_page_gone(path):
    _rewrite(path, lambda raw: raw[:-4096])


def text(path):
    path.write_text("Dear desk,\n" * 500)


def archive(path):
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("shop.desk", b"not here")


def noise(path):
    path.write_bytes(random.Random(3).randbytes(40_000))


def zeros(path):
    _rewrite(path, lambda raw: bytes(len(raw)))


def folder(path):
    path.unlink()
    path.mkdir()


def another_program(path):
    _header(path, 68, 0x12345678)


def newer(path):
    _header(path, 60, 99)


def foreign_journal(path):
    """Another database's write-ahead log lies where the desk's was, and the desk is gone."""
    other = path.with_name("other.db")
    writer = driver.connect(str(other))
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("CREATE TABLE other (words)")
    writer.commit()
    shutil.copy(f"{other}-wal", f"{path}-wal")
    writer.close()
    path.unlink()


def first_page_torn(path):
    _rewrite(path, lambda raw: raw.__setitem__(slice(100, 4096), os.urandom(3996)))


def schema_gone(path):
    def change(raw):
        raw[100:108] = bytes(8)

    _rewrite(path, change)


WAYS = (
    missing,
    empty,
    one_byte,
    half,
    last_page_gone,
    text,
    archive,
    noise,
    zeros,
    folder,
    another_program,
    newer,
    foreign_journal,
    first_page_torn,
    schema_gone,
)
