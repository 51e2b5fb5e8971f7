"""What the articles of Decree 335/2025/NĐ-CP say by which officers are judged, in the platform's own words.

They are summaries and say so: the decree alone is the law. Receipts and frameworks link to them by key.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

ADDRESS = "/nghi-dinh-335/"
TITLE = "Nghị định 335/2025/NĐ-CP: các điều dùng để tính điểm và xếp loại"
DOCUMENT = (
    "Nghị định số 335/2025/NĐ-CP ngày 21/12/2025 của Chính phủ quy định về đánh giá, xếp loại chất lượng đối với cơ "
    "quan hành chính nhà nước và công chức"
)


@dataclass(frozen=True)
class Article:
    """One article: its number, what it is about, what it says in short, and what has to be read in the decree."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    open_: str = ""

    @property
    def key(self) -> str:
        """Return how receipts name it; its anchor on the page."""
        return f"dieu-{self.number}"


ARTICLES = (
    Article(
        12,
        "Khung điểm 100 và tiêu chí chung",
        (
            "Tổng điểm tối đa là 100: tiêu chí chung tối đa 30 điểm, kết quả thực hiện nhiệm vụ tối đa 70 điểm.",
            "Tiêu chí chung (khoản 2) có ba nhóm: phẩm chất chính trị, đạo đức, văn hóa thực thi công vụ và kỷ luật, "
            "kỷ cương; năng lực chuyên môn, khả năng đáp ứng nhiệm vụ, tinh thần trách nhiệm, thái độ phục vụ và phối"
            " hợp; đổi mới sáng tạo, dám nghĩ, dám làm, dám chịu trách nhiệm.",
        ),
        "Cách chia điểm đến từng ý theo Mẫu số 01 ở Phụ lục II của Nghị định và khung của tỉnh.",
    ),
    Article(
        14,
        "Số lượng, chất lượng, tiến độ (a, b, c)",
        (
            "Sản phẩm, công việc được quy đổi theo hệ số trong danh mục.",
            "Số lượng (a): số hoàn thành quy đổi chia cho số được giao quy đổi.",
            "Chất lượng (b): số hoàn thành đạt yêu cầu về chất lượng, đã quy đổi, chia cho số được giao quy đổi.",
            "Tiến độ (c): số hoàn thành đúng hoặc trước hạn, đã quy đổi, chia cho số được giao quy đổi.",
            "Mỗi lần không đạt chất lượng do lỗi lớn về nội dung trừ 25% điểm chất lượng của sản phẩm, công việc đó; "
            "mỗi lần chậm trừ 25% điểm tiến độ. Nguyên nhân khách quan đã được cấp có thẩm quyền xác nhận thì không "
            "trừ.",
        ),
        "Trừ theo từng đơn vị sản phẩm hay cả dòng công việc, mức thấp nhất sau khi trừ và phần làm vượt số được giao"
        " là lựa chọn của khung tiêu chí; phiếu tính điểm nêu rõ từng lựa chọn.",
    ),
    Article(
        15,
        "Công chức lãnh đạo, quản lý (d, đ, e)",
        (
            "Khối lượng công việc của người lãnh đạo gồm việc trực tiếp làm và việc chỉ đạo, tổ chức, hướng dẫn, kiểm"
            " tra (khoản 1).",
            "d (khoản 3 điểm a): kết quả của cơ quan, đơn vị, lĩnh vực phụ trách, 100% khi mọi công chức thuộc quyền "
            "quản lý đạt từ mức “Hoàn thành nhiệm vụ” trở lên, 50% khi có người ở mức “Không hoàn thành nhiệm vụ”.",
            "đ (khoản 3 điểm b): khả năng tổ chức triển khai nhiệm vụ, 100% hoặc 50%.",
            "e (khoản 3 điểm c): khả năng tập hợp, đoàn kết, 100% hoặc 50%.",
            "Cấp phó được đánh giá theo các tiêu chí này trong phạm vi nhiệm vụ, lĩnh vực được phân công.",
        ),
    ),
    Article(
        16,
        "Điểm kết quả thực hiện nhiệm vụ",
        (
            "Công chức không giữ chức vụ lãnh đạo, quản lý: trung bình của a, b, c nhân với 70 điểm.",
            "Công chức lãnh đạo, quản lý: trung bình của a, b, c, d, đ, e nhân với 70 điểm.",
        ),
    ),
    Article(
        17,
        "Tổng điểm",
        (
            "Tổng điểm bằng điểm tiêu chí chung cộng điểm kết quả thực hiện nhiệm vụ (khoản 1).",
            "Điểm của kỳ dài hơn được tính từ các kỳ ngắn hơn (khoản 3).",
        ),
        "Lấy trung bình các kỳ hay cộng dồn là lựa chọn của khung tiêu chí; phép tính được nêu khi tổng hợp.",
    ),
    Article(
        19,
        "Thời điểm và kỳ xếp loại",
        (
            "Xếp loại hằng năm, trước ngày 15 tháng 12; cơ quan có tính chất đặc thù trước ngày 15 tháng 01 năm sau.",
            "Người nghỉ một phần của năm được xếp loại theo thời gian làm việc thực tế; người chuyển cơ quan do cơ "
            "quan mới xếp loại, cơ quan cũ gửi kết quả các kỳ trước.",
        ),
        "Có văn bản dẫn quy định này theo Điều 19, có văn bản dẫn theo Điều 21; xem số điều ở Nghị định.",
    ),
    Article(
        20,
        "Mức xếp loại và tỷ lệ xuất sắc",
        (
            "Hoàn thành xuất sắc nhiệm vụ: từ 90 điểm. Hoàn thành tốt nhiệm vụ: từ 70 đến dưới 90 điểm. Hoàn thành "
            "nhiệm vụ: từ 50 đến dưới 70 điểm. Không hoàn thành nhiệm vụ: dưới 50 điểm, hoặc thuộc một trong các "
            "trường hợp dưới đây.",
            "Bị kết luận suy thoái về tư tưởng chính trị, đạo đức, lối sống, vi phạm điều đảng viên không được làm "
            "hoặc trách nhiệm nêu gương; bị kỷ luật từ khiển trách trở lên trong năm do vi phạm trong hoạt động công "
            "vụ; đối với lãnh đạo, đơn vị trực tiếp quản lý có tham ô, tham nhũng, lãng phí và bị xử lý theo pháp "
            "luật. Điểm giữ nguyên.",
            "Người được xếp mức xuất sắc không quá 20% số công chức xếp loại Hoàn thành tốt nhiệm vụ trong cùng cơ "
            "quan, đơn vị và trong từng nhóm có nhiệm vụ tương đồng; được đến 25% khi tập thể có thành tích nổi trội.",
        ),
        "Điều kiện cụ thể của mức 25% và cách tính cho nhóm ít người cần đọc ở Nghị định.",
    ),
    Article(
        24,
        "Kiến nghị",
        ("Công chức có quyền kiến nghị về kết quả đánh giá, xếp loại.",),
        "Thời hạn cần đọc ở Nghị định.",
    ),
)  # fmt: skip
_KEYS = frozenset(article.key for article in ARTICLES)


def address_of(key: str) -> str:
    """Return where an article is told, as a path on the public site; empty where it is not told."""
    return f"{ADDRESS}#{key}" if key in _KEYS else ""


def articles_url() -> str:
    """Return the whole address of the page."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{ADDRESS}"
