#include "query/eval/runtime_messages.h"

#include <array>
#include <optional>

namespace maek::query {

namespace {

struct Line {
    std::string_view english, korean;  // {0} ... {5} stand for values
};

// The first line that fits is taken: narrower patterns stand before wider ones.
constexpr Line kLines[] = {
    // --- operators and access
    {"cannot apply unary {0} to {1}", "단항 연산자 {0}: {1}에는 쓸 수 없습니다"},
    {"cannot apply {0} to {1} and {2}", "연산자 {0}: {1} 및 {2}에는 쓸 수 없습니다"},
    {"integer overflow in sum(); integers have 64 bits", "sum()의 결과가 64비트 정수를 넘습니다"},
    {"integer overflow in {0}; integers have 64 bits", "{0}의 결과가 64비트 정수를 넘습니다"},
    {"the float {0} does not fit into a 64-bit integer", "실수 {0}: 64비트 정수에 들어가지 않습니다"},
    {"cannot divide the integer {0} by zero", "정수 {0}: 0으로 나눌 수 없습니다"},
    {"cannot take the integer {0} modulo zero", "정수 {0}: 0으로 나눈 나머지는 없습니다"},
    {"cannot divide a duration by zero", "기간은 0으로 나눌 수 없습니다"},
    {"a list is indexed by an INTEGER, got {0}", "목록의 위치는 INTEGER여야 하는데 {0}입니다"},
    {"a {0} is indexed by a STRING, got {1}", "{0}의 이름은 STRING이어야 하는데 {1}입니다"},
    {"cannot read property '{0}' of {1}", "{1}에는 속성 '{0}'을 읽을 수 없습니다"},
    {"cannot index {0}; expected a LIST, MAP, NODE or RELATIONSHIP",
     "{0}: []를 쓸 수 없습니다. LIST, MAP, NODE, RELATIONSHIP이어야 합니다"},
    {"a slice is bounded by INTEGERs, got {0}", "범위의 끝은 INTEGER여야 하는데 {0}입니다"},
    {"cannot slice {0}; expected a LIST", "{0}: 범위를 자를 수 없습니다. LIST여야 합니다"},
    {"IN expects a LIST on its right, got {0}", "IN의 오른쪽은 LIST여야 하는데 {0}입니다"},
    {"the regular expression {0} is not usable: {1}", "정규식 {0}: 쓸 수 없습니다 ({1})"},
    {"a property holds a scalar, temporal or point value or a list of such; got {0}",
     "속성에는 단순 값, 시간, 좌표 또는 그 목록만 담을 수 있는데 {0}입니다"},
    {"a list stored as a property holds only scalar, temporal or point values; got {0}",
     "속성으로 담는 목록에는 단순 값, 시간, 좌표만 들어가는데 {0}입니다"},
    {"a list stored as a property holds values of one kind; got {0} and {1}",
     "속성으로 담는 목록의 값은 한 종류여야 하는데 {0} 및 {1}입니다"},
    // --- limits
    {"a list would be nested deeper than {0} levels", "목록이 {0}단계보다 깊이 중첩됩니다"},
    {"a map would be nested deeper than {0} levels", "맵이 {0}단계보다 깊이 중첩됩니다"},
    {"the result would need {0} bytes; at most {1} are allowed", "결과에 {0}바이트가 필요합니다. {1}바이트까지 허용됩니다"},
    {"a text is longer than 256 MiB, too long to be changed", "글이 256 MiB보다 길어 바꿀 수 없습니다"},
    {"the text is too long to be normalized", "글이 너무 길어 정규화할 수 없습니다"},
    // --- entities
    {"node {0} was deleted in this statement", "노드 {0}: 이 문장에서 삭제되었습니다"},
    {"relationship {0} was deleted in this statement", "관계 {0}: 이 문장에서 삭제되었습니다"},
    // --- functions
    {"{0}() as argument {1} expects {2}, got {3}", "{0}(): {1}번째 인자는 {2}이어야 하는데 {3}입니다"},
    {"{0} expects an index from {1} to {2}, got {3}", "{0}: 위치는 {1}부터 {2}까지인데 {3}입니다"},
    {"{0} expects a fraction from 0 to 1, got {1}", "{0}: 비율은 0부터 1까지인데 {1}입니다"},
    {"{0} expects an integer of at least 0, got {1}", "{0}: 0 이상의 정수여야 하는데 {1}입니다"},
    {"range() expects a step other than 0", "range(): 간격은 0일 수 없습니다"},
    {"coll.flatten() expects a depth of at least 0, got {0}", "coll.flatten(): 깊이는 0 이상이어야 하는데 {0}입니다"},
    {"round() expects a precision from 0 to 400, got {0}", "round(): 자릿수는 0부터 400까지인데 {0}입니다"},
    {"a rounding mode is one of {0}, got {1}", "반올림 방식은 {0} 가운데 하나인데 {1}입니다"},
    {"a normal form is one of {0}, got {1}", "정규형은 {0} 가운데 하나인데 {1}입니다"},
    // --- points
    {"point() knows the srids {0}, got {1}", "point(): srid는 {0}인데 {1}입니다"},
    {"point() knows the crs {0}, got {1}", "point(): crs는 {0}인데 {1}입니다"},
    {"point() expects x and y, or longitude and latitude, got {0}", "point(): x와 y 또는 longitude와 latitude가 필요한데 {0}입니다"},
    {"a point of three dimensions needs z or height", "3차원 좌표에는 z 또는 height가 필요합니다"},
    {"a point of two dimensions has no z or height", "2차원 좌표에는 z나 height가 없습니다"},
    {"a cartesian point has x and y, not longitude and latitude", "직교 좌표에는 longitude, latitude가 아니라 x, y를 씁니다"},
    {"a latitude lies from -90 to 90, got {0}", "위도는 -90부터 90까지인데 {0}입니다"},
    {"a longitude is finite, got {0}", "경도는 유한한 수여야 하는데 {0}입니다"},
    // --- temporal values
    {"{0} is not a {1} in ISO 8601 form", "{0}: ISO 8601 형식의 {1} 값이 아닙니다"},
    {"the field '{0}' lies from {1} to {2}, got {3}", "필드 '{0}': {1}부터 {2}까지인데 {3}입니다"},
    {"the field 'date' needs a value with a date, got {0}", "필드 'date'에는 날짜가 있는 값이 필요한데 {0}입니다"},
    {"the field 'time' needs a value with a time, got {0}", "필드 'time'에는 시각이 있는 값이 필요한데 {0}입니다"},
    {"the field '{0}' is too large", "필드 '{0}': 값이 너무 큽니다"},
    {"'datetime' cannot stand beside 'date' or 'time'", "'datetime'은 'date'나 'time'과 함께 쓸 수 없습니다"},
    {"'{0}' needs '{1}' beside it", "'{0}'에는 '{1}'도 필요합니다"},
    {"a {0} has no field '{1}'", "{0}에는 필드 '{1}'이 없습니다"},
    {"year {0} has {1} weeks, got week 53", "{0}년은 {1}주까지인데 53주입니다"},
    {"a date is given by month and day, by week, by quarter or by ordinalDay, not by several of them",
     "날짜는 월과 일, 주, 분기, ordinalDay 가운데 한 가지로만 나타냅니다"},
    {"a date needs at least 'year'", "날짜에는 적어도 'year'가 필요합니다"},
    {"a time needs at least 'hour'", "시각에는 적어도 'hour'가 필요합니다"},
    {"a fraction of a second needs 'second' beside it", "초 아래 단위에는 'second'도 필요합니다"},
    {"either 'epochSeconds' or 'epochMillis', not both", "'epochSeconds'와 'epochMillis' 가운데 하나만 쓸 수 있습니다"},
    {"a DURATION needs at least one field", "기간에는 필드가 하나 이상 필요합니다"},
    {"cannot make a {0} of {1}", "{1}: {0} 값으로 바꿀 수 없습니다"},
    {"the seconds since 1970 are too many", "1970년부터의 초가 너무 많습니다"},
    {"the offset {0} is not in force in {1} at that time; there it is {2}", "시차 {0}: 그때 {1}의 시차가 아닙니다. 그곳은 {2}입니다"},
    {"unknown time zone {0}; expected an offset such as {1} or a name such as {2}",
     "시간대 {0}: 모릅니다. {1} 같은 시차나 {2} 같은 이름이어야 합니다"},
    {"the date is outside the years -999999999 to 999999999", "날짜가 -999999999년부터 999999999년까지를 벗어납니다"},
    {"a year lies from -999999999 to 999999999, got {0}", "연도는 -999999999부터 999999999까지인데 {0}입니다"},
    {"month {0} of year {1} has {2} days, got day {3}", "{1}년 {0}월은 {2}일까지인데 {3}일입니다"},
    {"the duration is too long; its parts have 64 bits", "기간이 너무 깁니다. 각 부분은 64비트입니다"},
    {"the value is too large to be counted in that unit; integers have 64 bits", "값이 너무 커서 그 단위의 64비트 정수로 셀 수 없습니다"},
    {"unknown unit {0}; expected {1}", "단위 {0}: 모릅니다. {1} 가운데 하나여야 합니다"},
    {"cannot truncate {0} to a {1}", "{0}: {1} 값으로 자를 수 없습니다"},
    {"a {0} cannot be truncated to {1}", "{0} 값은 {1} 단위로 자를 수 없습니다"},
    {"{0} has no time to truncate to {1}", "{0}: 시각이 없어 {1} 단위로 자를 수 없습니다"},
    // --- executor
    {"the statement needs more memory than its limit of {0} MiB (option memory-limit); narrow the query or raise the limit",
     "문장에 메모리 한도 {0} MiB보다 많은 메모리가 필요합니다 (선택 사항 memory-limit). 질의를 좁히거나 한도를 늘리십시오"},
    {"the parameter ${0} was not given", "매개변수 ${0}: 주어지지 않았습니다"},
    {"MERGE cannot match on a null property: '{0}' of '{1}' is null; a value was expected",
     "MERGE는 null 속성으로 찾을 수 없습니다: '{1}'의 '{0}'이 null입니다"},
    {"a relationship needs two nodes, but '{0}' is null", "관계에는 노드 두 개가 필요한데 '{0}'이 null입니다"},
    {"a relationship has exactly one type", "관계의 유형은 정확히 하나입니다"},
    {"a node that still has relationships cannot be deleted: delete them first, or use DETACH DELETE",
     "관계가 남은 노드는 삭제할 수 없습니다. 관계를 먼저 삭제하거나 DETACH DELETE를 쓰십시오"},
    {"the name of a label, type or property cannot be empty", "레이블, 관계 종류, 속성의 이름은 비어 있을 수 없습니다"},
    {"the name of a label, type or property cannot hold a NUL character",
     "레이블, 관계 종류, 속성의 이름에는 NUL 문자가 들어갈 수 없습니다"},
    {"the {0} has been deleted", "{0}: 삭제되었습니다"},
    {"{0} needs a non-negative integer, not {1}", "{0}: 0 이상의 정수여야 하는데 {1}입니다"},
    {"{0} needs an integer of at least 1, not {1}", "{0}: 1 이상의 정수여야 하는데 {1}입니다"},
    {"the statement took longer than its limit of {0} ms (option timeout)", "문장이 시간 한도 {0} ms를 넘겼습니다 (선택 사항 timeout)"},
    {"the statement was cancelled", "문장이 취소되었습니다"},
    {"more than 4,294,967,280 rows between two steps", "두 단계 사이의 행이 4,294,967,280개를 넘습니다"},
    {"the statement has more than {0} steps; split it into several statements", "문장의 단계가 {0}개를 넘습니다. 여러 문장으로 나누십시오"},
    {"out of memory; narrow the query", "메모리가 부족합니다. 질의를 좁히십시오"},
    // --- transactions
    {"the statement writes, but only reading is allowed here", "쓰는 문장이지만 여기서는 읽기만 할 수 있습니다"},
    {"a transaction is open already; expected COMMIT or ROLLBACK", "트랜잭션이 이미 열려 있습니다. COMMIT이나 ROLLBACK이 먼저입니다"},
    {"no transaction is open; expected BEGIN before {0}", "열린 트랜잭션이 없습니다. {0} 앞에 BEGIN이 있어야 합니다"},
    {"IN TRANSACTIONS commits by itself, but a transaction is open; expected COMMIT or ROLLBACK before",
     "IN TRANSACTIONS는 스스로 커밋하는데 트랜잭션이 열려 있습니다. COMMIT이나 ROLLBACK이 먼저입니다"},
    // --- procedures and search
    {"argument '{0}' of {1} must be {2}, got {3}", "{1}의 인자 '{0}': {2}이어야 하는데 {3}입니다"},
    {"unknown option '{0}' of {1}; expected one of {2}", "{1}의 선택 사항 '{0}': 모릅니다. {2} 가운데 하나여야 합니다"},
    {"'weight' has {0} numbers for {1} relationships; expected one each", "'weight': 관계 {1}개에 숫자 {0}개입니다. 하나씩이어야 합니다"},
    {"unknown search option '{0}'; expected {1}", "검색 선택 사항 '{0}': 모릅니다. {1} 가운데 하나여야 합니다"},
    {"there is no full-text index '{0}' on {1}; SHOW INDEXES lists them",
     "{1}의 전문 색인 '{0}': 없습니다. SHOW INDEXES로 볼 수 있습니다"},
    {"a weight is negative or no number; shortest paths need weights of 0 or more", "음수이거나 수가 아닌 가중치가 있습니다. 최단 경로의 가중치는 0 이상이어야 합니다"},
    {"the path's start or end is not in the projection", "경로의 시작이나 끝이 부분 그래프에 없습니다"},
    {"degree() expects the direction {0}, got {1}", "degree(): 방향은 {0} 가운데 하나인데 {1}입니다"},
    // --- indexes and constraints
    {"an index named `{0}` exists already", "이름이 `{0}`인 색인이 이미 있습니다"},
    {"a constraint named `{0}` exists already", "이름이 `{0}`인 제약이 이미 있습니다"},
    {"index `{0}` needs one label or type and at least one property", "색인 `{0}`: 레이블이나 유형 하나와 속성 하나 이상이 필요합니다"},
    {"index `{0}` covers the same already", "같은 대상의 색인 `{0}`: 이미 있습니다"},
    {"index `{0}` covers the same; drop it first, constraint `{1}` brings its own",
     "같은 대상의 색인 `{0}`: 이미 있습니다. 제약 `{1}`에 색인이 딸려 있으니 먼저 지우십시오"},
    {"constraint `{0}` covers the same; drop it first with DROP CONSTRAINT, constraint `{1}` brings its own index",
     "같은 대상의 제약 `{0}`: 이미 있습니다. 제약 `{1}`에 색인이 딸려 있으니 먼저 DROP CONSTRAINT로 지우십시오"},
    {"index `{0}` belongs to a constraint; drop that", "색인 `{0}`: 제약에 딸려 있으니 제약을 지우십시오"},
    {"constraint `{0}` needs a label or type and a property", "제약 `{0}`: 레이블이나 유형과 속성이 필요합니다"},
    {"constraint `{0}` demands the same already", "같은 내용의 제약 `{0}`: 이미 있습니다"},
    {"there is no index named `{0}`", "이름이 `{0}`인 색인은 없습니다"},
    {"there is no constraint named `{0}`", "이름이 `{0}`인 제약은 없습니다"},
    {"{0} has no property `{1}`, which constraint `{2}` requires of {3}", "{0}: 제약 `{2}`에 따라 {3}에 있어야 할 속성 `{1}`이 없습니다"},
    {"{0} and {1} both have {2} = {3}; constraint `{4}` wants it unique among {5}",
     "{0} 및 {1}: 모두 {2} = {3}입니다. 제약 `{4}`에 따라 {5} 사이에서 하나뿐이어야 합니다"},
    // --- notifications
    {"no relationship in the graph has the type '{0}'; did you mean '{1}'?", "그래프에 유형 '{0}'의 관계가 없습니다. '{1}'입니까?"},
    {"no relationship in the graph has the type '{0}'", "그래프에 유형 '{0}'의 관계가 없습니다"},
    {"no node in the graph has the label '{0}'; did you mean '{1}'?", "그래프에 레이블 '{0}'의 노드가 없습니다. '{1}'입니까?"},
    {"no node in the graph has the label '{0}'", "그래프에 레이블 '{0}'의 노드가 없습니다"},
    {"nothing in the graph has the property '{0}'; did you mean '{1}'?", "그래프에 속성 '{0}'이 없습니다. '{1}'입니까?"},
    {"nothing in the graph has the property '{0}'", "그래프에 속성 '{0}'이 없습니다"},
    {"the parts of this MATCH are not connected: every row of one is combined with every row of the other; connect "
     "them by a relationship or an equality if that is not meant",
     "이 MATCH의 부분들이 이어져 있지 않아 한쪽의 모든 행이 다른 쪽의 모든 행과 짝지어집니다. 그런 뜻이 아니면 관계나 등식으로 이으십시오"},
    {"a path without an upper bound may have very many matches; give one, such as *1..5, or ask for the shortest",
     "상한이 없는 경로는 매우 많이 나올 수 있습니다. *1..5처럼 상한을 주거나 최단 경로를 구하십시오"},
    {"the index on '{0}' is not used here; it answers =, IN, <, <=, >, >= and STARTS WITH of the property itself",
     "'{0}'의 색인을 여기서는 쓰지 못합니다. 속성 자체의 =, IN, <, <=, >, >=, STARTS WITH에만 쓸 수 있습니다"},
    {"the text index on '{0}' is not used here; it answers STARTS WITH of the property itself",
     "'{0}'의 텍스트 색인을 여기서는 쓰지 못합니다. 속성 자체의 STARTS WITH에만 쓸 수 있습니다"},
    {"the index on '{0}' is not used here; on relationships it answers =, IN, <, <=, > and >= of the property itself",
     "'{0}'의 색인을 여기서는 쓰지 못합니다. 관계에서는 속성 자체의 =, IN, <, <=, >, >=에만 쓸 수 있습니다"},
    {"{0} is an old form; write {1}", "{0}: 옛 형태입니다. {1}로 쓰십시오"},
    {"index '{0}' exists already, for something else; nothing was made", "색인 '{0}': 다른 대상으로 이미 있어 만들지 않았습니다"},
    {"index '{0}' exists already", "색인 '{0}': 이미 있습니다"},
    {"constraint '{0}' exists already, for something else; nothing was made",
     "제약 '{0}': 다른 대상으로 이미 있어 만들지 않았습니다"},
    {"constraint '{0}' exists already", "제약 '{0}': 이미 있습니다"},
    {"there is no index '{0}'", "색인 '{0}': 없습니다"},
    {"there is no constraint '{0}'", "제약 '{0}': 없습니다"},
    // --- the widest
    {"{0} expects {1}, got {2}", "{0}: {1}이어야 하는데 {2}입니다"},
};

// Words that stand for values in messages.
constexpr Line kWords[] = {
    {"a boolean", "참이나 거짓"},
    {"a dynamic label", "동적 레이블"},
    {"a label", "레이블"},
    {"a label or type", "레이블이나 유형"},
    {"a label test", "레이블 검사"},
    {"a list", "목록"},
    {"a list comprehension", "목록 내포"},
    {"a list of relationships", "관계의 목록"},
    {"a map", "맵"},
    {"a map, node or relationship", "맵, 노드 또는 관계"},
    {"a node", "노드"},
    {"a node or relationship", "노드 또는 관계"},
    {"a node, relationship or path", "노드, 관계 또는 경로"},
    {"a number", "수"},
    {"a pattern", "패턴"},
    {"a quantifier", "한정 술어"},
    {"a relationship", "관계"},
    {"a string", "문자열"},
    {"a string or a list of strings", "문자열 또는 문자열 목록"},
    {"a string that is not empty", "비어 있지 않은 문자열"},
    {"a temporal value", "시간 값"},
    {"a time zone", "시간대"},
    {"an integer from 0 to 1,000,000,000", "0부터 1,000,000,000까지의 정수"},
    {"an integer from 1 to 100,000", "1부터 100,000까지의 정수"},
    {"an integer that is not negative", "음수가 아닌 정수"},
    {"k of algo.kShortestPaths", "algo.kShortestPaths의 k"},
    {"labels or nodes", "레이블 또는 노드"},
    {"nodes", "노드"},
    {"relationships", "관계"},
    {"strings", "문자열"},
    {"temporal values", "시간 값"},
    {"the end of a relationship", "관계의 끝"},
    {"the limit of a search", "검색의 limit"},
    {"the name of a full-text index", "전문 색인의 이름"},
    {"the name of a property", "속성의 이름"},
    {"the name of a property, or a list of numbers in step with 'relationships'", "속성의 이름이거나 'relationships'와 순서가 같은 숫자 목록"},
    {"the options of a search", "검색의 선택 사항"},
    {"the properties of a pattern", "패턴의 속성"},
    {"the properties to set", "넣을 속성"},
    {"types or relationships", "유형 또는 관계"},
    {"what DELETE removes", "DELETE로 지울 것"},
    {"what SET or REMOVE changes", "SET이나 REMOVE로 바꿀 것"},
    {"what gets a label", "레이블을 붙일 것"},
    {"what to search for", "찾을 말"},
};

std::string_view word_in_korean(std::string_view english) {
    for (const Line& word : kWords) {
        if (word.english == english) return word.korean;
    }
    return english;
}

using Values = std::array<std::string_view, 6>;

// Places of a pattern are one digit in braces; the text between must occur in order. Each value is
// the shortest that fits, the last one reaches to the end.
std::optional<Values> match(std::string_view pattern, std::string_view text) {
    Values values;
    while (true) {
        const std::size_t brace = pattern.find('{');
        if (brace == std::string_view::npos) {
            return pattern == text ? std::optional(values) : std::nullopt;
        }
        if (!text.starts_with(pattern.substr(0, brace))) return std::nullopt;
        text.remove_prefix(brace);
        const auto place = static_cast<std::size_t>(pattern[brace + 1] - '0');
        pattern.remove_prefix(brace + 3);
        const std::string_view next = pattern.substr(0, pattern.find('{'));
        const bool last = next.size() == pattern.size();
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

}  // namespace

std::string runtime_message_in_korean(std::string_view english) {
    for (const Line& line : kLines) {
        const auto values = match(line.english, english);
        if (!values) continue;
        std::string out;
        for (std::size_t i = 0; i < line.korean.size(); ++i) {
            if (line.korean[i] == '{') {
                out += word_in_korean((*values)[static_cast<std::size_t>(line.korean[i + 1] - '0')]);
                i += 2;
            } else {
                out += line.korean[i];
            }
        }
        return out;
    }
    return std::string(english);
}

}  // namespace maek::query
