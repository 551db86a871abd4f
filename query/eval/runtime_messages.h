// Room: query, inner. The messages of running statements in Korean. Evaluation and executor write
// English, with values in the middle; where a message leaves the room, its English pattern is found
// again and the values are put into the Korean one. So a missing line costs a translation, never an
// answer. Messages of parse/ and bind/ have their own table (parse/messages.h).
// Tests: tests/query/eval/runtime_messages_test.cpp.
#pragma once

#include <string>
#include <string_view>

namespace maek::query {

// The message in Korean; itself when no line of the table fits.
std::string runtime_message_in_korean(std::string_view english);

}  // namespace maek::query
