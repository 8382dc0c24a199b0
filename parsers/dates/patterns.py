"""How dates, periods and years are written. Every pattern is bounded or possessive."""

from __future__ import annotations

import re

# Letters that patterns take for i, k and s when they ignore case; lower() does not.
LOOKALIKES = str.maketrans("\u0130\u0131\u212a\u017f", "iiks")
YEAR = r"(?:19|20)\s?\d\d(?!\d)"
BLANK = r"[\s.…_,]*+"
# The months' names are the language's twelve, a closed list. 'tháng năm' is May only
# before another 'năm': in 'ngày   tháng   năm 2020' it is the word for year.
NAMES = (
    "mười hai",
    "mười một",
    "mười",
    "một",
    "hai",
    "ba",
    "tư",
    "bốn",
    "năm(?=\\s+năm\\s)",
    "sáu",
    "bảy",
    "bẩy",
    "tám",
    "chín",
)
NUMBERS = (12, 11, 10, 1, 2, 3, 4, 4, 5, 6, 7, 7, 8, 9)
MONTH_OF = {name.split("(")[0]: n for name, n in zip(NAMES, NUMBERS, strict=True)}
MONTH = rf"(?:\d{{1,2}}(?!\d)|(?:{'|'.join(NAMES)})(?!\w))"
QUARTER = r"(?:IV|I{1,3}|[1-4]|một|hai|ba|tư|bốn)(?!\w)"
QUARTER_OF = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4,
    "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4,
}  # fmt: skip
AND = r"(?:\s?(?:,|;|và|-|–|đến|tới)\s?)"
NO_PAPER = r"(?!\s?/\s?[A-ZĐ]|-[A-ZĐ])"
# What is counted right after four digits shows that they are no year.
COUNTED = (
    r"(?!\s?%|[,\s]\s?(?:hộ|người|khẩu|nhân khẩu|lao động|lượt|học sinh|đồng|triệu|tỷ"
    r"|tỉ|nghìn|ngàn|m2|m²|ha|km)(?!\w))"
)

# A scan may lose or change the marks: 'ngay 06 thang 4 nãm 2018'.
DAY_WORD, MONTH_WORD, YEAR_WORD = "ng[aàáảạã]y", "th[aáàảạã]ng", "n[aăâãàáằắặ]m"
WRITTEN = re.compile(
    rf"(?<!\w)(?:(?P<cue>{DAY_WORD}|mồng|mùng)\s*+(?:mồng\s+|mùng\s+)?"
    r"|(?:trước|đến|hết|xong|sau|từ)\s+(?=\d))?"
    rf"(?P<body>(?P<d>\d{{1,2}}(?!\d))?+{BLANK}{MONTH_WORD}{BLANK}(?P<m>{MONTH})?+"
    rf"(?:{BLANK}(?:của\s+)?{YEAR_WORD}{BLANK}(?P<y>{YEAR})?"
    rf"|\s?/\s?(?P<y2>{YEAR}))?)",
    re.IGNORECASE,
)
NUMERIC = re.compile(
    r"(?<![\w/.,-])(?:(?P<cue>ngày)\s*+)?(?P<body>(?P<d>\d{1,2})"
    r"\s?(?P<s>[/.\-])\s?(?P<m>\d{1,2})\s?(?P=s)\s?"
    rf"(?P<y>{YEAR}|(?<=/)\d\d(?!\d)|(?<=/\s)\d\d(?!\d))){NO_PAPER}(?!/)",
    re.IGNORECASE,
)
HOLLOW = re.compile(
    r"(?<!\w)(?P<cue>ngày)(?P<body>[\s.…_]*+/[\s.…_]*+(?P<m>\d{1,2})?[\s.…_]*+/"
    rf"[\s.…_]*+(?P<y>{YEAR}))",
    re.IGNORECASE,
)
DAY_MONTH = re.compile(
    # A speck of a scan may stand after the word: 'ngày. 20/12'.
    r"(?<!\w)(?:(?P<cue>ngày\.?)|trước|đến|hết|từ|sau|vào|và|,)\s?"
    r"(?P<body>(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})(?!\d|\s?/|[.,]\d)"
    rf"(?:{BLANK}(?:của\s+)?năm\s+(?P<y>{YEAR}))?)",
    re.IGNORECASE,
)
MONTHS = re.compile(
    rf"(?<!\w)(?P<body>tháng\s+(?P<list>{MONTH}(?:{AND}(?:tháng\s)?{MONTH}){{0,11}})"
    rf"\s?(?:năm\s?|/\s?|-\s?|\.\s?)(?P<y>{YEAR}))",
    re.IGNORECASE,
)
MONTH_YEAR = re.compile(
    r"(?:(?<!\w)(?:từ|đến|trước|sau|hết|khoảng|cuối|đầu|vào|giữa|và)\s|\(|-\s?)"
    rf"(?P<body>(?P<list>0?[1-9]|1[0-2])\s?/\s?(?P<y>{YEAR})){NO_PAPER}(?!\s?/)"
    rf"{COUNTED}",
    re.IGNORECASE,
)
QUARTERS = re.compile(
    rf"(?<!\w)(?P<body>quý\s+(?P<list>{QUARTER}(?:{AND}(?:quý\s)?{QUARTER}){{0,3}})"
    rf"\s?(?:/|-|,|của)?\s?(?:năm\s?)?(?P<y>{YEAR}))",
    re.IGNORECASE,
)
PERIOD = re.compile(
    r"(?<![\d/.,\-])(?:(?P<named>giai\s?đoạn|thời\s?kỳ|năm(?:\s?học)?)\s+)?"
    r"(?P<body>(?P<a>(?:19|20)\d\d)\s{0,3}"
    r"(?:-|–|—|÷|~|đến|tới)\s{0,3}(?:hết\s|cuối\s)?(?:năm\s)?"
    rf"(?P<b>(?:19|20)\d\d(?!\d)|\d\d(?![\d.,/%])(?!\s?%)))(?!\d|/\d|[.,]\d){COUNTED}",
    re.IGNORECASE,
)
BARE_YEAR = re.compile(
    r"(?<![\d/.,\-\w])(?P<y>(?:19[4-9]|20)\d\d)(?!\w|[.,]\d|\s?/)(?!-[A-ZĐ])"
)
NEXT_DATE = re.compile(
    r"\s*(?:,|;|và|đến|tới|-|–|hoặc)?\s*(?:hết\s+|trước\s+)?(?:ngày\s*)?", re.IGNORECASE
)
