#include "tools/output/graph_summary.h"

#include <algorithm>

#include "tools/output/progress.h"
#include "tools/output/text_width.h"

namespace maek::tools {
namespace {

template <class IdType, class Count>
Census census_of(const graph::NameTable<IdType>& names, Count count) {
    Census out;
    for (std::uint32_t i = 0; i < names.size(); ++i) {
        const std::uint64_t number = count(IdType{i});
        if (number > 0) out.emplace_back(std::string(names.name(IdType{i})), number);
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    return out;
}

}  // namespace

Census labels_of(const graph::Graph& graph) {
    return census_of(graph.labels(), [&](LabelId id) { return graph.label_count(id); });
}

Census types_of(const graph::Graph& graph) {
    return census_of(graph.types(), [&](TypeId id) { return graph.type_count(id); });
}

std::string census_text(const Census& census, std::size_t width) {
    std::string out, line;
    for (std::size_t i = 0; i < census.size(); ++i) {
        std::string item = grouped(census[i].second) + " " + visible(census[i].first);
        if (i + 1 < census.size()) item += ",";
        if (!line.empty() && width_of(line) + 1 + width_of(item) > width) {
            out += line + "\n";
            line.clear();
        }
        line += line.empty() ? "    " : " ";
        line += item;
    }
    return line.empty() ? out : out + line + "\n";
}

void write_census(JsonText& json, const Census& census) {
    json.begin_object();
    for (const auto& [name, count] : census) json.member(name, static_cast<std::int64_t>(count));
    json.end_object();
}

}  // namespace maek::tools
