#include "query/parse/korean_text.h"

#include <algorithm>
#include <string>
#include <vector>

namespace maek::query {

namespace {

struct Phrase {
    std::string_view english, korean;
};

// Words of ours that stand for values in messages.
constexpr Phrase kPhrases[] = {
    {"'.' and a property's name", "'.'과 속성 이름"},
    {"':' and a name", "':'와 이름"},
    {"CONCURRENT TRANSACTIONS", "CONCURRENT TRANSACTIONS"},
    {"INTEGER or FLOAT values", "INTEGER 또는 FLOAT 값"},
    {"INTEGERs", "INTEGER"},
    {"NEXT after NEXT over a UNION", "UNION에 쓴 NEXT 뒤의 NEXT"},
    {"NEXT between two UNION queries", "두 UNION 질의 사이의 NEXT"},
    {"SIMPLE with DIFFERENT EDGES", "DIFFERENT EDGES와 함께 쓴 SIMPLE"},
    {"WHERE or ')'", "WHERE 또는 ')'"},
    {"a STRING, a MAP or another temporal value", "STRING, MAP 또는 다른 시간 값"},
    {"a TEXT index on several properties", "여러 속성의 TEXT 색인"},
    {"a boolean", "참이나 거짓"},
    {"a clause", "절"},
    {"a clause or '}'", "절 또는 '}'"},
    {"a clause or the end of the query", "절 또는 질의의 끝"},
    {"a clause such as MATCH, CREATE or RETURN", "MATCH, CREATE, RETURN 같은 절"},
    {"a column name", "열 이름"},
    {"a dynamic label", "동적 레이블"},
    {"a label", "레이블"},
    {"a label expression", "레이블 식"},
    {"a label not named before", "앞에 없는 레이블"},
    {"a label or type", "레이블이나 유형"},
    {"a label test", "레이블 검사"},
    {"a label's name", "레이블 이름"},
    {"a length in the brackets", "괄호 안의 길이"},
    {"a list", "목록"},
    {"a list comprehension", "목록 내포"},
    {"a list of numbers", "숫자 목록"},
    {"a list of relationships", "관계의 목록"},
    {"a map", "맵"},
    {"a map projection", "맵 투영"},
    {"a map, node or relationship", "맵, 노드 또는 관계"},
    {"a name", "이름"},
    {"a node", "노드"},
    {"a node or relationship", "노드 또는 관계"},
    {"a node pattern such as (n)", "(n) 같은 노드 패턴"},
    {"a node, relationship or path", "노드, 관계 또는 경로"},
    {"a number", "수"},
    {"a number of paths", "경로의 수"},
    {"a number or ','", "숫자 또는 ','"},
    {"a parenthesised part of a longer path needs a quantifier such as {1,3}", "긴 경로 안에서 괄호로 묶은 부분에는 {1,3} 같은 한정식이 필요합니다"},
    {"a parenthesised path", "괄호로 묶은 경로"},
    {"a path selector", "경로 선택자"},
    {"a path selector or mode", "경로 선택자나 방식"},
    {"a path that has its own selector", "선택자가 따로 있는 경로"},
    {"a path variable", "경로 변수"},
    {"a pattern", "패턴"},
    {"a pattern comprehension", "패턴 내포"},
    {"a procedure name", "프로시저 이름"},
    {"a procedure name, '{' or '('", "프로시저 이름, '{' 또는 '('"},
    {"a procedure's arguments", "프로시저의 인자"},
    {"a property not named before", "앞에 없는 속성"},
    {"a property's name", "속성 이름"},
    {"a quantified part of a path cannot have a path variable, mode or selector of its own", "경로의 반복되는 부분에는 경로 변수, 방식, 선택자를 따로 둘 수 없습니다"},
    {"a quantified part of a path needs a relationship", "경로의 반복되는 부분에는 관계가 필요합니다"},
    {"a quantifier", "한정 술어"},
    {"a relationship", "관계"},
    {"a repeated part of a path cannot read what another part of the path finds; ask it in WHERE", "경로의 반복되는 부분은 같은 경로의 다른 부분이 찾을 것을 읽을 수 없습니다. WHERE에 쓰십시오"},
    {"a store holds one graph", "저장소 하나에 그래프 하나입니다"},
    {"a string", "문자열"},
    {"a string or a list of strings", "문자열 또는 문자열 목록"},
    {"a string that is not empty", "비어 있지 않은 문자열"},
    {"a subquery", "하위 질의"},
    {"a subquery expression", "식 안의 하위 질의"},
    {"a temporal value", "시간 값"},
    {"a time zone", "시간대"},
    {"a type constraint", "자료형 제약"},
    {"a type such as INTEGER or LIST<STRING>", "INTEGER, LIST<STRING> 같은 자료형"},
    {"a variable", "변수"},
    {"a variable not named before", "앞에 없는 변수"},
    {"an INTEGER or FLOAT as fraction", "비율을 나타내는 INTEGER 또는 FLOAT"},
    {"an aggregating function", "집계 함수"},
    {"an end of a slice", "범위의 끝"},
    {"an expression", "식"},
    {"an integer", "정수"},
    {"an integer from 0 to 1,000,000,000", "0부터 1,000,000,000까지의 정수"},
    {"an integer from 1 to 100,000", "1부터 100,000까지의 정수"},
    {"an integer of at least 1", "1 이상의 정수"},
    {"an integer that is not negative", "음수가 아닌 정수"},
    {"an output's name", "출력 이름"},
    {"an update", "변경 절"},
    {"an updating clause such as SET or CREATE", "SET, CREATE 같은 변경 절"},
    {"another temporal value", "다른 시간 값"},
    {"any value", "임의의 값"},
    {"bad repetition operator", "겹친 반복"},
    {"either numbers or DURATIONs, not both", "수만 또는 DURATION만"},
    {"give each its own, or make a FULLTEXT INDEX", "속성마다 따로 만들거나 FULLTEXT INDEX를 만드십시오"},
    {"integers", "정수"},
    {"invalid UTF-8", "올바른 UTF-8이 아닙니다"},
    {"invalid character class", "모르는 문자 집합"},
    {"invalid character class range", "거꾸로 된 문자 범위"},
    {"invalid escape sequence", "모르는 이스케이프"},
    {"invalid named capture group", "올바르지 않은 묶음 이름"},
    {"invalid perl operator", "모르는 (? 꼴"},
    {"invalid repetition size", "반복 횟수가 너무 큽니다"},
    {"k of algo.kShortestPaths", "algo.kShortestPaths의 k"},
    {"label expression", "레이블 식"},
    {"labels or nodes", "레이블 또는 노드"},
    {"missing )", ")가 빠졌습니다"},
    {"missing ]", "]가 빠졌습니다"},
    {"missing closing )", ")가 빠졌습니다"},
    {"missing closing ]", "]가 빠졌습니다"},
    {"no argument for repetition operator", "반복할 것이 없습니다"},
    {"nodes", "노드"},
    {"only queries have a plan; this changes the schema or a transaction", "계획은 질의에만 있는데 이것은 스키마나 트랜잭션을 바꿉니다"},
    {"parentheses around a path cannot be nested here", "경로를 묶는 괄호는 여기서 겹칠 수 없습니다"},
    {"pattern too large - compile failed", "너무 큽니다"},
    {"quantified parts of a path cannot be nested", "경로의 반복되는 부분은 겹칠 수 없습니다"},
    {"relationships", "관계"},
    {"shortestPath() takes one relationship between two nodes: (a)-[*]->(b)", "shortestPath()에는 두 노드 사이의 관계 하나를 씁니다: (a)-[*]->(b)"},
    {"strings", "문자열"},
    {"take TRAIL, which repeats no relationship, or ACYCLIC", "관계를 되풀이하지 않는 TRAIL이나 ACYCLIC을 쓰십시오"},
    {"temporal values", "시간 값"},
    {"the comment", "주석"},
    {"the end of a relationship", "관계의 끝"},
    {"the end of the query", "질의의 끝"},
    {"the limit of a search", "검색의 limit"},
    {"the name", "이름"},
    {"the name of a full-text index", "전문 색인의 이름"},
    {"the name of a property", "속성의 이름"},
    {"the name of a property, or a list of numbers in step with 'relationships'", "속성의 이름이거나 'relationships'와 순서가 같은 숫자 목록"},
    {"the number of paths", "경로의 수"},
    {"the options of a search", "검색의 선택 사항"},
    {"the properties of a pattern", "패턴의 속성"},
    {"the properties to set", "넣을 속성"},
    {"the string", "문자열"},
    {"there are RANGE, TEXT and FULLTEXT indexes", "RANGE, TEXT, FULLTEXT 색인이 있습니다"},
    {"there are UNIQUE, NOT NULL and NODE KEY", "UNIQUE, NOT NULL, NODE KEY가 있습니다"},
    {"this part reads what can only be found after it; ask it in WHERE", "이 부분은 뒤에서야 찾을 것을 읽습니다. WHERE에 쓰십시오"},
    {"this place", "이 자리"},
    {"trailing \\", "끝에 홀로 있는 \\"},
    {"two nodes meet here; leave one of them empty: ()", "여기서 두 노드가 만납니다. 하나를 ()로 비우십시오"},
    {"types or relationships", "유형 또는 관계"},
    {"unexpected )", "짝이 없는 )"},
    {"use 'maek import STORE FILE.csv', or pass rows as a parameter to UNWIND", "'maek import STORE FILE.csv'를 쓰거나 행들을 매개변수로 UNWIND에 넘기십시오"},
    {"use CALL { ... }", "CALL { ... }를 쓰십시오"},
    {"what DELETE removes", "DELETE로 지울 것"},
    {"what SET or REMOVE changes", "SET이나 REMOVE로 바꿀 것"},
    {"what gets a label", "레이블을 붙일 것"},
    {"what to search for", "찾을 말"},
    {"\\C stands for a byte", "\\C는 바이트를 뜻합니다"},
    {"intersections of character classes (&&) are not supported", "문자 집합의 교집합(&&)은 지원하지 않습니다"},
    {"a character class inside another is not supported; a bracket itself is \\[", "문자 집합 안의 문자 집합은 지원하지 않습니다. 대괄호 자체는 \\[로 씁니다"},
    {"the flag U is not supported; \\p{L} stands for the letters of every script", "플래그 U는 지원하지 않습니다. 모든 문자의 글자는 \\p{L}입니다"},
    {"a store holds one graph, its rights are those of the file system", "저장소 하나에 그래프 하나이고 권한은 파일 시스템의 것입니다"},
    {"what stands beside an aggregate in RETURN or WITH is what is grouped by", "RETURN이나 WITH에서 집계 함수와 나란히 쓴 것으로 묶입니다"},
    {"write WITH and the aggregate, then WHERE", "집계 함수를 WITH에 쓰고 그 뒤에 WHERE를 쓰십시오"},
    {"write MATCH and RETURN", "MATCH와 RETURN을 쓰십시오"},
    {"the planner chooses; EXPLAIN shows what it chose", "계획기가 고르며 EXPLAIN으로 볼 수 있습니다"},
    {"one statement runs at a time; Ctrl-C ends it", "한 번에 한 문장만 돌며 Ctrl-C로 끝냅니다"},
    {"drop it first, or write IF NOT EXISTS", "먼저 DROP으로 지우거나 IF NOT EXISTS를 쓰십시오"},
    {"NEXT between a part that writes and a UNION", "쓰는 부분과 UNION 사이의 NEXT"},
    // Requests of a program.
    {"a request that asks for several things at once", "요청 하나에 여러 가지를 담았습니다"},
    {"a request that is no object", "요청이 객체가 아닙니다"},
    {"\"timeout\" is no number of milliseconds from 0 to 1e12", "\"timeout\"이 0부터 1e12까지의 밀리초가 아닙니다"},
    {"a request without \"query\"", "요청에 글인 \"query\"가 없습니다"},
    {"\"params\" is no object", "\"params\"가 객체가 아닙니다"},
    {"not valid JSON", "올바른 JSON이 아닙니다"},
    {"The document is empty.", "비어 있습니다"},
    {"The document root must not be followed by other values.", "값 뒤에 다른 것이 있습니다"},
    {"Invalid value.", "값이 아닙니다"},
    {"Missing a name for object member.", "객체의 항목에 이름이 없습니다"},
    {"Missing a colon after a name of object member.", "항목의 이름 뒤에 :이 없습니다"},
    {"Missing a comma or } after an object member.", "항목 뒤에 쉼표나 }가 없습니다"},
    {"Missing a comma or ] after an array element.", "원소 뒤에 쉼표나 ]가 없습니다"},
    {"Incorrect hex digit after \\u escape in string.", "\\u 뒤의 16진수가 잘못되었습니다"},
    {"The surrogate pair in string is invalid.", "대리 쌍이 잘못되었습니다"},
    {"Invalid escape character in string.", "문자열의 이스케이프가 잘못되었습니다"},
    {"Missing a closing quotation mark in string.", "문자열이 닫히지 않았습니다"},
    {"Invalid encoding in string.", "문자열이 올바른 UTF-8이 아닙니다"},
    {"Number too big to be stored in double.", "수가 너무 큽니다"},
    {"Miss fraction part in number.", "소수점 뒤에 숫자가 없습니다"},
    {"Miss exponent in number.", "지수에 숫자가 없습니다"},
    {"a NUL byte", "NUL 바이트가 있습니다"},
    {"an integer beyond 64 bits", "64비트를 넘는 정수가 있습니다"},
    {"nested deeper than 1000", "1000단계보다 깊이 중첩되었습니다"},
};

// Phrases with places of their own; narrower ones stand first.
constexpr Phrase kForms[] = {
    {"at least 1 arguments", "1개 이상"},
    {"at least {0} arguments", "{0}개 이상"},
    {"{0} to {1} arguments", "{0}개에서 {1}개"},
    {"{0} arguments", "{0}개"},
    {"{0} argument", "{0}개"},
    {"nodes with label `{0}`", "레이블 `{0}`의 노드"},
    {"relationships of type `{0}`", "유형 `{0}`의 관계"},
    {"node {0}", "노드 {0}"},
    {"relationship {0}", "관계 {0}"},
    {"the field '{0}'", "필드 '{0}'"},
    {"the options of {0}", "{0}의 선택 사항"},
    {"{0}() as argument {1}", "{0}()의 {1}번째 인자"},
    {"point() for '{0}'", "point()의 '{0}'"},
    {"\"{0}\" is neither true nor false", "\"{0}\"이(가) true도 false도 아닙니다"},
};

std::optional<std::string> known_phrase(std::string_view english) {
    for (const Phrase& phrase : kPhrases) {
        if (phrase.english == english) return std::string(phrase.korean);
    }
    return std::nullopt;
}

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool among(std::string_view characters, char c) { return characters.find(c) != std::string_view::npos; }

// A word that is the same in Korean: a type, a keyword, a text in quotes.
bool plain_item(std::string_view item) {
    if (item.empty()) return false;
    const char quote = item.front();
    if (quote == '\'' || quote == '`') {
        return item.size() > 2 && item.find(quote, 1) == item.size() - 1;
    }
    return std::all_of(item.begin(), item.end(), [](char c) { return is_capital(c) || among(" _<>", c); });
}

// An option or a number.
bool plain_word(std::string_view item) {
    return std::all_of(item.begin(), item.end(), [](char c) { return is_capital(c) || is_small(c) || is_digit(c) || c == '_'; });
}

// One of a list. Of two words alone a list may be an expression of the user's: a or b.
std::optional<std::string> korean_item(std::string_view item, bool one_of_many) {
    if (auto known = known_phrase(item)) return known;
    if (plain_item(item) || (one_of_many && plain_word(item))) return std::string(item);
    for (const std::string_view article : {"a ", "an "}) {
        if (item.starts_with(article) && is_capital(item[article.size()]) && plain_item(item.substr(article.size()))) {
            return std::string(item.substr(article.size()));
        }
    }
    return std::nullopt;
}

// "A, B or C" -> "A, B 또는 C"; "A, B and C" -> "A, B, C".
std::optional<std::string> korean_list(std::string_view english) {
    const std::size_t alternatives = english.rfind(" or "), all = english.rfind(" and ");
    const bool choice = alternatives != std::string_view::npos;
    const std::size_t last = choice ? alternatives : all;
    if (last == std::string_view::npos) return korean_item(english, false);
    const bool many = english.find(", ") != std::string_view::npos;
    const auto final_item = korean_item(english.substr(last + (choice ? 4 : 5)), many);
    if (!final_item) return std::nullopt;
    std::string out;
    for (std::string_view rest = english.substr(0, last); !rest.empty();) {
        const std::size_t comma = rest.find(", ");
        const auto item = korean_item(rest.substr(0, comma), many);
        if (!item) return std::nullopt;
        out += (out.empty() ? "" : ", ") + *item;
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 2);
    }
    return out + (choice ? " 또는 " : ", ") + *final_item;
}

// Where the next place of a form is; npos: none.
std::size_t next_place(std::string_view form) {
    for (std::size_t i = 0; i + 2 < form.size(); ++i) {
        if (form[i] == '{' && is_digit(form[i + 1]) && form[i + 2] == '}') return i;
    }
    return std::string_view::npos;
}

bool vowel(char c) { return among("aeiouy", c); }

// A word in Latin letters, by how such words are said in Korean: map, string, boolean end in a
// consonant, list, float, node in a vowel. A single letter is said by its name.
Ending latin_ending(std::string word) {
    std::transform(word.begin(), word.end(), word.begin(), [](char c) { return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c; });
    const std::size_t size = word.size();
    const char last = word.back();
    if (size == 1) return {among("lmnr", last), last == 'l' || last == 'r'};
    const char before = word[size - 2];
    if (last == 'e' && size > 2 && among("lmn", before)) return {true, before == 'l'};
    if (last == 'g') return {before == 'n', false};
    if (last == 'p' || last == 'c') return {vowel(before), false};
    return {among("lmn", last), last == 'l'};
}

struct Particle {
    std::string_view written, after_consonant, after_vowel;
};
constexpr Particle kParticles[] = {
    {"이(가)", "이", "가"}, {"은(는)", "은", "는"}, {"을(를)", "을", "를"}, {"와(과)", "과", "와"},
    {"이어야", "이어야", "여야"}, {"(이)", "이", ""}, {"(으)로", "으로", "로"},
};

// Writes the particle that the form has at its beginning, after a closing quotation mark perhaps;
// takes it off the form.
void write_particle(std::string& out, std::string_view& form) {
    const std::size_t mark = !form.empty() && among("'`\"", form.front()) ? 1 : 0;
    for (const Particle& particle : kParticles) {
        if (!form.substr(mark).starts_with(particle.written)) continue;
        const Ending ending = korean_ending(out);
        const bool closed = ending.consonant && !(particle.written == "(으)로" && ending.rieul);
        out += form.substr(0, mark);
        out += closed ? particle.after_consonant : particle.after_vowel;
        form.remove_prefix(mark + particle.written.size());
        return;
    }
}

}  // namespace

