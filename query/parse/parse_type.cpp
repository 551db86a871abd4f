// Type names of IS TYPED, written out in one canonical spelling: "INTEGER NOT NULL",
// "LIST<STRING>", "INTEGER | FLOAT", "LOCAL DATETIME".
#include "query/parse/parser.h"

namespace maek::query {

namespace {

struct TypeWords {
    const char* words;      // in capitals, a space between
    const char* canonical;
};

constexpr TypeWords kTypes[] = {
    {"NOTHING", "NOTHING"}, {"NULL", "NULL"}, {"BOOL", "BOOLEAN"}, {"BOOLEAN", "BOOLEAN"},
    {"STRING", "STRING"}, {"VARCHAR", "STRING"}, {"INT", "INTEGER"}, {"INTEGER", "INTEGER"},
    {"SIGNED INTEGER", "INTEGER"}, {"INTEGER64", "INTEGER"}, {"INT64", "INTEGER"}, {"FLOAT", "FLOAT"},
    {"FLOAT64", "FLOAT"}, {"DATE", "DATE"}, {"LOCAL TIME", "LOCAL TIME"},
    {"TIME WITHOUT TIMEZONE", "LOCAL TIME"}, {"TIME WITHOUT TIME ZONE", "LOCAL TIME"},
    {"ZONED TIME", "ZONED TIME"}, {"TIME WITH TIMEZONE", "ZONED TIME"},
    {"TIME WITH TIME ZONE", "ZONED TIME"}, {"LOCAL DATETIME", "LOCAL DATETIME"},
    {"TIMESTAMP WITHOUT TIMEZONE", "LOCAL DATETIME"}, {"TIMESTAMP WITHOUT TIME ZONE", "LOCAL DATETIME"},
    {"ZONED DATETIME", "ZONED DATETIME"}, {"TIMESTAMP WITH TIMEZONE", "ZONED DATETIME"},
    {"TIMESTAMP WITH TIME ZONE", "ZONED DATETIME"}, {"DURATION", "DURATION"}, {"POINT", "POINT"},
    {"NODE", "NODE"}, {"ANY NODE", "NODE"}, {"VERTEX", "NODE"}, {"ANY VERTEX", "NODE"},
    {"RELATIONSHIP", "RELATIONSHIP"}, {"ANY RELATIONSHIP", "RELATIONSHIP"}, {"EDGE", "RELATIONSHIP"},
    {"ANY EDGE", "RELATIONSHIP"}, {"MAP", "MAP"}, {"ANY MAP", "MAP"}, {"PATH", "PATH"},
    {"PROPERTY VALUE", "PROPERTY VALUE"}, {"ANY PROPERTY VALUE", "PROPERTY VALUE"},
    {"ANY VALUE", "ANY"}, {"ANY", "ANY"},
};

}  // namespace

std::string Parser::type_text() {
    std::string out = type_term();
    while (is(TokenKind::kBar) && !bar_ends_) {
        step();
        out += " | " + type_term();
    }
    return out;
}

std::string Parser::type_term() {
    Deeper guard(*this);
    std::string out = type_name();
    if (accept(TokenKind::kExclamation) || accept(Keyword::kNot, Keyword::kNull)) out += " NOT NULL";
    while (word_is_list()) {
        step();
        out = "LIST<" + out + ">";
        if (accept(TokenKind::kExclamation) || accept(Keyword::kNot, Keyword::kNull)) out += " NOT NULL";
    }
    return out;
}

// LIST<t>, ARRAY<t>, ANY<t | t>, or the longest run of words that names a type.
std::string Parser::type_name() {
    const auto upper = [&](std::size_t n) {
        std::string word;
        if (ahead(n).kind == TokenKind::kWord) word = ahead(n).text;
        for (char& c : word) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
        return word;
    };
    const std::string first = upper(0);
    const bool any_value = first == "ANY" && upper(1) == "VALUE";
    const std::size_t head = any_value ? 2 : 1;
    if (ahead(head).kind == TokenKind::kLess && (first == "LIST" || first == "ARRAY" || first == "ANY")) {
        at_ += head + 1;
        const bool bar = std::exchange(bar_ends_, false);
        const std::string inner = type_text();
        bar_ends_ = bar;
        expect(TokenKind::kGreater, "'>'");
        return first == "ANY" ? inner : "LIST<" + inner + ">";
    }
    if (first == "LIST" || first == "ARRAY") {
        step();
        return "LIST<ANY>";
    }
    std::string words;
    const char* best = nullptr;
    std::size_t length = 0;
    for (std::size_t n = 0; n < 4; ++n) {
        const std::string word = upper(n);
        if (word.empty()) break;
        words += (n == 0 ? "" : " ") + word;
        for (const TypeWords& type : kTypes) {
            if (words == type.words) {
                best = type.canonical;
                length = n + 1;
            }
        }
    }
    if (best == nullptr) {
        if (!at_name()) fail("a type such as INTEGER or LIST<STRING>");
        throw QueryError(Message::kUnknownType, now().range, {describe(now(), text_)});
    }
    at_ += length;
    return best;
}

bool Parser::word_is_list() const {
    if (now().kind != TokenKind::kWord || now().text.size() < 4 || now().text.size() > 5) return false;
    std::string word(now().text);
    for (char& c : word) c = static_cast<char>(c | 32);
    return word == "list" || word == "array";
}

}  // namespace maek::query
