#include "query/parse/messages.h"

namespace maek::query {

namespace {

constexpr MessageText kTexts[] = {
#define MAEK_MESSAGE_TEXT(id, type, detail, status, english, korean) \
    {type, detail, status, english, korean},
    MAEK_MESSAGES(MAEK_MESSAGE_TEXT)
#undef MAEK_MESSAGE_TEXT
};

// Details that are words of ours, not the user's, in Korean.
struct Phrase {
    std::string_view english, korean;
};
constexpr Phrase kPhrases[] = {
    {"the end of the query", "질의의 끝"},
    {"a clause such as MATCH, CREATE or RETURN", "MATCH, CREATE, RETURN 같은 절"},
    {"a clause or the end of the query", "절 또는 질의의 끝"},
    {"a clause or '}'", "절 또는 '}'"},
    {"an expression", "식"},
    {"a variable", "변수"},
    {"a path variable", "경로 변수"},
    {"a column name", "열 이름"},
    {"a property's name", "속성 이름"},
    {"a label or type", "레이블이나 관계 종류"},
    {"a label's name", "레이블 이름"},
    {"a procedure name", "프로시저 이름"},
    {"a procedure name, '{' or '('", "프로시저 이름, '{' 또는 '('"},
    {"an output's name", "출력 이름"},
    {"a number", "숫자"},
    {"a number or ','", "숫자 또는 ','"},
    {"a number of paths", "경로의 수"},
    {"the number of paths", "경로의 수"},
    {"an integer of at least 1", "1 이상의 정수"},
    {"a variable not named before", "앞에 없는 변수"},
    {"a property not named before", "앞에 없는 속성"},
    {"a label not named before", "앞에 없는 레이블"},
    {"a name", "이름"},
    {"a node pattern such as (n)", "(n) 같은 노드 패턴"},
    {"a type such as INTEGER or LIST<STRING>", "INTEGER, LIST<STRING> 같은 자료형"},
    {"an updating clause such as SET or CREATE", "SET, CREATE 같은 변경 절"},
    {"the string", "문자열"},
    {"the comment", "주석"},
    {"the name", "이름"},
    {"any value", "임의의 값"},
    {"a subquery expression", "식 안의 하위 질의"},
    {"NEXT between a part that writes and a UNION", "쓰는 부분과 UNION 사이의 NEXT"},
    {"NEXT between two UNION queries", "두 UNION 질의 사이의 NEXT"},
    {"NEXT after NEXT over a UNION", "UNION이 걸린 NEXT 뒤의 NEXT"},
    {"use CALL { ... }", "CALL { ... }를 쓰십시오"},
    {"an aggregating function", "집계 함수"},
    {"this place", "이 자리"},
    {"a pattern", "패턴"},
    {"a list comprehension", "리스트 내포"},
    {"a pattern comprehension", "패턴 내포"},
    {"a quantifier", "한정식"},
    {"a procedure's arguments", "프로시저의 인자"},
    {"a path selector or mode", "경로 선택자나 방식"},
    {"a parenthesised path", "괄호로 묶은 경로"},
    {"a label expression", "레이블 식"},
    {"a label test", "레이블 검사"},
    {"a list", "리스트"},
    {"an integer", "정수"},
    {"1 argument", "1개"},
};

std::string_view in_korean(std::string_view detail) {
    for (const Phrase& phrase : kPhrases) {
        if (phrase.english == detail) return phrase.korean;
    }
    return detail;
}

}  // namespace

const MessageText& message_text(Message message) { return kTexts[static_cast<std::size_t>(message)]; }

std::string format_message(Message message, std::span<const std::string> details,
                           std::string_view language) {
    const MessageText& texts = message_text(message);
    const std::string_view form = language == "ko" ? texts.korean : texts.english;
    std::string out;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool place = i + 2 < form.size() && form[i] == '{' && form[i + 2] == '}' &&
                           form[i + 1] >= '0' && form[i + 1] <= '9';
        if (!place) {
            out += form[i];
            continue;
        }
        const auto index = static_cast<std::size_t>(form[i + 1] - '0');
        if (index < details.size()) out += language == "ko" ? in_korean(details[index]) : details[index];
        i += 2;
    }
    return out;
}

}  // namespace maek::query
