#include "tools/question/names.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

#include "tools/input/spelling.h"

namespace maek::tools {
namespace {

constexpr std::string_view kArticle = "Article", kMentions = "MENTIONS";

template <class Visit>
void each_named_node(const graph::Graph& graph, Visit visit) {
    const auto article = graph.labels().find(kArticle);
    for (std::uint32_t i = 0; i < graph.node_slots(); ++i) {
        const NodeId node{i};
        if (!graph.has_node(node) || (article && graph.has_label(node, *article))) continue;
        if (!visit(node)) return;
    }
}

std::uint64_t connections(const graph::Graph& graph, NodeId node) {
    std::uint64_t sum = 0;
    for (std::uint32_t i = 0; i < graph.types().size(); ++i) {
        if (graph.types().name(TypeId{i}) == kMentions) continue;
        sum += graph.adjacent(node, TypeId{i}, graph::Direction::kOut).size();
        sum += graph.adjacent(node, TypeId{i}, graph::Direction::kIn).size();
    }
    return sum;
}

NamedNode best_of(const graph::Graph& graph, std::vector<NodeId> nodes) {
    std::stable_sort(nodes.begin(), nodes.end(),
                     [&](NodeId a, NodeId b) { return connections(graph, a) > connections(graph, b); });
    return {nodes.front(), {nodes.begin() + 1, nodes.end()}};
}

Error unknown_name(const graph::Graph& graph, std::string_view name, const std::vector<NodeId>& containing) {
    std::string message = "nothing here is called '" + std::string(name) + "'";
    std::vector<std::string> near;
    for (const NodeId node : containing) {
        if (near.size() < 5) near.push_back(display_name(graph, node));
    }
    if (near.empty()) {
        std::vector<std::string> known;
        each_named_node(graph, [&](NodeId node) {
            for (std::string& known_name : names_of(graph, node)) known.push_back(std::move(known_name));
            return known.size() < 200000;
        });
        const std::string close = closest_word(name, known);
        if (!close.empty()) near.push_back(close);
    }
    for (std::size_t i = 0; i < near.size(); ++i) message += (i == 0 ? "; did you mean '" : ", '") + near[i] + "'";
    return Error{ErrorCode::kNotFound, message + (near.empty() ? "" : "?")};
}

}  // namespace

std::string folded(std::string_view text) {
    utf8proc_uint8_t* mapped = nullptr;
    const auto length = utf8proc_map(
        reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &mapped,
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD));
    std::string all = length < 0 ? std::string(text) : std::string(reinterpret_cast<char*>(mapped), static_cast<std::size_t>(length));
    std::free(mapped);
    std::erase_if(all, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x80 && !std::isalnum(byte);
    });
    return all;
}

std::vector<std::string> names_of(const graph::Graph& graph, NodeId node) {
    std::vector<std::string> out;
    for (const char* property : {"name", "aliases"}) {
        const auto key = graph.keys().find(property);
        if (!key) continue;
        const Value value = graph.node_property(node, *key);
        if (value.is(ValueKind::kString)) out.emplace_back(value.as_string());
        if (!value.is(ValueKind::kList)) continue;
        for (const Value& item : value.as_list()) {
            if (item.is(ValueKind::kString)) out.emplace_back(item.as_string());
        }
    }
    return out;
}

Result<NamedNode> node_by_name(const graph::Graph& graph, std::string_view name) {
    const std::string wanted = folded(name);
    std::vector<NodeId> by_name, by_alias, by_fold, containing;
    each_named_node(graph, [&](NodeId node) {
        const auto names = names_of(graph, node);
        bool part = false, same = false, alias = false;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i] == name) (i == 0 ? by_name.push_back(node) : void(alias = true));
            const std::string fold = folded(names[i]);
            same = same || (!wanted.empty() && fold == wanted);
            part = part || (!wanted.empty() && fold.find(wanted) != std::string::npos);
        }
        if (alias) by_alias.push_back(node);
        if (same) by_fold.push_back(node);
        if (part) containing.push_back(node);
        return true;
    });
    for (auto* found : {&by_name, &by_alias, &by_fold}) {
        if (!found->empty()) return best_of(graph, std::move(*found));
    }
    if (containing.size() == 1) return NamedNode{containing.front(), {}};
    return unknown_name(graph, name, containing);
}

std::string display_name(const graph::Graph& graph, NodeId node) {
    for (const char* property : {"name", "title", "id"}) {
        const auto key = graph.keys().find(property);
        const Value value = key ? graph.node_property(node, *key) : Value();
        if (value.is(ValueKind::kString)) return std::string(value.as_string());
        if (value.is(ValueKind::kInteger)) return std::to_string(value.as_integer());
    }
    return "#" + std::to_string(node.value);
}

std::string display_type(const graph::Graph& graph, NodeId node) {
    for (const LabelId label : graph.labels_of(node)) {
        const std::string_view name = graph.labels().name(label);
        if (name != "Entity" && name != "Organization") return std::string(name);
    }
    return {};
}

std::vector<std::string> fact_types(const graph::Graph& graph) {
    std::vector<std::string> out;
    for (std::uint32_t i = 0; i < graph.types().size(); ++i) {
        const std::string_view name = graph.types().name(TypeId{i});
        if (name != kMentions && graph.type_count(TypeId{i}) > 0) out.emplace_back(name);
    }
    return out;
}

}  // namespace maek::tools
