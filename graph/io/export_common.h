// Room: graph, inner. What every export shares: the part of the graph to write, and buffered output.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "graph/io.h"

namespace maek::graph {

// The chosen nodes and relationships, ascending.
struct Selection {
    std::vector<NodeId> nodes;
    std::vector<RelId> relationships;
    std::vector<KeyId> node_keys, rel_keys;  // with a value at any of them, ascending
};
Selection select(const Graph& graph, const ExportOptions& options);

// What the values of one key at the chosen nodes or relationships have in common.
// kTemporal: points too; `exactly` says which.
enum class CommonKind : std::uint8_t { kBoolean, kInteger, kFloat, kString, kTemporal, kList, kOther };
inline constexpr ValueKind kSeveralKinds = ValueKind::kMap;  // lists with elements of several kinds
struct KeySummary {
    CommonKind kind = CommonKind::kString;
    ValueKind exactly = ValueKind::kString;  // of kTemporal; of the elements of a kList
};
KeySummary summarize(const Graph& graph, const std::vector<NodeId>& nodes, KeyId key);
KeySummary summarize(const Graph& graph, const std::vector<RelId>& relationships, KeyId key);

// Text for a stream, handed over in pieces.
class Output {
public:
    Output(std::ostream& out, const ExportOptions& options) : out_(out), options_(options) {
        text.reserve(kPiece + 65536);
    }
    std::string text;
    // To be called after each item; false: stop, finish() says why.
    bool proceed() { return text.size() < kPiece || flush(); }
    Result<void> finish();

private:
    static constexpr std::size_t kPiece = 1 << 20;
    bool flush();
    std::ostream& out_;
    const ExportOptions& options_;
    bool failed_ = false, cancelled_ = false;
};

// The text to show for a node: name, title or id property, else its first label and number.
std::string display_name(const Graph& graph, NodeId node);

Result<void> export_graphml(const Graph&, const ExportOptions&, std::ostream&);
Result<void> export_jsonl(const Graph&, const ExportOptions&, std::ostream&);
Result<void> export_node_link(const Graph&, const ExportOptions&, std::ostream&);
Result<void> export_dot(const Graph&, const ExportOptions&, std::ostream&);
Result<void> export_gexf(const Graph&, const ExportOptions&, std::ostream&);
Result<void> export_turtle(const Graph&, const ExportOptions&, std::ostream&);

// Escaped for an XML attribute or text; what XML 1.0 cannot hold is dropped.
void append_xml(std::string& out, std::string_view text);

}  // namespace maek::graph
