"""The open data sets and their columns, each defined once. Pure: no Django.

Table schemas, DCAT, headings of files and the page for people are all made of what stands here. Names of columns are
part of the format: one that was published keeps its name and its meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from cms.catalogs.item_fields import FIELDS, ItemField

FieldType = Literal["string", "integer", "number", "boolean", "date", "datetime"]
# Rises when the files of a day that is over come out otherwise, so that whoever keeps them knows why.
FORMAT = 1


@dataclass(frozen=True)
class Bilingual:
    """The same text in Vietnamese and in English."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the text in a language; Vietnamese but for English."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True)
class Field:
    """A column: its name in csv and JSON, what stands in it, and what must hold.

    ``constraints`` are those of Table Schema; ``unit`` is what a number counts.
    """

    name: str
    kind: FieldType
    title: Bilingual
    meaning: Bilingual
    constraints: dict[str, Any] = field(default_factory=dict)
    unit: Bilingual | None = None
    width: int = 14

    @property
    def is_required(self) -> bool:
        """Return whether no cell of the column is empty."""
        return bool(self.constraints.get("required"))


@dataclass(frozen=True)
class Reference:
    """Columns that name a row of another dataset (of the same one where ``dataset`` is empty)."""

    fields: tuple[str, ...]
    dataset: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class Dataset:
    """One table: its name in addresses, the name of its sheet, its columns, and what a row is."""

    code: str
    sheet: str
    title: Bilingual
    meaning: Bilingual
    row: Bilingual
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()

    @property
    def names(self) -> list[str]:
        """Return the names of the columns."""
        return [each.name for each in self.fields]

    def with_fields(self, added: Sequence[Field]) -> Dataset:
        """Return the dataset with more columns behind its own."""
        return Dataset(
            self.code, self.sheet, self.title, self.meaning, self.row, (*self.fields, *added), self.key, self.references
        )


_NEEDED = {"required": True}
_COUNTED = {"required": True, "minimum": 1}
_NOT_NEGATIVE = {"minimum": 0}
_POINTS = Bilingual("điểm", "points")
_CODE = {"required": True, "pattern": "[-a-zA-Z0-9_]+"}
_SHA256 = {"required": True, "pattern": "(sha256:)?[0-9a-f]{64}"}

