// Room: extract, inner; declared in extract/pipeline.h. Bytes of unknown origin to an article's text.
// Order: size, byte order mark, images and other binary files by their first bytes, strict UTF-8, the
// declared charset, ICU's detection. Every Korean answer is decoded as windows-949, which holds EUC-KR
// and the syllables that EUC-KR lacks. Tests: tests/extract/text/decode_test.cpp.
#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <string>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include "extract/pipeline.h"
#include "extract/text/html.h"
#include "extract/text/prepare.h"
#include "extract/text/utf8.h"

namespace maek::extract {

namespace {

using std::string_view;

constexpr std::size_t kMostBytes = std::size_t{256} << 20;

Error refuse(ErrorCode code, std::string what, const DecodeHints& hints) {
    return Error{code, std::move(what), {hints.source.empty() ? hints.id : hints.source, 0, 0}, {}};
}

// The kind of file that the first bytes tell, or empty.
string_view binary_kind(string_view bytes) {
    struct Sign {
        string_view bytes, name;
    };
    static constexpr std::array<Sign, 13> kSigns = {{
        {"\xFF\xD8\xFF", "a JPEG image"}, {"\x89PNG", "a PNG image"}, {"GIF8", "a GIF image"}, {"%PDF-", "a PDF file"},
        {"PK\x03\x04", "a zip file (docx, hwpx, xlsx and others)"}, {"\xD0\xCF\x11\xE0", "an old Office or HWP file"},
        {"HWP Document File", "an HWP file"}, {"\x1F\x8B", "a gzip file"}, {"RIFF", "a media file"}, {"\x7F" "ELF", "a program"},
        {"BZh", "a bzip2 file"}, {"ID3", "an audio file"}, {"\x28\xB5\x2F\xFD", "a zstd file"}}};
    for (const Sign& sign : kSigns) {
        if (bytes.starts_with(sign.bytes)) return sign.name;
    }
    return {};
}

bool korean_charset(string_view name) {
    std::string folded;
    for (const char c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) folded += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    for (const string_view korean : {"euckr", "ksc56011987", "ksc5601", "ksx1001", "cp949", "ms949", "windows949", "uhc", "korean", "iso2022kr", "ibm949"}) {
        if (folded == korean) return korean != "iso2022kr";
    }
    return false;
}

// False when ICU does not know the charset, or too much of the bytes makes no sense in it.
bool convert(string_view bytes, const std::string& charset, std::string& out, std::uint32_t& bad) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, void (*)(UConverter*)> converter(ucnv_open(charset.c_str(), &status), ucnv_close);
    if (U_FAILURE(status)) return false;
    out.clear();
    out.reserve(bytes.size() * 3 / 2);
    std::array<UChar, 8192> block;
    const char* from = bytes.data();
    const char* end = from + bytes.size();
    bad = 0;
    char32_t high = 0;
    while (from < end) {
        UChar* to = block.data();
        status = U_ZERO_ERROR;
        ucnv_toUnicode(converter.get(), &to, block.data() + block.size(), &from, end, nullptr, 1, &status);
        if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) return false;
        for (const UChar* p = block.data(); p < to; ++p) {
            const char32_t c = *p;
            if (c >= 0xD800 && c < 0xDC00) {
                high = c;
                continue;
            }
            if (c >= 0xDC00 && c < 0xE000) {
                utf8_append(out, high == 0 ? 0xFFFD : 0x10000 + ((high - 0xD800) << 10) + (c - 0xDC00));
            } else {
                bad += c == 0xFFFD ? 1 : 0;
                utf8_append(out, c);
            }
            high = 0;
        }
    }
    return true;
}

std::string detect(string_view bytes) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, void (*)(UCharsetDetector*)> detector(ucsdet_open(&status), ucsdet_close);
    if (U_FAILURE(status)) return {};
    ucsdet_setText(detector.get(), bytes.data(), static_cast<std::int32_t>(std::min<std::size_t>(bytes.size(), 1 << 16)), &status);
    const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
    if (U_FAILURE(status) || match == nullptr) return {};
    const char* name = ucsdet_getName(match, &status);
    return U_FAILURE(status) || name == nullptr ? std::string() : std::string(name);
}

