// Room: storage, inner (facts). Carries changes of articles and decisions into base entities, nodes
// and relationships, touching only what they reach. Steps, one function each:
//   replace()          counts and statements of the changed articles
//   regroup()          resolves the base entities that share a name with a changed one, gives each
//                      group a node (an old one where it can)
//   relink_articles()  MENTIONS of changed articles, and of those whose entities moved
//   rebuild_edges()    relations between nodes whose statements or members changed
// The result depends only on the articles and decisions kept (node numbers aside).
// Tests: tests/storage/fact_store_test.cpp, curation_test.cpp.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "schema/facts.h"
#include "storage/facts/contribution.h"
#include "storage/facts/record_view.h"
#include "storage/facts/resolution.h"
#include "storage/store.h"

namespace maek::storage {

class Updater {
public:
    // before: the decisions by which the kept articles were derived. after: those to apply.
    Updater(const Store& store, WriteTransaction& transaction, const DecisionTable& before, const DecisionTable& after);

    // A null pointer: was or will be not there. All may throw StoreFailure.
    void replace(const std::string& id, const ArticleFacts* was, const ArticleFacts* becomes);
    // Entities of that name are looked at again even if no article changes (merge, split).
    void look_again(const std::string& type, const std::string& normal);
    void relation_decided(const Decision& decision);
    // Carries everything out and puts the records into the transaction.
    void finish();

    RecordView& records() { return records_; }

private:
    struct Base {
        BaseRecord record;
        std::set<std::string> names_before;
        std::uint32_t node_before = 0xFFFFFFFFu;
        bool existed = false;
    };
    struct Pair {
        NodeId source;
        std::string relation;
        NodeId target;
        auto operator<=>(const Pair&) const = default;
    };
    struct Group {
        std::vector<BaseId> members;  // ascending; the first represents
        NodeId node;
    };

    // updater.cpp
    Base& base(const BaseId& id);
    void subtract(const std::string& article, const Contribution& contribution);
    void add(const std::string& article, const Contribution& contribution);
    NodeId article_node(const std::string& id) const;
    void put_article(const std::string& id, const ArticleFacts& facts);
    void set(NodeId node, std::string_view key, const Value& value);
    void set(RelId rel, std::string_view key, const Value& value);
    void delete_with_relationships(NodeId node);

    // updater_groups.cpp
    void regroup();
    void index_names(const BaseId& id, Base& base);
    std::map<std::string, std::set<BaseId>> region();
    void collect(std::map<std::string, std::set<BaseId>>& out, const std::string& type, std::set<std::string> names);
    std::vector<Group> groups_of(const std::string& type, const std::set<BaseId>& ids);
    void assign_nodes(std::vector<Group>& groups);
    bool alive(NodeId node, const std::string& type) const;
    void place(const Group& group);
    void describe(const Group& group);

    // updater_edges.cpp
    void relink_articles();
    void relink(const std::string& id, const Contribution& contribution);
    void index_pairs();
    void mark_edges_of_lost_nodes();
    void mark_stated_pairs(const std::set<NodeId>& heirs);
    void rebuild_edges();
    void rebuild(const Pair& pair);
    std::vector<BaseId> members(NodeId node) const;
    NodeId node_of(const BaseId& id);
    Pair pair_of(const BaseEdge& edge);
    struct Stated {
        std::map<std::string, std::vector<std::pair<std::string, Statement>>> by_variant;  // article, statement
    };
    void gather(Stated& out, const std::vector<BaseId>& sources, const std::string& relation,
                const std::vector<BaseId>& targets) const;
    std::optional<Decision::Kind> decided(const std::vector<BaseId>& sources, const std::string& relation,
                                          const std::vector<BaseId>& targets);
    void write_edge(RelId rel, const std::vector<std::pair<std::string, Statement>>& statements, bool accepted);

    WriteTransaction& transaction_;
    RecordView records_;
    const DecisionTable& before_;
    const DecisionTable& after_;
    std::map<BaseId, Base> bases_;
    std::set<BaseId> touched_;
    std::set<std::pair<std::string, std::string>> look_again_;  // type, normal name
    std::map<std::string, Contribution> changed_articles_;
    std::set<BaseEdge> dirty_edges_;
    std::map<NodeId, std::set<NodeId>> moved_;  // a node that lost a base entity -> where to
    std::set<NodeId> placed_;                   // nodes that are some group's
    std::set<Pair> dirty_pairs_;
};

}  // namespace maek::storage
