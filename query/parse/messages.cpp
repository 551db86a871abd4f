#include "query/parse/messages.h"

#include <vector>

#include "query/parse/korean_text.h"

namespace maek::query {

namespace {

constexpr MessageText kTexts[] = {
#define MAEK_MESSAGE_TEXT(id, type, detail, status, english, korean) \
    {type, detail, status, english, korean},
    MAEK_MESSAGES(MAEK_MESSAGE_TEXT)
#undef MAEK_MESSAGE_TEXT
};

}  // namespace

const MessageText& message_text(Message message) { return kTexts[static_cast<std::size_t>(message)]; }

std::string format_message(Message message, std::span<const std::string> details,
                           std::string_view language) {
    const MessageText& texts = message_text(message);
    if (language == "ko") {
        return fill_korean(texts.korean, std::vector<std::string_view>(details.begin(), details.end()));
    }
    const std::string_view form = texts.english;
    std::string out;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool place = i + 2 < form.size() && form[i] == '{' && form[i + 2] == '}' &&
                           form[i + 1] >= '0' && form[i + 1] <= '9';
        if (!place) {
            out += form[i];
            continue;
        }
        const auto index = static_cast<std::size_t>(form[i + 1] - '0');
        if (index < details.size()) out += details[index];
        i += 2;
    }
    return out;
}

}  // namespace maek::query
