#include "tools/picture/map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <unordered_map>

#include "tools/output/text_width.h"
#include "tools/picture/layout.h"
#include "tools/question/names.h"

namespace maek::tools {
namespace {

constexpr double kWidth = 1400, kHeight = 1000, kMargin = 90;
// Okabe and Ito's colours, told apart by people with any kind of colour vision.
constexpr const char* kColors[] = {"#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442",
                                   "#777777", "#44AA99", "#882255", "#117733", "#999933", "#332288"};

struct Edge {
    std::uint32_t from, to;
    std::vector<std::string> types;
};

struct Drawing {
    std::vector<NodeId> nodes;
    std::vector<Edge> edges;  // one a pair and direction
    std::vector<double> degrees;
};

std::vector<TypeId> fact_type_ids(const graph::Graph& graph) {
    std::vector<TypeId> out;
    for (const std::string& name : fact_types(graph)) out.push_back(*graph.types().find(name));
    return out;
}

Drawing drawing_of(const graph::Graph& graph, const std::vector<NodeId>& nodes) {
    Drawing out;
    out.nodes = nodes;
    out.degrees.assign(nodes.size(), 0);
    std::unordered_map<std::uint32_t, std::uint32_t> place;
    for (std::uint32_t i = 0; i < nodes.size(); ++i) place[nodes[i].value] = i;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::set<std::string>> found;
    for (const TypeId type : fact_type_ids(graph)) {
        for (std::uint32_t i = 0; i < nodes.size(); ++i) {
            for (const graph::Adjacent& next : graph.adjacent(nodes[i], type, graph::Direction::kOut)) {
                const auto other = place.find(next.node.value);
                if (other == place.end() || other->second == i) continue;
                found[{i, other->second}].insert(std::string(graph.types().name(type)));
            }
        }
    }
    for (const auto& [ends, types] : found) {
        out.edges.push_back({ends.first, ends.second, {types.begin(), types.end()}});
        out.degrees[ends.first] += 1;
        out.degrees[ends.second] += 1;
    }
    return out;
}

std::string number(double value) {
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.1f", value);
    return buffer.data();
}

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + text;
    return out;
}

}  // namespace

std::vector<NodeId> nodes_to_draw(const graph::Graph& graph, std::size_t limit, NodeId around) {
    const auto types = fact_type_ids(graph);
    const auto neighbours = [&](NodeId node) {
        std::vector<NodeId> out;
        for (const TypeId type : types) {
            for (const auto direction : {graph::Direction::kOut, graph::Direction::kIn}) {
                for (const graph::Adjacent& next : graph.adjacent(node, type, direction)) out.push_back(next.node);
            }
        }
        return out;
    };
    std::vector<NodeId> out;
    if (around.valid()) {
        std::set<NodeId> seen = {around};
        out.push_back(around);
        for (std::size_t i = 0; i < out.size() && out.size() < limit; ++i) {
            for (const NodeId next : neighbours(out[i])) {
                if (out.size() < limit && seen.insert(next).second) out.push_back(next);
            }
        }
        return out;
    }
    std::vector<std::pair<std::size_t, NodeId>> ranked;
    for (std::uint32_t i = 0; i < graph.node_slots(); ++i) {
        const std::size_t degree = graph.has_node(NodeId{i}) ? neighbours(NodeId{i}).size() : 0;
        if (degree > 0) ranked.emplace_back(degree, NodeId{i});
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [degree, node] : ranked) {
        if (out.size() < limit) out.push_back(node);
    }
    return out;
}

std::string escaped_xml(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
        }
    }
    return out;
}

std::string svg_map(const graph::Graph& graph, const std::vector<NodeId>& nodes) {
    const Drawing drawing = drawing_of(graph, nodes);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (const Edge& edge : drawing.edges) pairs.emplace_back(edge.from, edge.to);
    const auto places = force_layout(nodes.size(), pairs);
    const auto x = [&](std::size_t i) { return kWidth / 2 + places[i].x * (kWidth / 2 - kMargin); };
    const auto y = [&](std::size_t i) { return kHeight / 2 + places[i].y * (kHeight / 2 - kMargin); };
    const auto radius = [&](std::size_t i) { return 4 + 2.5 * std::sqrt(drawing.degrees[i]); };

    std::map<std::string, std::size_t> colors;  // by type, in the order of their names
    for (const NodeId node : nodes) colors.emplace(display_type(graph, node), 0);
    std::size_t next_color = 0;
    for (auto& [type, color] : colors) color = next_color++ % std::size(kColors);

    std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(kWidth) + " " + number(kHeight) +
                      "\" font-family=\"'Noto Sans KR','Noto Sans CJK KR',NanumGothic,'Malgun Gothic',sans-serif\">\n"
                      "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<g stroke=\"#9aa0a6\" stroke-opacity=\"0.55\">\n";
    for (const Edge& edge : drawing.edges) {
        out += "<line x1=\"" + number(x(edge.from)) + "\" y1=\"" + number(y(edge.from)) + "\" x2=\"" + number(x(edge.to)) +
               "\" y2=\"" + number(y(edge.to)) + "\"><title>" +
               escaped_xml(display_name(graph, nodes[edge.from]) + " → " + display_name(graph, nodes[edge.to]) + ": " + joined(edge.types)) +
               "</title></line>\n";
    }
    out += "</g>\n";
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const std::string type = display_type(graph, nodes[i]);
        out += "<circle cx=\"" + number(x(i)) + "\" cy=\"" + number(y(i)) + "\" r=\"" + number(radius(i)) + "\" fill=\"" +
               kColors[colors[type]] + "\" stroke=\"#ffffff\"><title>" + escaped_xml(display_name(graph, nodes[i]) + " (" + type + ")") +
               "</title></circle>\n";
    }
    // Names last, above everything, with a white rim; small ones for the less connected.
    out += "<g text-anchor=\"middle\" paint-order=\"stroke\" stroke=\"#ffffff\" stroke-width=\"3\" fill=\"#202124\">\n";
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const double size = std::min(20.0, 9 + 1.5 * std::sqrt(drawing.degrees[i]));
        out += "<text x=\"" + number(x(i)) + "\" y=\"" + number(y(i) - radius(i) - 3) + "\" font-size=\"" + number(size) + "\">" +
               escaped_xml(truncated(visible(display_name(graph, nodes[i])), 28)) + "</text>\n";
    }
    out += "</g>\n<g font-size=\"14\">\n";
    double line = 24;
    for (const auto& [type, color] : colors) {
        out += "<circle cx=\"20\" cy=\"" + number(line - 5) + "\" r=\"6\" fill=\"" + kColors[color] + "\"/><text x=\"34\" y=\"" +
               number(line) + "\" fill=\"#202124\">" + escaped_xml(type.empty() ? "?" : type) + "</text>\n";
        line += 20;
    }
    return out + "</g>\n</svg>\n";
}

}  // namespace maek::tools
