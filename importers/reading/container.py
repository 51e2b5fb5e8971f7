"""The zip that a workbook is: looked at before any of its parts is believed. Source: "Reading files safely".

``zipfile`` reads the directory only. Parts are unpacked here, so that what is counted and checked (size, checksum, the
part's own header) is what the bytes are and not what the directory says they are.
"""

from __future__ import annotations

import pathlib
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from importers.problems import FileRefused, error

MAX_PARTS = 2_000
# A million formatted rows without data take about 200 MB, a sheet of 50,000 full rows about 60 MB.
MAX_UNPACKED = 768 * 1024 * 1024
CHUNK = 1 << 18
MIB = 1024 * 1024

_LOCAL_HEADER = struct.Struct("<4sHHHHHLLLHH")
_ENCRYPTED = 0x1

_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "/macrosheets/", "/dialogsheets/")
_OBJECT_PARTS = ("/embeddings/", "/activex/", "oleobject", "attachedtoolbars")


class Container:
    """The parts of a zip by name. ``stream`` unpacks one, ``unread`` names those that nobody asked for."""

    def __init__(self, path: pathlib.Path) -> None:
        self._file: BinaryIO = path.open("rb")
        self._size = path.stat().st_size
        self._parts: dict[str, zipfile.ZipInfo] = {}
        self._checked: set[str] = set()
        self._unpacked = 0
        self._load()

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._parts

    def unread(self) -> list[str]:
        """The names of the parts that nobody asked for yet."""
        return [info.filename for key, info in self._parts.items() if key not in self._checked]

    def read(self, part: str) -> bytes:
        """Unpack a part that is known to be small."""
        return b"".join(self.stream(part))

    def stream(self, part: str) -> Iterator[bytes]:
        """Unpack a part piece by piece. Raises FileRefused if it is missing, damaged or too large."""
        info = self._parts.get(part.lower())
        if info is None:
            raise FileRefused(error("missing_part", part=part))
        try:
            yield from self._unpack(info)
        except (zlib.error, struct.error, EOFError, OSError) as failure:
            raise FileRefused(error("broken_zip")) from failure
        self._checked.add(part.lower())

    def _load(self) -> None:
        try:
            infos = zipfile.ZipFile(self._file).infolist()
        except Exception as failure:  # zipfile lets struct, unicode, overflow and its own errors through
            raise FileRefused(error("broken_zip")) from failure
        if len(infos) > MAX_PARTS:
            raise FileRefused(error("zip_too_many_parts", limit=MAX_PARTS))
        for info in infos:
            self._admit(info)
        if sum(info.compress_size for info in infos) > self._size:
            raise FileRefused(error("broken_zip"))
        if sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise FileRefused(error("zip_too_large", limit=MAX_UNPACKED // MIB))

    def _admit(self, info: zipfile.ZipInfo) -> None:
        info.filename = info.filename.replace("\\", "/")
        key = info.filename.lower()
        if info.flag_bits & _ENCRYPTED:
            raise FileRefused(error("encrypted"))
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileRefused(error("broken_zip"))
        if key.startswith("/") or ":" in key or ".." in key.split("/"):
            raise FileRefused(error("zip_unsafe_path", part=info.filename))
        if stat.S_ISLNK(info.external_attr >> 16):
            raise FileRefused(error("zip_link", part=info.filename))
        if key in self._parts:
            raise FileRefused(error("zip_duplicate_part", part=info.filename))
        _refuse_active(f"/{key}")
        self._parts[key] = info

    def _unpack(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        left, crc, size = self._seek_data(info), 0, 0
        inflate = zlib.decompressobj(-15) if info.compress_type == zipfile.ZIP_DEFLATED else None
        while left or (inflate and inflate.unconsumed_tail):
            packed = inflate.unconsumed_tail if inflate else b""
            if not packed:
                packed = self._file.read(min(CHUNK, left))
                left -= len(packed)
            if not packed:
                raise EOFError
            data = inflate.decompress(packed, CHUNK) if inflate else packed
            place = self._file.tell()
            crc, size = zlib.crc32(data, crc), size + len(data)
            if size > info.file_size:
                raise FileRefused(error("broken_zip"))
            self._count(len(data))
            yield data
            # Another part may have been read meanwhile.
            self._file.seek(place)
        ended = inflate is None or (inflate.eof and not inflate.unused_data)
        if not ended or crc != info.CRC or size != info.file_size:
            raise FileRefused(error("broken_zip"))

    def _seek_data(self, info: zipfile.ZipInfo) -> int:
        """Go to the packed bytes of a part; return how many there are."""
        self._file.seek(info.header_offset)
        header = _LOCAL_HEADER.unpack(self._file.read(_LOCAL_HEADER.size))
        name = self._file.read(header[9])
        same = name == info.orig_filename.encode("utf-8" if header[2] & 0x800 else "cp437", "replace")
        if header[0] != b"PK\x03\x04" or not same or header[3] != info.compress_type:
            raise FileRefused(error("broken_zip"))
        self._file.seek(header[10], 1)
        return info.compress_size

    def _count(self, size: int) -> None:
        self._unpacked += size
        if self._unpacked > 2 * MAX_UNPACKED:
            raise FileRefused(error("zip_too_large", limit=MAX_UNPACKED // MIB))


def _refuse_active(key: str) -> None:
    if any(mark in key for mark in _MACRO_PARTS):
        raise FileRefused(error("macros"))
    if any(mark in key for mark in _OBJECT_PARTS):
        raise FileRefused(error("embedded_objects", part=key[1:]))
