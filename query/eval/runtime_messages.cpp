#include "query/eval/runtime_messages.h"

#include <array>
#include <optional>

namespace maek::query {

namespace {

struct Line {
    std::string_view english, korean;  // {0} ... {4} stand for values
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
    {"the {0} has been deleted", "{0}: 삭제되었습니다"},
    {"{0} needs a non-negative integer, not {1}", "{0}: 0 이상의 정수여야 하는데 {1}입니다"},
    {"{0} needs a non-negative integer", "{0}: 0 이상의 정수여야 합니다"},
    // --- the widest
    {"{0} expects {1}, got {2}", "{0}: {1}이어야 하는데 {2}입니다"},
};

using Values = std::array<std::string_view, 5>;

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
                out += (*values)[static_cast<std::size_t>(line.korean[i + 1] - '0')];
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
