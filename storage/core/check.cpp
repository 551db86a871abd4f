#include <algorithm>

#include "storage/codec/keys.h"
#include "storage/core/record_encoder.h"
#include "storage/core/store_impl.h"

namespace maek::storage {
namespace {

// A finding from an error; the file it names is the place.
Finding finding_of(const Error& error, const std::filesystem::path& otherwise) {
    return {error.where.file.empty() ? otherwise.string() : error.where.file, error.message};
}

// The content sum's share of nodes and relationships, once from the records, once from the graph.
std::uint64_t sum_of_graph(const graph::Graph& graph) {
    RecordEncoder encoder(graph);
    std::uint64_t sum = 0;
    std::string value;
    for (std::uint32_t i = 0; i < graph.node_slots(); ++i) {
        if (!graph.has_node(NodeId{i})) continue;
        value.clear();
        encoder.node(NodeId{i}, value);
        sum += content_hash(id_key(KeyKind::kNode, i), value);
    }
    for (std::uint32_t i = 0; i < graph.rel_slots(); ++i) {
        if (!graph.has_rel(RelId{i})) continue;
        value.clear();
        encoder.relationship(RelId{i}, value);
        sum += content_hash(id_key(KeyKind::kRelationship, i), value);
    }
    return sum;
}

// Every row must stand in the adjacency of both its ends.
void check_adjacency(const graph::Graph& graph, std::vector<Finding>& findings) {
    for (std::uint32_t i = 0; i < graph.rel_slots(); ++i) {
        if (!graph.has_rel(RelId{i})) continue;
        const graph::RelRecord rel = graph.rel(RelId{i});
        const auto stands = [&](NodeId node, NodeId other, graph::Direction direction) {
            const auto row = graph.adjacent(node, rel.type, direction);
            return std::binary_search(row.begin(), row.end(), graph::Adjacent{other, RelId{i}});
        };
        if (graph.has_node(rel.source) && graph.has_node(rel.target) &&
            stands(rel.source, rel.target, graph::Direction::kOut) &&
            stands(rel.target, rel.source, graph::Direction::kIn))
            continue;
        findings.push_back({"relationship " + std::to_string(i), "it is missing from the adjacency of its nodes"});
        if (findings.size() >= 100) return;
    }
}

void check_indexes(const graph::Graph& graph, std::vector<Finding>& findings) {
    for (const graph::IndexInfo& info : graph.indexes()) {
        if (info.on_relationships || info.labels.size() != 1 || info.properties.size() != 1) continue;
        const auto label = graph.labels().find(info.labels.front());
        const auto key = graph.keys().find(info.properties.front());
        if (!label || !key || !graph.has_index(*label, *key)) continue;
        for (std::uint32_t i = 0; i < graph.node_slots(); ++i) {
            const NodeId node{i};
            if (!graph.has_node(node) || !graph.has_label(node, *label)) continue;
            const Value value = graph.node_property(node, *key);
            // NaN equals nothing, a list is found by its own equality; scalars must be there.
            if (value.is_null() || value.kind() == ValueKind::kList ||
                (value.is(ValueKind::kFloat) && value.as_float() != value.as_float()))
                continue;
            const auto found = graph.index_equal(*label, *key, value);
            if (std::binary_search(found.begin(), found.end(), node)) continue;
            findings.push_back({"index " + info.name, "node " + std::to_string(i) +
                                                          " is missing from it; repair it with --repair-indexes"});
            break;
        }
    }
}

}  // namespace

Result<std::vector<Finding>> Store::Impl::check(bool repair_indexes) {
    std::vector<Finding> findings;
    auto promised = read_ledger(folder.ledger_file(), folder.store_id);
    if (!promised) findings.push_back(finding_of(promised.error(), folder.ledger_file()));
    if (promised) {
        if (auto sound = verify_manifest(folder.database(), *promised); !sound)
            findings.push_back(finding_of(sound.error(), folder.database()));
        // A reader's database is of the moment of its opening, the ledger may have gone on.
        if (!options.read_only) {
            auto proved = verified_state(*database, folder, *promised, {});
            if (!proved) findings.push_back(finding_of(proved.error(), folder.database()));
        }
    }
    if (auto sound = database->verify(); !sound) findings.push_back(finding_of(sound.error(), folder.database()));

    auto rebuilt = load_graph(*database, folder, state);
    if (!rebuilt) findings.push_back(finding_of(rebuilt.error(), folder.database()));
    const graph::Graph have = snapshot();
    if (rebuilt && sum_of_graph(*rebuilt) != sum_of_graph(have))
        findings.push_back({folder.image_file().string(), "the graph in use differs from its records"});

    if (!image_problem.empty())
        findings.push_back({folder.image_file().string(),
                            "not usable, the graph was rebuilt from its records (" + image_problem + ")"});
    else if (auto mapped = MappedImage::map(folder); !mapped)
        findings.push_back(finding_of(mapped.error(), folder.image_file()));
    else if (mapped->has_value())
        if (auto graph = (*mapped)->graph(); !graph) findings.push_back(finding_of(graph.error(), folder.image_file()));

    check_adjacency(have, findings);
    std::vector<Finding> of_indexes;
    check_indexes(have, of_indexes);
    if (repair_indexes && rebuilt && !options.read_only) {
        // Indexes are no records: a graph made anew from the records has them anew.
        publish(std::move(rebuilt).value());
        if (!failed) {
            changed = true;
            if (auto renewed = renew_image(); !renewed) return renewed.error();
        }
    } else {
        findings.insert(findings.end(), of_indexes.begin(), of_indexes.end());
    }
    return findings;
}

Result<std::vector<Finding>> Store::check(bool repair_indexes) {
    if (impl_->options.read_only) return impl_->check(false);
    impl_->take_turn();
    auto findings = impl_->check(repair_indexes);
    impl_->give_turn();
    return findings;
}

}  // namespace maek::storage
