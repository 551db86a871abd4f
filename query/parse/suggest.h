// Room: query, inner. "Did you mean": the known name most alike to a misspelt one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace maek::query {

// Edits (insert, delete, replace, swap of neighbours) between two texts in code points, ASCII case
// ignored; more than `most` gives most + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

// The candidate with the fewest edits, at most about a third of the word's length; of equals the
// first. None when nothing is near.
std::optional<std::string> closest_name(std::string_view word, std::span<const std::string> names);

}  // namespace maek::query