bool mostly_text(string_view text) {
    std::size_t control = 0;
    for (const char c : text.substr(0, 65536)) {
        const auto b = static_cast<unsigned char>(c);
        control += b < 9 || (b > 13 && b < 27) ? 1 : 0;
    }
    return control * 100 <= std::min<std::size_t>(text.size(), 65536);
}

Result<std::string> to_utf8(string_view bytes, const DecodeHints& hints) {
    std::uint32_t bad = 0;
    std::string out;
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("\0\0\xFE\xFF"sv)) {  // before UTF-16, whose mark it begins with
        if (convert(bytes.substr(4), bytes[0] == '\xFF' ? "UTF-32LE" : "UTF-32BE", out, bad)) return out;
    }
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        if (convert(bytes.substr(2), bytes[0] == '\xFF' ? "UTF-16LE" : "UTF-16BE", out, bad)) return out;
    }
    // a byte order mark stays: offsets count it, as every reader of the file does
    if (utf8_valid_prefix(bytes) == bytes.size() && mostly_text(bytes)) return std::string(bytes);
    if (const string_view kind = binary_kind(bytes); !kind.empty()) {
        return refuse(ErrorCode::kEncoding, "this is " + std::string(kind) + ", not text", hints);
    }
    const std::string declared = hints.declared_charset.empty() ? declared_charset(bytes) : hints.declared_charset;
    if (!declared.empty() && declared != "utf-8" && declared != "UTF-8") {
        const std::string name = korean_charset(declared) ? "windows-949" : declared;
        if (convert(bytes, name, out, bad) && bad * 50 <= bytes.size()) return out;
    }
    // UTF-8 with a few damaged places is still UTF-8
    std::string repaired(bytes);
    const std::uint32_t replaced = repair_utf8(repaired);
    if (std::size_t{replaced} * 50 <= bytes.size() && mostly_text(bytes) && utf8_count(repaired) < bytes.size() - replaced) {
        if (std::size_t{replaced} * 10 < bytes.size() - utf8_count(repaired)) return std::string(bytes);
    }
    if (!mostly_text(bytes) && bytes.find('\0') != string_view::npos) {
        // UTF-16 without a mark has a zero beside nearly every Latin letter
        std::array<std::size_t, 2> zeros{};
        for (std::size_t i = 0; i < std::min<std::size_t>(bytes.size(), 4096); ++i) zeros[i % 2] += bytes[i] == '\0' ? 1 : 0;
        const std::size_t seen = std::min<std::size_t>(bytes.size(), 4096);
        if (zeros[0] + zeros[1] > seen / 20 && (zeros[0] == 0 || zeros[1] == 0)) {
            if (convert(bytes, zeros[1] > 0 ? "UTF-16LE" : "UTF-16BE", out, bad) && bad == 0) return out;
        }
        return refuse(ErrorCode::kEncoding, "these bytes are not text; expected UTF-8, UTF-16 or windows-949", hints);
    }
    // windows-949 first: most that is not UTF-8 here is Korean
    if (convert(bytes, "windows-949", out, bad) && bad * 100 <= bytes.size()) {
        std::size_t hangul = 0, other = 0;
        for (std::size_t at = 0; at < out.size();) {
            const char32_t c = utf8_next(out, at);
            hangul += is_hangul(c) ? 1 : 0;
            other += c >= 0x80 && !is_hangul(c) ? 1 : 0;
        }
        if (hangul > other) return out;
    }
    const std::string found = detect(bytes);
    const std::string name = found.empty() || korean_charset(found) ? "windows-949" : found;
    if (convert(bytes, name, out, bad) && bad * 20 <= bytes.size() && mostly_text(out)) return out;
    return refuse(ErrorCode::kEncoding, "the encoding cannot be told; expected UTF-8, UTF-16 or windows-949", hints);
}

}  // namespace

Result<Article> decode_article(std::string_view bytes, const DecodeHints& hints) {
    if (bytes.size() > kMostBytes) return refuse(ErrorCode::kLimit, "longer than 256 MiB", hints);
    auto text = to_utf8(bytes, hints);
    if (!text.ok()) return text.error();
    Article article;
    article.id = hints.id;
    article.source = hints.source;
    if (hints.html || looks_like_html(*text)) {
        repair_utf8(*text);
        Page page = read_page(*text);
        article.title = std::move(page.title);
        article.date = page.date.substr(0, 10);
        article.text = std::move(page.text);
    } else {
        article.text = *std::move(text);
    }
    return article;
}

}  // namespace maek::extract