std::optional<FormValues> match_form(std::string_view form, std::string_view text) {
    FormValues values;
    while (true) {
        const std::size_t brace = next_place(form);
        if (brace == std::string_view::npos) {
            return form == text ? std::optional(values) : std::nullopt;
        }
        if (!text.starts_with(form.substr(0, brace))) return std::nullopt;
        text.remove_prefix(brace);
        const auto place = static_cast<std::size_t>(form[brace + 1] - '0');
        form.remove_prefix(brace + 3);
        const std::string_view next = form.substr(0, next_place(form));
        const bool last = next.size() == form.size();
        std::size_t end = text.size();
        if (last) {
            if (!text.ends_with(next)) return std::nullopt;
            end = text.size() - next.size();
        } else {
            end = text.find(next);
            if (end == std::string_view::npos) return std::nullopt;
        }
        values[place] = text.substr(0, end);
        text.remove_prefix(end);
    }
}

std::string korean_phrase(std::string_view english) {
    if (auto known = known_phrase(english)) return *known;
    for (const Phrase& form : kForms) {
        if (const auto values = match_form(form.english, english)) return fill_korean(form.korean, *values);
    }
    if (auto list = korean_list(english)) return *list;
    // A reason and what it is about: "missing ): (a".
    const std::size_t colon = english.find(": ");
    if (colon == std::string_view::npos) return std::string(english);
    const auto reason = known_phrase(english.substr(0, colon));
    return reason ? *reason + ": " + korean_phrase(english.substr(colon + 2)) : std::string(english);
}

