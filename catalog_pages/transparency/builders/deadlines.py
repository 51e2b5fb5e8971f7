"""What figures say of deadlines: those of the one round of the province, or of several rounds side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cms.catalogs.models import CatalogRound
from cms.catalogs.rounds import CurrentRounds
from cms.core.dates import format_date_vi
from cms.organisations.enums import Block

# As words within a sentence.
BLOCKS: dict[str, str] = {
    Block.GOVERNMENT: "chính quyền", Block.PARTY: "Đảng", Block.FRONT: "Mặt trận Tổ quốc",
    Block.MASS: "các tổ chức chính trị - xã hội",
}  # fmt: skip


@dataclass(frozen=True)
class Deadlines:
    """The rounds in which the counted agencies are; ``left_out``: others of them are in none."""

    rounds: tuple[CatalogRound, ...]
    left_out: bool

    @classmethod
    def of(cls, current: CurrentRounds, found: Iterable[CatalogRound | None]) -> Deadlines:
        """Return what to say where the counted agencies are in these rounds; without agencies, of the common one."""
        agencies_in = set(found) or {current.of("")}
        rounds = tuple(round_ for round_ in current.by_block.values() if round_ in agencies_in)
        return cls(rounds, bool(rounds) and None in agencies_in)

    @property
    def differ(self) -> bool:
        """Return whether the agencies do not all have the same deadlines."""
        return len(self.rounds) > 1 or self.left_out

    def block_of(self, round_: CatalogRound | None) -> str:
        """Return the block whose agencies are counted apart from others, since the round is theirs alone."""
        return round_.block if self.differ and round_ else ""

    @property
    def years(self) -> str:
        """Return the end of a title."""
        years = " và ".join(str(year) for year in sorted({round_.year for round_ in self.rounds}))
        return f", đợt {years}" if years else ""

    @property
    def all_days(self) -> str:
        """Return a sentence with the days of each round."""
        return "".join(self._days(round_) for round_ in self.rounds) + self._rest

    def _days(self, round_: CatalogRound) -> str:
        submit, appraise, approve = map(format_date_vi, (round_.submit_by, round_.appraise_by, round_.approve_by))
        beginning = f" {_sentence(_whose(round_))}: hạn" if self.differ else " Hạn"
        return f"{beginning} trình là ngày {submit}, hạn thẩm định {appraise}, hạn phê duyệt {approve}."

    @property
    def _rest(self) -> str:
        return " Các khối còn lại không có đợt đang thực hiện." if self.left_out else ""

    @property
    def days_of_submission(self) -> str:
        """Return a sentence with the days by which lists are submitted."""
        if not self.rounds:
            return ""
        days = [
            f"của {_whose(round_)} là ngày {format_date_vi(round_.submit_by)}" if self.differ
            else f"là ngày {format_date_vi(round_.submit_by)}"
            for round_ in self.rounds
        ]  # fmt: skip
        return f" Hạn trình {', '.join(days)}."

    @property
    def which(self) -> str:
        """Return what a note adds where deadlines differ."""
        if not self.differ:
            return ""
        apart = " Cơ quan thuộc khối không có đợt đang thực hiện không tính ở đây." if self.left_out else ""
        return f" Mỗi cơ quan được so với hạn trình của khối mình.{apart}"

    @property
    def what_a_round_is(self) -> str:
        """Return what the word stands for."""
        whose = "một khối, hoặc của các khối không có đợt riêng" if self.differ else "cả tỉnh"
        return f"Lần xây dựng danh mục của {whose}, có hạn trình, hạn thẩm định và hạn phê duyệt chung."


def _whose(round_: CatalogRound) -> str:
    return f"khối {BLOCKS[round_.block]}" if round_.block else "các khối còn lại"


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
