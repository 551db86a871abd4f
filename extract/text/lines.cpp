#include "extract/text/lines.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "extract/text/utf8.h"

namespace maek::extract {

namespace {

using std::string_view;

string_view trimmed(string_view s) {
    while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
    while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
    return s;
}

bool has(string_view text, string_view part) { return text.find(part) != string_view::npos; }

// What a look at the line's characters tells.
struct Shape {
    std::uint32_t length = 0, hangul = 0, latin = 0, digits = 0;
    bool sentence = false;  // ends as a Korean or English sentence does
};

Shape shape_of(string_view line) {
    Shape shape;
    for (std::size_t at = 0; at < line.size();) {
        const char32_t c = utf8_next(line, at);
        ++shape.length;
        shape.hangul += is_hangul(c) ? 1 : 0;
        shape.latin += is_latin(c) ? 1 : 0;
        shape.digits += is_digit(c) ? 1 : 0;
    }
    string_view end = line;
    while (!end.empty() && (end.ends_with("\"") || end.ends_with("'") || end.ends_with(")") || end.ends_with("]"))) {
        end.remove_suffix(1);
    }
    shape.sentence = end.ends_with(".") || end.ends_with("다") || end.ends_with("다.") || end.ends_with("요");
    return shape;
}

// Words that stand alone on a line of a news page.
constexpr std::array<string_view, 78> kNavigation = {
    "광고", "공유", "댓글", "프린트", "스크랩", "기사 스크랩", "클린뷰", "-", "더보기", "인쇄", "복사", "URL복사",
    "가", "가+", "가-", "메뉴", "로그인", "회원가입", "검색", "홈", "전체메뉴", "구독", "구독하기", "이전", "다음",
    "닫기", "목록", "글자크기", "글씨크기", "글씨 크기", "본문 글씨 키우기", "본문 글씨 줄이기", "카카오톡", "카카오스토리", "페이스북",
    "트위터", "밴드", "네이버", "네이버블로그", "이메일", "메일", "기사보내기", "기사공유하기", "공유하기", "스크랩하기", "좋아요",
    "슬퍼요", "화나요", "훈훈해요", "응원해요", "추천해요", "후속기사 원해요", "모바일 버전으로 보기", "PC버전", "맨위로", "TOP", "뉴스홈",
    "Facebook", "Twitter", "Share", "Print", "Email", "Comments", "Advertisement", "AD", "Home", "Menu", "Login", "Subscribe",
    "오피니언", "정치", "경제", "사회", "문화", "스포츠", "연예", "지역", "전국",
};

// A line that begins so, or a short one that holds it, belongs to the page and not to the article.
constexpr std::array<string_view, 34> kPageStarts = {
    "저작권자", "무단전재", "무단 전재", "ⓒ", "©", "Copyright", "COPYRIGHT", "copyright", "<저작권", "[저작권", "(저작권",
    "기자의 다른기사", "제보는", "제보하기", "▶제보", "☞", "※ 이 기사", "※이 기사", "본 기사는", "이 기사는 ", "관련기사목록",
    "댓글을 ", "기사입력", "입력 ", "승인 ", "등록 ", "수정 ", "최종수정", "발행일", "구독신청", "네이버에서 ", "카카오톡에서 ", "페이스북에서 ", "광고문의"};
constexpr std::array<string_view, 20> kPageParts = {"기사보내기", "URL복사", 
    "무단전재", "무단 전재", "재배포 금지", "재배포금지", "All rights reserved", "All Rights Reserved", "저작권법", "기사제보",
    "독자 여러분의 제보", "구독하고", "구독 신청", "채널 추가", "앱 다운로드", "홈페이지 바로가기", "로그인 후", "비밀번호", "등록된 댓글이", "자동등록방지"};

// Heads of blocks that are noise down to the next heading or empty line.
constexpr std::array<string_view, 28> kNoiseHeads = {
    "관련기사", "관련 기사", "연관기사", "연관 기사", "추천기사", "추천 기사", "인기기사", "인기 기사", "많이 본", "가장 많이",
    "주요뉴스", "주요 뉴스", "최신기사", "최신 기사", "이 시각", "실시간 뉴스", "오늘의 뉴스", "함께 본", "다른 기사", "포토뉴스",
    "베스트 댓글", "댓글 (", "독자 댓글", "독자의견", "독자 의견", "Related", "지난주 ", "랭킹뉴스"};

// Words of a short head above a list of other articles: "함께 볼만한 뉴스", "[실시간 랭킹]", "▼ 이웃 소식 ▼", "MOST READ".
constexpr std::array<string_view, 27> kListHeads = {
    "많이 본", "많이 읽은", "볼만한", "읽을만한", "랭킹", "이웃 소식", "다른 소식", "인기 뉴스", "인기뉴스", "추천 뉴스", "추천뉴스", "관련 뉴스", "관련뉴스",
    "최신 뉴스", "최신뉴스", "핫이슈", "놓치면", "함께 보면", "기사 더", "뉴스 더", "most popular", "most read", "trending", "also read", "read more", "related stories", "top stories"};

// Where the terms of use begin that a page hangs behind its last sentence; everything from there on is the page's.
constexpr std::array<string_view, 6> kTermsOfUse = {
    "<자료출처=정책브리핑", "'텍스트'에 한하여 공공누리", "‘텍스트’에 한하여 공공누리", "단, 사진, 이미지, 일러스트, 동영상 등의 일부 자료는",
    "저작권정책 담당자안내", "정책브리핑의 정책뉴스자료는"};

// Heads of the parts of a release that never hold facts.
constexpr std::array<string_view, 16> kOfficeHeads = {
    "담당 부서", "담당부서", "담당자", "담 당", "문의", "문의처", "첨부파일", "첨부 파일", "첨부", "붙임파일", "공공누리", "이용조건",
    "Contact", "Attachment", "보도자료 문의", "자료 문의"};

// "- 출처: …" and its like at the head of a release: who published it, not what it says.
constexpr std::array<string_view, 24> kRecordKeys = {
    "출처", "제공", "자료제공", "부처", "게시 시각", "게시일", "기사 URL", "HWPX 첨부", "PDF 첨부", "HWP 첨부", "보도시점", "보도 시점", "보도일시", "보도일",
    "배포", "배포일시", "배포일", "담당부서", "담당 부서", "담당자", "작성자", "조회수", "등록일", "작성일"};

string_view without_marks(string_view line) {
    for (;;) {
        line = trimmed(line);
        if (line.empty()) return line;
        const std::size_t before = line.size();
        for (const string_view mark : {"#", "*", "-", "·", "[", "<", "【", "■", "□", "◆", "◇", "▶", "▷", "●", "○", "◦", "|", ">", "▣", "※", "("}) {
            if (begins_with(line, mark)) {
                line.remove_prefix(mark.size());
                break;
            }
        }
        if (line.size() == before) return line;
    }
}

std::string lower_case(string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

// "☞ 지난 브리핑 보기", "함께 많이 본 뉴스": short, no sentence, and about other articles.
bool heads_other_articles(string_view bare, const Shape& shape) {
    if (shape.length > 24 || shape.sentence) return false;
    const std::string low = lower_case(bare);
    return bare.ends_with(" 보기") || std::any_of(kListHeads.begin(), kListHeads.end(), [&](string_view word) { return has(low, word); });
}

// "[관련기사] ▷…", "[시군뉴스 더보기] … | …": the head in brackets and what it announces on one line.
bool announces_other_articles(string_view line) {
    const bool square = line.starts_with("[");
    if (!square && !line.starts_with("<")) return false;
    const std::size_t end = line.find(square ? ']' : '>');
    if (end == string_view::npos || end > 48) return false;
    const string_view head = trimmed(line.substr(1, end - 1));
    return head.ends_with("더보기") || heads_other_articles(head, shape_of(head)) ||
           std::any_of(kNoiseHeads.begin(), kNoiseHeads.end(), [&](string_view word) { return begins_with(head, word); });
}

// "Facebook  Twitter  Print  +", "공유 | 댓글 | 프린트": nothing but words of the page.
bool is_navigation(string_view line) {
    const auto known = [](string_view word) {
        return std::any_of(kNavigation.begin(), kNavigation.end(), [&](string_view one) { return word.size() == one.size() && lower_case(word) == lower_case(one); });
    };
    if (line.size() <= 40 && known(line)) return true;
    if (line.size() > 80) return false;
    constexpr string_view kParts = " |/+-,";
    std::size_t words = 0;
    for (std::size_t at = line.find_first_not_of(kParts); at != string_view::npos; at = line.find_first_not_of(kParts, at)) {
        const std::size_t end = std::min(line.find_first_of(kParts, at), line.size());
        if (!known(line.substr(at, end - at))) return false;
        ++words;
        at = end;
    }
    return words >= 2;
}

// "뉴스 > 경남 > 진주·사천": where on the site the page hangs.
bool is_path_of_page(string_view line, const Shape& shape) {
    std::size_t steps = 0;
    for (std::size_t at = line.find(" > "); at != string_view::npos; at = line.find(" > ", at + 2)) ++steps;
    return steps >= 2 && shape.length < 50 && !shape.sentence && shape.digits == 0;
}

bool begins_terms_of_use(string_view line) {
    return std::any_of(kTermsOfUse.begin(), kTermsOfUse.end(), [&](string_view terms) { return line.starts_with(terms); });
}

// Where the line's terms of use begin; its size when it has none.
std::size_t terms_of_use(string_view line) {
    std::size_t first = line.size();
    for (const string_view terms : kTermsOfUse) first = std::min(first, line.find(terms));
    return first;
}

bool is_telephone(string_view line) {
    // ddd-ddd(d)-dddd, with 2-3 digits in front
    for (std::size_t i = 0; i + 9 < line.size(); ++i) {
        if (line[i] < '0' || line[i] > '9') continue;
        std::size_t at = i, group[3] = {0, 0, 0};
        for (int g = 0; g < 3; ++g) {
            while (at < line.size() && line[at] >= '0' && line[at] <= '9') ++at, ++group[g];
            if (g == 2) break;
            while (at < line.size() && line[at] == ' ') ++at;
            if (at >= line.size() || (line[at] != '-' && line[at] != ')' && line[at] != '~' && line[at] != '.')) break;
            ++at;
            while (at < line.size() && line[at] == ' ') ++at;
        }
        if (group[0] >= 2 && group[0] <= 4 && group[1] >= 3 && group[1] <= 4 && group[2] == 4 && (line[i] == '0' || line[i] == '1')) return true;
        i = at;
    }
    return false;
}

bool is_file_name(string_view line) {
    for (const string_view ending : {".hwp", ".hwpx", ".pdf", ".zip", ".jpg", ".jpeg", ".png", ".xlsx", ".docx", ".JPG", ".odt"}) {
        if (line.ends_with(ending)) return true;
    }
    return false;
}

bool is_weather(string_view line, const Shape& shape) {
    return shape.length < 40 && (has(line, "℃") || has(line, "°C")) && !shape.sentence;
}

// A date and nothing else, or a page's time stamp.
bool is_stamp(string_view line, const Shape& shape) {
    return !shape.sentence && shape.length < 40 && shape.digits >= 6 && shape.hangul + shape.latin <= 6 && !has(line, "원");
}

bool is_byline(string_view line, const Shape& shape) {
    if (shape.length > 60) return false;
    if (has(line, "@") && shape.hangul <= 14) return true;
    const string_view end = trimmed(line);
    if (line.starts_with("/") && !shape.sentence && shape.length < 34 && shape.digits == 0) return true;  // "/글·사진 산업부"
    return !shape.sentence && (end.ends_with("기자") || end.ends_with("특파원") || has(line, "기자 |")) && shape.length < 34;
}

bool is_caption(string_view line, const Shape& shape) {
    if (shape.length > 260) return false;
    if (line.starts_with("▲") || line.starts_with("△") || line.starts_with("▼")) {
        if (!has(line.substr(3), "▲") && !has(line.substr(3), "△")) {
            return has(line, "제공") || has(line, "사진") || has(line, "©") || has(line, "ⓒ") || has(line, "전경") || has(line, "조감도");
        }
    }
    if (has(line, "사진=") || has(line, "사진제공") || has(line, "사진 제공") || has(line, "/사진") || has(line, "자료=") || has(line, "[사진") || has(line, "(사진")) return true;
    if (line.ends_with("제공") || line.ends_with("제공)") || line.ends_with("제공]") || line.ends_with("제공>") || line.ends_with("자료사진")) return true;
    return (has(line, "기념촬영") || has(line, "기념 촬영") || has(line, "기념사진")) && (has(line, "왼쪽") || has(line, "오른쪽") || has(line, "하고 있다"));
}

bool translation_notice(string_view line) {
    return (has(line, "번역") && (has(line, "구글") || has(line, "기사 전문") || has(line, "Google") || has(line, "자동"))) ||
           has(line, "English article is translated") || has(line, "Google Translate");
}

class Classifier {
public:
    explicit Classifier(const Document& document) : text_(document.text) {}

    std::vector<Line> run() {
        split();
        for (Line& line : lines_) line.kind = kind(line);
        mark_translation();
        mark_headlines();
        return std::move(lines_);
    }

private:
    enum class Block { kNone, kUntilGap, kUntilHead, kToEnd };

    string_view view(const Line& line) const { return text_.substr(line.span.begin, line.span.size()); }

    void split() {
        bool gap = true;
        for (std::size_t at = 0; at < text_.size();) {
            std::size_t end = text_.find('\n', at);
            if (end == string_view::npos) end = text_.size();
            const string_view line = trimmed(text_.substr(at, end - at));
            if (line.empty()) {
                gap = true;
            } else {
                const std::size_t terms = terms_of_use(line);
                for (const string_view part : {trimmed(line.substr(0, terms)), line.substr(terms)}) {
                    if (part.empty()) continue;
                    const auto begin = static_cast<std::uint32_t>(part.data() - text_.data());
                    lines_.push_back({{begin, begin + static_cast<std::uint32_t>(part.size())}, SentenceKind::kBody, gap});
                    gap = false;
                }
            }
            at = end + 1;
        }
    }

    SentenceKind kind(const Line& line) {
        const string_view text = view(line);
        const Shape shape = shape_of(text);
        const string_view bare = without_marks(text);
        if (block_ends(line, text, shape)) block_ = Block::kNone;
        if (opens_block(text, bare, shape)) return SentenceKind::kNoise;
        if (block_ != Block::kNone) return SentenceKind::kNoise;
        if (page_line(text, bare, shape)) return SentenceKind::kNoise;
        if (shape.length >= 20 && !seen_.insert(std::string(text)).second) return SentenceKind::kRepeat;
        if (text.starts_with("|")) return SentenceKind::kRow;
        if (is_caption(text, shape)) return SentenceKind::kCaption;
        if (bare.size() + 1 < text.size() && !text.starts_with("(") && !text.starts_with("[") && !text.starts_with("<")) return SentenceKind::kItem;
        return SentenceKind::kBody;
    }

    bool block_ends(const Line& line, string_view text, const Shape& shape) const {
        if (block_ == Block::kUntilGap) return line.gap_before || (shape.sentence && shape.length > 60);
        if (block_ == Block::kUntilHead) return text.starts_with("#") || text.starts_with("| 참고") || text.starts_with("| 붙임") || (shape.sentence && shape.length > 80);
        return false;
    }

    bool opens_block(string_view text, string_view bare, const Shape& shape) {
        if (shape.length > 40 || shape.sentence) return false;
        if (heads_other_articles(bare, shape)) {
            block_ = Block::kUntilGap;
            return true;
        }
        const bool heading = text.starts_with("#") || text.starts_with("[") || text.starts_with("<") || text.starts_with("■") || text.starts_with("【") || shape.length <= 14;
        if (!heading) return false;
        for (const string_view head : kNoiseHeads) {
            if (begins_with(bare, head)) {
                block_ = Block::kUntilGap;
                return true;
            }
        }
        for (const string_view head : kOfficeHeads) {
            if (begins_with(bare, head)) {
                block_ = Block::kUntilHead;
                return true;
            }
        }
        return bare == "본문";
    }

    bool page_line(string_view text, string_view bare, const Shape& shape) const {
        if (shape.hangul + shape.latin + shape.digits == 0 || begins_terms_of_use(text)) return true;
        if (announces_other_articles(text) || is_path_of_page(text, shape)) return true;
        if (is_navigation(text)) return true;
        for (const string_view start : kPageStarts) {
            if (begins_with(bare, start) && shape.length < 120 && !shape.sentence) return true;
            if (begins_with(text, start) && shape.length < 60) return true;
        }
        for (const string_view part : kPageParts) {
            if (shape.length < 160 && has(text, part)) return true;
        }
        for (const string_view key : kRecordKeys) {
            if (begins_with(bare, key) && trimmed(bare.substr(key.size())).starts_with(":")) return true;
        }
        if (shape.length < 120 && is_telephone(text)) return true;
        return is_file_name(text) || is_weather(text, shape) || is_stamp(text, shape) || is_byline(text, shape) ||
               translation_notice(text);
    }

    // English lines in one run behind a Korean body; Korean remarks may come after them.
    void mark_translation() {
        std::uint64_t before = 0;  // Hangul in front of the run
        for (std::size_t i = 0; i < lines_.size();) {
            std::size_t end = i;
            std::uint64_t latin = 0, hangul = 0;
            for (; end < lines_.size(); ++end) {
                const Shape shape = shape_of(view(lines_[end]));
                const bool noise = lines_[end].kind == SentenceKind::kNoise;
                if (!noise && shape.hangul * 4 > shape.latin) break;
                if (!noise) latin += shape.latin;
            }
            if (end < lines_.size()) hangul = shape_of(view(lines_[end])).hangul;
            if (before >= 200 && latin >= 150) {
                for (std::size_t k = i; k < end; ++k) {
                    if (lines_[k].kind != SentenceKind::kNoise) lines_[k].kind = SentenceKind::kTranslation;
                }
            }
            before += hangul;
            i = end + 1;
        }
    }

    // What stands before the first sentence, as far as it is short.
    void mark_headlines() {
        int headlines = 0;
        bool first = true;
        for (Line& line : lines_) {
            if (line.kind == SentenceKind::kNoise) continue;
            const Shape shape = shape_of(view(line));
            const bool heading = view(line).starts_with("# ");
            const bool shortish = shape.length <= 90 && (!shape.sentence || first);
            if (heading || (shortish && line.kind == SentenceKind::kBody && headlines < 8)) {
                line.kind = SentenceKind::kHeadline;
                ++headlines;
                first = false;
            } else if (line.kind != SentenceKind::kCaption) {
                return;
            }
        }
    }

    string_view text_;
    std::vector<Line> lines_;
    std::unordered_set<std::string> seen_;
    Block block_ = Block::kNone;
};

}  // namespace

std::vector<Line> classify_lines(const Document& document) { return Classifier(document).run(); }

}  // namespace maek::extract