std::string fill_korean(std::string_view form, std::span<const std::string_view> values) {
    std::string out;
    while (true) {
        const std::size_t brace = next_place(form);
        out += form.substr(0, brace);
        if (brace == std::string_view::npos) return out;
        const auto place = static_cast<std::size_t>(form[brace + 1] - '0');
        const bool quoted = !out.empty() && among("'`\"", out.back());
        form.remove_prefix(brace + 3);
        if (place < values.size()) out += quoted ? std::string(values[place]) : korean_phrase(values[place]);
        write_particle(out, form);
    }
}

Ending korean_ending(std::string_view text) {
    const auto letter = [](char c) { return is_capital(c) || is_small(c); };
    while (!text.empty()) {
        const char c = text.back();
        if (is_digit(c)) return {among("013678", c), among("178", c)};
        if (letter(c)) {
            std::size_t begin = text.size();
            while (begin > 0 && letter(text[begin - 1])) --begin;
            return latin_ending(std::string(text.substr(begin)));
        }
        const auto unit = [&](std::size_t from_end) { return static_cast<unsigned char>(text[text.size() - from_end]); };
        if (unit(1) >= 0x80) {
            if (text.size() < 3) return {};
            const unsigned code = (unit(3) & 0x0FU) << 12U | (unit(2) & 0x3FU) << 6U | (unit(1) & 0x3FU);
            if (unit(3) >> 4U != 0xEU || code < 0xAC00 || code > 0xD7A3) return {};
            const unsigned final = (code - 0xAC00) % 28;
            return {final != 0, final == 8};
        }
        text.remove_suffix(1);
    }
    return {};
}

}  // namespace maek::query
