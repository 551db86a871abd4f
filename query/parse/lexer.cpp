#include "query/parse/lexer.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "query/parse/characters.h"
#include "query/parse/keywords.h"

namespace maek::query {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool starts_name(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_XID_START) ||
           u_charType(static_cast<UChar32>(c)) == U_CONNECTOR_PUNCTUATION;
}

bool continues_name(char32_t c) {
    if (c < 0x80) return starts_name(c) || (c >= '0' && c <= '9');
    return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_XID_CONTINUE);
}

bool is_space(char32_t c) {
    if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x1F);
    return c == 0xFEFF || u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_WHITE_SPACE);
}

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text) {}

    TokenList run() {
        while (true) {
            if (!skip_space()) continue;  // an error token was made
            start_ = {static_cast<std::uint32_t>(at_), 0, line_, column_};
            if (at_ >= text_.size()) break;
            if (list_.tokens.size() >= kMaxTokens) {
                error(Message::kTooLong, text_.size());
                break;
            }
            next();
        }
        start_ = {static_cast<std::uint32_t>(text_.size()), 0, line_, column_};
        at_ = text_.size();
        add(TokenKind::kEnd, {});
        return std::move(list_);
    }

private:
    char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }

    // Moves over bytes known to be valid UTF-8.
    void advance(std::size_t bytes) {
        for (const std::size_t end = at_ + bytes; at_ < end; ++at_) {
            const char c = text_[at_];
            if (c == '\n') {
                ++line_;
                column_ = 1;
            } else if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80) {
                ++column_;
            }
        }
    }

    Token& add(TokenKind kind, std::string_view content) {
        Token token;
        token.kind = kind;
        token.range = start_;
        token.range.end = static_cast<std::uint32_t>(at_);
        token.text = content;
        list_.tokens.push_back(token);
        list_.match.push_back(TokenList::kNoMatch);
        return list_.tokens.back();
    }

    // An error token reaching to the byte `end`.
    void error(Message message, std::size_t end) {
        advance(end - at_);
        add(TokenKind::kError, text_.substr(start_.begin, end - start_.begin)).error = message;
    }

    // True when at a token or the end; false when an error was found among the space.
    bool skip_space() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '/' && peek(1) == '/') {
                const std::size_t end = text_.find('\n', at_);
                if (!skip_text(end == std::string_view::npos ? text_.size() : end)) return false;
                continue;
            }
            if (c == '/' && peek(1) == '*') {
                const std::size_t end = text_.find("*/", at_ + 2);
                start_ = {static_cast<std::uint32_t>(at_), 0, line_, column_};
                if (end == std::string_view::npos) {
                    error(Message::kUnterminated, text_.size());
                    return false;
                }
                if (!skip_text(end + 2)) return false;
                continue;
            }
            if (static_cast<unsigned char>(c) < 0x80) {
                if (!is_space(static_cast<unsigned char>(c))) return true;
                advance(1);
                continue;
            }
            const Decoded d = decode_utf8(text_, at_);
            if (!d.valid || !is_space(d.code_point)) return true;
            advance(d.length);
        }
        return true;
    }

    // Over a comment, whose bytes must be text too.
    bool skip_text(std::size_t end) {
        while (at_ < end) {
            const Decoded d = decode_utf8(text_, at_);
            if (!d.valid || d.code_point == 0) {
                start_ = {static_cast<std::uint32_t>(at_), 0, line_, column_};
                error(d.valid ? Message::kNulByte : Message::kBadUtf8, at_ + d.length);
                return false;
            }
            advance(d.length);
        }
        return true;
    }

    void next() {
        const char c = peek();
        if (c == '\'' || c == '"') return string(c);
        if (c == '`') return quoted_name(TokenKind::kQuotedWord, 0);
        if (c == '$') return parameter();
        if (is_digit(c) || (c == '.' && is_digit(peek(1)) && peek(-1) != '.')) return number();
        const Decoded d = decode_utf8(text_, at_);
        if (!d.valid) return error(Message::kBadUtf8, at_ + d.length);
        if (d.code_point == 0) return error(Message::kNulByte, at_ + 1);
        if (starts_name(d.code_point)) return word();
        if (static_cast<unsigned char>(c) >= 0x80) return foreign_character(d);
        sign(c);
    }

    void word() {
        const std::size_t end = name_end(at_);
        advance(end - at_);
        const std::string_view written = text_.substr(start_.begin, end - start_.begin);
        Token& token = add(TokenKind::kWord, normalised(written));
        token.keyword = find_keyword(token.text);
    }

    std::size_t name_end(std::size_t from) const {
        while (from < text_.size()) {
            const char c = text_[from];
            if (static_cast<unsigned char>(c) < 0x80) {
                if (!continues_name(static_cast<unsigned char>(c))) break;
                ++from;
                continue;
            }
            const Decoded d = decode_utf8(text_, from);
            if (!d.valid || !continues_name(d.code_point)) break;
            from += d.length;
        }
        return from;
    }

    // Names are compared in NFC: decomposed Hangul (as macOS writes it) means the same name.
    std::string_view normalised(std::string_view written) {
        bool ascii = true;
        for (const char c : written) ascii = ascii && static_cast<unsigned char>(c) < 0x80;
        if (ascii) return written;
        std::string composed;
        if (!to_nfc(written, composed) || composed == written) return written;
        return list_.storage.emplace_back(std::move(composed));
    }

    void parameter() {
        if (peek(1) == '`') return quoted_name(TokenKind::kParameter, 1);
        const std::size_t end = name_end(at_ + 1);
        advance(end - at_);
        if (end == start_.begin + 1) {
            add(TokenKind::kDollar, "$");
        } else {
            add(TokenKind::kParameter, normalised(text_.substr(start_.begin + 1, end - start_.begin - 1)));
        }
    }

    // `name`, a backtick inside written twice; `skip` bytes stand before the first backtick.
    void quoted_name(TokenKind kind, std::size_t skip) {
        std::string content;
        std::size_t i = at_ + skip + 1;
        while (true) {
            if (i >= text_.size()) return error(Message::kUnterminated, text_.size());
            if (text_[i] == '`') {
                if (i + 1 >= text_.size() || text_[i + 1] != '`') break;
                content += '`';
                i += 2;
                continue;
            }
            const Decoded d = decode_utf8(text_, i);
            if (!d.valid || d.code_point == 0) return bad_text(i, d);
            content.append(text_, i, d.length);
            i += d.length;
        }
        advance(i + 1 - at_);
        std::string composed;
        if (to_nfc(content, composed)) content = std::move(composed);
        add(kind, list_.storage.emplace_back(std::move(content)));
    }

    // Broken UTF-8 or NUL at byte i, inside something that began before.
    void bad_text(std::size_t i, const Decoded& d) {
        advance(i - at_);
        start_ = {static_cast<std::uint32_t>(at_), 0, line_, column_};
        error(d.valid ? Message::kNulByte : Message::kBadUtf8, i + d.length);
        at_ = text_.size();
    }

    void string(char quote) {
        std::string content;
        std::size_t i = at_ + 1;
        while (true) {
            if (i >= text_.size()) return error(Message::kUnterminated, text_.size());
            const char c = text_[i];
            if (c == quote) {
                if (i + 1 >= text_.size() || text_[i + 1] != quote) break;
                content += quote;
                i += 2;
            } else if (c == '\\') {
                const std::size_t length = escape(i, content);
                if (length == 0) return bad_escape(i);
                i += length;
            } else {
                const Decoded d = decode_utf8(text_, i);
                if (!d.valid || d.code_point == 0) return bad_text(i, d);
                content.append(text_, i, d.length);
                i += d.length;
            }
        }
        advance(i + 1 - at_);
        add(TokenKind::kString, list_.storage.emplace_back(std::move(content)));
    }

    // Resolves the escape at byte i into `out`; its length, or 0 when it is no Unicode escape. An
    // unknown escape stands for itself, backslash included, so that '\d+' is a regular expression.
    std::size_t escape(std::size_t i, std::string& out) const {
        const char c = i + 1 < text_.size() ? text_[i + 1] : '\0';
        switch (c) {
            case '\\': case '\'': case '"': case '`': out += c; return 2;
            case 't': out += '\t'; return 2;
            case 'b': out += '\b'; return 2;
            case 'n': out += '\n'; return 2;
            case 'r': out += '\r'; return 2;
            case 'f': out += '\f'; return 2;
            case 'u': return unicode_escape(i, out);
            case 'U': return long_unicode_escape(i, out);
            default: out += '\\'; return 1;
        }
    }

    std::size_t hex_run(std::size_t from, std::size_t most, char32_t& value) const {
        std::size_t n = 0;
        value = 0;
        while (n < most && from + n < text_.size() && is_hex(text_[from + n])) {
            const char c = text_[from + n];
            value = value * 16 + static_cast<char32_t>(is_digit(c) ? c - '0' : (c | 32) - 'a' + 10);
            ++n;
        }
        return n;
    }

    std::size_t unicode_escape(std::size_t i, std::string& out) const {
        char32_t value = 0;
        if (hex_run(i + 2, 4, value) != 4) return 0;
        if (value >= 0xDC00 && value <= 0xDFFF) return 0;
        if (value < 0xD800 || value > 0xDBFF) {
            append_utf8(value, out);
            return 6;
        }
        char32_t low = 0;  // a surrogate pair, as JSON and Java write it
        if (i + 7 >= text_.size() || text_[i + 6] != '\\' || text_[i + 7] != 'u' ||
            hex_run(i + 8, 4, low) != 4 || low < 0xDC00 || low > 0xDFFF) {
            return 0;
        }
        append_utf8(0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00), out);
        return 12;
    }

    // \U with eight digits (Neo4j) or six (the openCypher grammar).
    std::size_t long_unicode_escape(std::size_t i, std::string& out) const {
        char32_t value = 0;
        std::size_t digits = hex_run(i + 2, 8, value);
        if (digits != 8 || value > 0x10FFFF) digits = hex_run(i + 2, 6, value);
        if (digits < 6 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0;
        append_utf8(value, out);
        return 2 + digits;
    }

    void bad_escape(std::size_t i) {
        advance(i - at_);
        start_ = {static_cast<std::uint32_t>(at_), 0, line_, column_};
        std::size_t end = i + 2;
        while (end < text_.size() && end < i + 6 && static_cast<unsigned char>(text_[end]) > 32 &&
               static_cast<unsigned char>(text_[end]) < 0x80 && text_[end] != '\'' && text_[end] != '"') {
            ++end;
        }
        error(Message::kBadUnicodeEscape, end);
        at_ = text_.size();
    }

    void number() {
        std::size_t i = at_;
        bool floating = false;
        bool good = true;
        const auto digits = [&](auto&& test) {
            const std::size_t first = i;
            while (i < text_.size() &&
                   (test(text_[i]) || (text_[i] == '_' && i > first && i + 1 < text_.size() && test(text_[i + 1])))) {
                ++i;
            }
            return i > first;
        };
        const bool prefixed = text_[i] == '0' && i + 1 < text_.size() &&
                              ((text_[i + 1] | 32) == 'x' || (text_[i + 1] | 32) == 'o');
        if (prefixed) {
            const bool hex = (text_[i + 1] | 32) == 'x';
            i += 2;
            if (i < text_.size() && text_[i] == '_') ++i;
            good = hex ? digits(is_hex) : digits([](char c) { return c >= '0' && c <= '7'; });
        } else {
            digits(is_digit);
            if (i + 1 < text_.size() && text_[i] == '.' && is_digit(text_[i + 1])) {
                floating = true;
                ++i;
                digits(is_digit);
            }
            floating = exponent(i) || floating;
            if (floating && i < text_.size() && ((text_[i] | 32) == 'f' || (text_[i] | 32) == 'd') &&
                name_end(i) == i + 1) {
                ++i;
            }
        }
        const std::size_t end = name_end(i);
        if (!good || end > i) return error(Message::kBadNumber, end);
        advance(i - at_);
        add(floating ? TokenKind::kFloat : TokenKind::kInteger, text_.substr(start_.begin, i - start_.begin));
    }

    bool exponent(std::size_t& i) const {
        if (i >= text_.size() || (text_[i] | 32) != 'e') return false;
        std::size_t j = i + 1;
        if (j < text_.size() && (text_[j] == '+' || text_[j] == '-')) ++j;
        if (j >= text_.size() || !is_digit(text_[j])) return false;
        while (j < text_.size() && is_digit(text_[j])) ++j;
        i = j;
        return true;
    }

    void foreign_character(const Decoded& d) {
        error(guess_for(d.code_point).empty() ? Message::kBadCharacter : Message::kBadCharacterGuess,
              at_ + d.length);
    }

    void sign(char c) {
        struct Pair {
            char text[3];
            TokenKind kind;
        };
        static constexpr Pair kPairs[] = {
            {"..", TokenKind::kDotDot}, {"::", TokenKind::kDoubleColon}, {"||", TokenKind::kDoubleBar},
            {"+=", TokenKind::kPlusEqual}, {"<>", TokenKind::kNotEqual}, {"<=", TokenKind::kLessEqual},
            {">=", TokenKind::kGreaterEqual}, {"=~", TokenKind::kRegexMatch}, {"!=", TokenKind::kNotEqual},
        };
        for (const Pair& pair : kPairs) {
            if (c == pair.text[0] && peek(1) == pair.text[1]) {
                advance(2);
                add(pair.kind, text_.substr(start_.begin, 2));
                return;
            }
        }
        const TokenKind kind = single(c);
        if (kind == TokenKind::kError) return error(Message::kUnexpected, at_ + 1);
        advance(1);
        add(kind, text_.substr(start_.begin, 1));
        brackets(kind);
    }

    static TokenKind single(char c) {
        switch (c) {
            case '(': return TokenKind::kLeftParen;
            case ')': return TokenKind::kRightParen;
            case '[': return TokenKind::kLeftBracket;
            case ']': return TokenKind::kRightBracket;
            case '{': return TokenKind::kLeftBrace;
            case '}': return TokenKind::kRightBrace;
            case ',': return TokenKind::kComma;
            case '.': return TokenKind::kDot;
            case ':': return TokenKind::kColon;
            case ';': return TokenKind::kSemicolon;
            case '|': return TokenKind::kBar;
            case '&': return TokenKind::kAmpersand;
            case '!': return TokenKind::kExclamation;
            case '%': return TokenKind::kPercent;
            case '?': return TokenKind::kQuestion;
            case '~': return TokenKind::kTilde;
            case '+': return TokenKind::kPlus;
            case '-': return TokenKind::kMinus;
            case '*': return TokenKind::kStar;
            case '/': return TokenKind::kSlash;
            case '^': return TokenKind::kCaret;
            case '=': return TokenKind::kEqual;
            case '<': return TokenKind::kLess;
            case '>': return TokenKind::kGreater;
            default: return TokenKind::kError;
        }
    }

    // Notes the partners of brackets, for the parser's looking ahead.
    void brackets(TokenKind kind) {
        const auto index = static_cast<std::uint32_t>(list_.tokens.size() - 1);
        if (kind == TokenKind::kLeftParen || kind == TokenKind::kLeftBracket ||
            kind == TokenKind::kLeftBrace) {
            open_.push_back(index);
            return;
        }
        if (kind != TokenKind::kRightParen && kind != TokenKind::kRightBracket &&
            kind != TokenKind::kRightBrace) {
            return;
        }
        const auto opener = static_cast<TokenKind>(static_cast<int>(kind) - 1);
        if (open_.empty() || list_.tokens[open_.back()].kind != opener) return;
        list_.match[open_.back()] = index;
        list_.match[index] = open_.back();
        open_.pop_back();
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1, column_ = 1;
    SourceRange start_;
    TokenList list_;
    std::vector<std::uint32_t> open_;
};

}  // namespace

TokenList lex(std::string_view text) { return Lexer(text).run(); }

std::string describe(const Token& token, std::string_view source) {
    if (token.kind == TokenKind::kEnd) return "the end of the query";
    std::string_view written = source.substr(token.range.begin, token.range.end - token.range.begin);
    std::string shown(written.substr(0, 40));
    while (!shown.empty() && shown.size() < written.size() &&
           (static_cast<unsigned char>(written[shown.size()]) & 0xC0u) == 0x80) {
        shown.pop_back();
    }
    if (shown.size() < written.size()) shown += "...";
    return "'" + shown + "'";
}

}  // namespace maek::query