_AGENCY = Field(
    "agency", "string", Bilingual("Mã cơ quan", "Agency code"),
    Bilingual("Mã của cơ quan trong bảng co-quan.", "Code of the agency in the table co-quan."), _CODE,
)  # fmt: skip
_AGENCY_NAME = Field(
    "agency_name", "string", Bilingual("Tên cơ quan", "Agency name"),
    Bilingual("Tên của cơ quan ở ngày của bảng.", "Name of the agency on the day of the table."), _NEEDED, width=36,
)  # fmt: skip
_VERSION = Field(
    "version", "integer", Bilingual("Số phiên bản", "Version number"),
    Bilingual("Phiên bản danh mục của cơ quan, đếm từ 1.", "Version of the agency's catalog, counted from 1."),
    _COUNTED,
)  # fmt: skip
_IDENTITY = Field(
    "identity", "string", Bilingual("Định danh", "Identity"),
    Bilingual("Giữ nguyên qua các phiên bản, để đối chiếu cùng một mục.",
              "Stays the same through the versions, so that an item can be followed."),
    {"required": True, "pattern": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"}, width=38,
)  # fmt: skip

AGENCIES = Dataset(
    "co-quan", "CoQuan", Bilingual("Cơ quan, đơn vị", "Agencies"),
    Bilingual(
        "Cây cơ quan, đơn vị của tỉnh: mã, tên, loại, khối và cơ quan cấp trên. Không có thông tin cá nhân.",
        "The province's tree of agencies: code, name, kind, block and the agency above. Nothing about persons.",
    ),
    Bilingual("một cơ quan, đơn vị", "one agency"),
    (
        Field("code", "string", Bilingual("Mã cơ quan", "Code"),
              Bilingual("Mã ngắn, không bao giờ thay đổi.", "Short code that never changes."),
              _CODE | {"unique": True}),
        Field("name", "string", Bilingual("Tên cơ quan", "Name"),
              Bilingual("Tên tại thời điểm của dữ liệu.", "Name at the time of the data."), _NEEDED, width=48),
        Field("kind", "string", Bilingual("Loại", "Kind"),
              Bilingual(
                  "province: tỉnh; department: sở, ban, ngành; division: phòng; commune: xã, phường; "
                  "commune_division: phòng của xã.",
                  "province, department, division, commune, or commune_division (a division of a commune).",
              ), {"required": True, "enum": ["province", "department", "division", "commune", "commune_division"]}),
        Field("block", "string", Bilingual("Khối", "Block"),
              Bilingual("government: chính quyền; party: Đảng; front: Mặt trận; mass: các tổ chức chính trị - xã hội.",
                    "government, party, front (Fatherland Front), or mass (mass organisations)."),
              {"required": True, "enum": ["government", "party", "front", "mass"]}),
        Field("parent", "string", Bilingual("Cơ quan cấp trên", "Agency above"),
              Bilingual("Mã của cơ quan cấp trên; trống với tỉnh.",
                        "Code of the agency above; empty for the province.")),
        Field("dissolved_on", "date", Bilingual("Ngày giải thể", "Dissolved on"),
              Bilingual("Ngày giải thể hoặc sáp nhập; trống nếu đang hoạt động.",
                    "Day on which it was dissolved or merged; empty while it exists.")),
    ),
    ("code",), (Reference(("parent",), "", ("code",)),),
)  # fmt: skip

VERSIONS = Dataset(
    "phien-ban", "PhienBan", Bilingual("Các phiên bản danh mục đã công bố", "Published versions of catalogs"),
    Bilingual(
        "Mọi phiên bản danh mục sản phẩm, công việc đã công bố, kèm quyết định phê duyệt và mã băm nội dung.",
        "Every published version of the catalogs of products and works, with its decision and content hash.",
    ),
    Bilingual("một phiên bản đã công bố", "one published version"),
    (
        _AGENCY, _AGENCY_NAME, _VERSION,
        Field("year", "integer", Bilingual("Năm", "Year"), Bilingual("Năm của đợt xây dựng danh mục.",
              "Year of the round in which the catalog was built."), _NEEDED),
        Field("decision_number", "string", Bilingual("Số quyết định", "Decision number"),
              Bilingual("Quyết định của Chủ tịch UBND tỉnh.", "Decision of the province's Chairman."), _NEEDED,
              width=20),
        Field("decision_date", "date", Bilingual("Ngày quyết định", "Decision date"),
              Bilingual("Ngày ký quyết định.", "Day on which it was signed."), _NEEDED),
        Field("effective_from", "date", Bilingual("Hiệu lực từ ngày", "Effective from"),
              Bilingual("Ngày đầu tiên có hiệu lực.", "First day of effect."), _NEEDED),
        Field("effective_to", "date", Bilingual("Hiệu lực đến ngày", "Effective to"),
              Bilingual("Ngày cuối cùng có hiệu lực; trống nếu chưa có phiên bản thay thế đã công bố.",
                    "Last day of effect; empty while no published version has taken its place.")),
        Field("in_force", "boolean", Bilingual("Đang có hiệu lực", "In force"),
              Bilingual("Phiên bản mới nhất đã công bố của cơ quan.", "The agency's version published last."), _NEEDED),
        Field("published_at", "datetime", Bilingual("Công bố lúc", "Published at"),
              Bilingual("Thời điểm công bố (giờ Việt Nam).", "When it was published (Vietnam time)."), _NEEDED,
              width=18),
        Field("items", "integer", Bilingual("Số mục", "Items"),
              Bilingual("Số sản phẩm, công việc trong phiên bản.", "Number of products and works in the version."),
              {"required": True, "minimum": 0}, Bilingual("mục", "items")),
        Field("standard_unit", "string", Bilingual("Sản phẩm/công việc chuẩn", "Standard unit"),
              Bilingual("Sản phẩm, công việc dùng làm thước đo cho các mục khác.",
                    "The product or work by which all others are measured."), _NEEDED, width=32),
        Field("standard_score", "number", Bilingual("Điểm của đơn vị chuẩn", "Score of the standard unit"),
              Bilingual("Điểm quy đổi của sản phẩm, công việc chuẩn.", "Score of the standard unit."),
              {"required": True, "minimum": 0}, _POINTS),
        Field("divisor", "number", Bilingual("Số chia", "Divisor"),
              Bilingual("Điểm quy đổi chia cho số này thành hệ số.", "A score divided by it is the coefficient."),
              {"required": True, "minimum": 0}, _POINTS),
        Field("sha256", "string", Bilingual("Mã băm nội dung", "Content hash"),
              Bilingual("SHA-256 trên toàn bộ các mục khi phê duyệt.", "SHA-256 over all items when it was approved."),
              _SHA256, width=66),
    ),
    ("agency", "version"), (Reference(("agency",), "co-quan", ("code",)),),
)  # fmt: skip


def _text(name: str, vi: str, en: str, meaning: Bilingual, width: int = 36, *, needed: bool = True) -> Field:
    return Field(name, "string", Bilingual(vi, en), meaning, _NEEDED if needed else {}, width=width)


_ITEM_KINDS: dict[str, FieldType] = {"whole": "integer", "group": "integer", "decimal": "number"}
_ITEM_BOUNDS = {"whole": {"minimum": 1}, "group": {"minimum": 1, "maximum": 5}, "decimal": {"minimum": 0}}


def _of_item(one: ItemField) -> Field:
    """Return the column of an item's field; texts that doors ask for are blank in some lists of before."""
    constraints = (_NEEDED if one.always else {}) | _ITEM_BOUNDS.get(one.kind, {})
    return Field(
        one.api_name, _ITEM_KINDS.get(one.kind, "string"), Bilingual(one.title or one.heading, one.english),
        Bilingual(*one.meaning), constraints, Bilingual(*one.counts) if one.counts else None,
        **({"width": one.width} if one.is_text else {}),
    )  # fmt: skip


ITEMS = Dataset(
    "danh-muc", "DanhMuc", Bilingual("Sản phẩm, công việc đang có hiệu lực", "Products and works in force"),
    Bilingual(
        "Mọi mục của phiên bản danh mục mới nhất đã công bố của từng cơ quan, kèm hệ số quy đổi và các cột do tỉnh "
        "bổ sung mà ai cũng được xem.",
        "Every item of each agency's latest published catalog, with its coefficient and the columns that the province "
        "added for everybody to see.",
    ),
    Bilingual("một sản phẩm hoặc công việc", "one product or work"),
    (
        _AGENCY, _AGENCY_NAME, _VERSION, _IDENTITY,
        Field("position", "integer", Bilingual("Thứ tự", "Position"),
              Bilingual("Thứ tự trong danh mục của cơ quan.", "Place in the agency's list."), {"required": True}),
        *map(_of_item, FIELDS),
    ),
    ("agency", "identity"),
    (Reference(("agency",), "co-quan", ("code",)),
     Reference(("agency", "version"), "phien-ban", ("agency", "version"))),
)  # fmt: skip

LINKS = Dataset(
    "lien-ket", "LienKet", Bilingual("Mục nào là mục của Danh mục chung", "Which items are items of the common list"),
    Bilingual(
        "Mục đang có hiệu lực của các cơ quan đã được kết luận là cùng một việc với một mục của Danh mục chung.",
        "Items in force that were judged to be the same work as an item of the province's common list.",
    ),
    Bilingual("một mục có liên kết", "one item that is linked"),
    (
        _AGENCY, _AGENCY_NAME, _VERSION, _IDENTITY,
        _text("code", "Mã sản phẩm/công việc", "Code", Bilingual("Mã trong danh mục của cơ quan.",
              "Code in the agency's catalog."), 20),
        Field("common_identity", "string", Bilingual("Định danh ở Danh mục chung", "Identity in the common list"),
              Bilingual("Định danh của mục trong Danh mục chung, giữ nguyên qua các phiên bản.",
                        "Identity of the item of the common list, the same through the versions."),
              _IDENTITY.constraints, width=38),
        _text("common_code", "Mã Danh mục chung", "Code in the common list", Bilingual(
              "Mã của mục trong Danh mục chung.", "Code of the item of the common list."), 20),
    ),
    ("agency", "identity"),
    (Reference(("agency",), "co-quan", ("code",)),
     Reference(("agency", "identity"), "danh-muc", ("agency", "identity"))),
)  # fmt: skip

CRITERIA = Dataset(
    "tieu-chi", "TieuChi", Bilingual("Khung tiêu chí đang có hiệu lực", "Criteria frameworks in force"),
    Bilingual(
        "Từng tiêu chí, chỉ số của các khung tiêu chí đánh giá đang có hiệu lực, kèm điểm tối đa hoặc trọng số.",
        "Each criterion and indicator of the evaluation frameworks in force, with its greatest points or weight.",
    ),
    Bilingual("một tiêu chí, chỉ số hoặc nhóm", "one criterion, indicator, or group of them"),
    (
        Field("framework", "string", Bilingual("Mã khung", "Framework code"),
              Bilingual("Mã của khung tiêu chí.", "Code of the criteria framework."), _CODE),
        Field("version", "integer", Bilingual("Số phiên bản", "Version number"),
              Bilingual("Phiên bản của khung.", "Version of the framework."), _COUNTED),
        Field("place", "integer", Bilingual("Thứ tự", "Place"),
              Bilingual("Thứ tự trong khung, đếm từ 1.", "Place in the framework, counted from 1."), _COUNTED),
        _text("framework_name", "Tên khung", "Framework name", Bilingual("Tên của khung tiêu chí.",
              "Name of the criteria framework.")),
        Field("subject", "string", Bilingual("Đánh giá", "Judges"),
              Bilingual("officer: cá nhân; organisation: cơ quan, đơn vị.", "officer or organisation."),
              {"required": True, "enum": ["officer", "organisation"]}),
        Field("effective_from", "date", Bilingual("Hiệu lực từ ngày", "Effective from"),
              Bilingual("Ngày đầu tiên có hiệu lực.", "First day of effect."), _NEEDED),
        Field("effective_to", "date", Bilingual("Hiệu lực đến ngày", "Effective to"),
              Bilingual("Ngày cuối cùng có hiệu lực; trống nếu chưa định.",
                        "Last day of effect; empty while it is open.")),
        _text("section", "Mã phần", "Section code", Bilingual("Mã của phần chứa tiêu chí.",
              "Code of the section that holds it."), 16),
        _text("section_title", "Tên phần", "Section title", Bilingual("Tên của phần.", "Title of the section.")),
        _text("code", "Mã tiêu chí", "Code", Bilingual("Mã trong khung.", "Code within the framework."), 12),
        _text("parent", "Thuộc nhóm", "Group", Bilingual("Mã của nhóm chứa tiêu chí; trống ở cấp ngoài cùng.",
              "Code of the group that holds it; empty for the outermost."), 12, needed=False),
        Field("is_group", "boolean", Bilingual("Là nhóm", "Is a group"),
              Bilingual("Có tiêu chí con; điểm là tổng của các tiêu chí con.",
                        "Holds others; its points are their sum."),
              _NEEDED),
        _text("title", "Nội dung", "Title", Bilingual("Nội dung tiêu chí, chỉ số.", "What is judged."), 60),
        Field("points", "number", Bilingual("Điểm tối đa", "Greatest points"),
              Bilingual("Trống với chỉ số không có điểm riêng.", "Empty for indicators without points of their own."),
              _NOT_NEGATIVE, _POINTS),
        Field("weight", "number", Bilingual("Trọng số", "Weight"), Bilingual("Chỉ có với chỉ số.",
              "For indicators alone."),
              _NOT_NEGATIVE),
        _text("roles", "Vai trò", "Roles", Bilingual("Áp dụng cho vai trò nào; trống là mọi vai trò.",
              "For which roles; empty for all."), 24, needed=False),
        _text("guidance", "Hướng dẫn", "Guidance", Bilingual("Cách chấm.", "How to mark."), 40, needed=False),
        _text("citation", "Căn cứ", "Source", Bilingual("Văn bản và vị trí làm căn cứ.",
              "Document and place on which it rests."), 40, needed=False),
    ),
    ("framework", "version", "place"),
)  # fmt: skip

FIGURES = Dataset(
    "so-lieu", "SoLieu", Bilingual("Số liệu công khai", "Public figures"),
    Bilingual(
        "Mọi bảng số liệu của các bản công bố trên trang minh bạch, kèm địa chỉ cố định để tải từng bảng.",
        "Every table of the releases of the transparency page, with the lasting address of its file.",
    ),
    Bilingual("một bảng số liệu của một bản công bố", "one table of one release"),
    (
        Field("release", "integer", Bilingual("Bản công bố số", "Release"),
              Bilingual("Số của bản công bố, đếm từ 1.", "Number of the release, counted from 1."), _COUNTED),
        Field("figure", "string", Bilingual("Mã bảng", "Figure"), Bilingual("Mã của bảng số liệu.",
              "Code of the table."),
              _CODE, width=20),
        Field("published_at", "datetime", Bilingual("Công bố lúc", "Published at"),
              Bilingual("Thời điểm công bố (giờ Việt Nam).", "When it was published (Vietnam time)."), _NEEDED,
              width=18),
        _text("title", "Tên bảng", "Title", Bilingual("Tên của bảng số liệu.", "Title of the table."), 48),
        Field("rows", "integer", Bilingual("Số dòng", "Rows"), Bilingual("Số dòng của bảng.",
              "Number of rows of the table."),
              {"required": True, "minimum": 0}, Bilingual("dòng", "rows")),
        _text("csv", "Tệp CSV", "CSV file",
              Bilingual("Địa chỉ tệp CSV, tính từ tên miền của trang này; trống với hình không có bảng.",
                    "Address of the csv file below this site's host; empty for a figure without a table."),
              40, needed=False),
        _text("json", "Tệp JSON", "JSON file", Bilingual("Địa chỉ tệp JSON, tính từ tên miền của trang này.",
              "Address of the JSON file below this site's host."), 40),
        Field("release_sha256", "string", Bilingual("Mã băm bản công bố", "Hash of the release"),
              Bilingual("SHA-256 của toàn bộ bản công bố.", "SHA-256 of the whole release."), _SHA256, width=66),
        _text("note", "Ghi chú", "Note", Bilingual("Ghi chú của bản công bố.", "Note of the release."), 40,
              needed=False),
    ),
    ("release", "figure"),
)  # fmt: skip

DATASETS: dict[str, Dataset] = {each.code: each for each in (ITEMS, LINKS, VERSIONS, AGENCIES, CRITERIA, FIGURES)}

FIELD_TYPE_LABELS: dict[str, Bilingual] = {
    "string": Bilingual("chữ", "text"), "integer": Bilingual("số nguyên", "whole number"), "number": Bilingual("số",
    "number"),
    "boolean": Bilingual("đúng/sai", "true or false"), "date": Bilingual("ngày", "day"),
    "datetime": Bilingual("ngày giờ", "day and time"),
}  # fmt: skip
