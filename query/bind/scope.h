// Room: query, inner of bind/. Which names stand for which slots. A frame is one query level: the
// statement, or a subquery inside it that also sees the frame around.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "query/bind/bound.h"

namespace maek::query {

struct Frame {
    using Variables = std::map<std::string, Slot, std::less<>>;
    Variables variables;
    Frame* around = nullptr;
    bool sealed = false;           // sees only `imports` of the frame around (CALL { })
    std::set<std::string, std::less<>> imports;
    std::set<Slot> outer_reads;    // slots of frames around that were read in here

    bool sees(std::string_view name) const { return !sealed || imports.contains(name); }
};

struct Found {
    Slot slot = kNoSlot;
    Frame* frame = nullptr;  // where it was found
};

// The innermost variable of that name.
inline std::optional<Found> find_variable(Frame& frame, std::string_view name) {
    for (Frame* at = &frame; at != nullptr; at = at->around) {
        const auto it = at->variables.find(name);
        if (it != at->variables.end()) return Found{it->second, at};
        if (!at->sees(name)) return std::nullopt;
    }
    return std::nullopt;
}

// Notes that code in `frame` reads a slot of the frame `owner` around it.
inline void note_reading(Frame& frame, const Frame* owner, Slot slot) {
    for (Frame* crossed = &frame; crossed != owner; crossed = crossed->around) {
        crossed->outer_reads.insert(slot);
    }
}

}  // namespace maek::query
