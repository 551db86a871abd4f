#include <algorithm>

#include "storage/facts/fact_keys.h"
#include "storage/facts/normal_name.h"
#include "storage/facts/updater.h"

namespace maek::storage {

// Keeps the records "who states this name" in step with a changed base entity.
void Updater::index_names(const BaseId& id, Base& base) {
    const std::set<std::string> now = base.record.empty() ? std::set<std::string>() : normal_names(id, base.record);
    for (const std::string& name : base.names_before)
        if (!now.contains(name)) records_.erase(family::kName, name_prefix(id.type, name) + id.identity);
    for (const std::string& name : now)
        if (!base.names_before.contains(name)) records_.put(family::kName, name_prefix(id.type, name) + id.identity, "");
}

// All base entities of a type reachable from the names over shared names and decisions.
void Updater::collect(std::map<std::string, std::set<BaseId>>& out, const std::string& type,
                      std::set<std::string> names) {
    std::set<BaseId>& found = out[type];
    std::set<std::string> seen;
    while (!names.empty()) {
        const std::string name = names.extract(names.begin()).value();
        if (!seen.insert(name).second) continue;
        std::vector<BaseId> stating;
        records_.each(family::kName, name_prefix(type, name), [&](std::string_view key, std::string_view) {
            stating.push_back({type, std::string(key.substr(key.rfind('\0') + 1))});
        });
        for (const BaseId& id : stating) {
            if (!found.insert(id).second) continue;
            for (const std::string& other : normal_names(id, base(id).record))
                if (!seen.contains(other)) names.insert(other);
        }
        for (const auto* pairs : {&before_.merged(type), &after_.merged(type)})
            for (const auto& [a, b] : *pairs) {
                if (a == name && !seen.contains(b)) names.insert(b);
                if (b == name && !seen.contains(a)) names.insert(a);
            }
    }
}

std::map<std::string, std::set<BaseId>> Updater::region() {
    std::map<std::string, std::set<std::string>> seeds;
    std::vector<BaseId> nameless;
    for (const BaseId& id : touched_) {
        Base& changed = base(id);
        seeds[id.type].insert(changed.names_before.begin(), changed.names_before.end());
        if (changed.record.empty()) continue;
        const auto names = normal_names(id, changed.record);
        seeds[id.type].insert(names.begin(), names.end());
        nameless.push_back(id);  // names too short to identify: alone, but there
    }
    for (const auto& [type, name] : look_again_) seeds[type].insert(name);
    std::map<std::string, std::set<BaseId>> out;
    for (const auto& [type, names] : seeds) collect(out, type, names);
    for (const BaseId& id : nameless) out[id.type].insert(id);
    return out;
}

std::vector<Updater::Group> Updater::groups_of(const std::string&, const std::set<BaseId>& set) {
    const std::vector<BaseId> ids(set.begin(), set.end());
    std::vector<const BaseRecord*> records;
    for (const BaseId& id : ids) records.push_back(&base(id).record);
    const Resolution resolution = resolve(ids, records, after_);
    std::map<std::size_t, Group> groups;
    for (std::size_t i = 0; i < ids.size(); ++i) groups[resolution.group[i]].members.push_back(ids[i]);
    std::vector<Group> out;
    for (auto& [first, group] : groups) out.push_back(std::move(group));
    return out;
}

bool Updater::alive(NodeId node, const std::string& type) const {
    const graph::Graph& graph = transaction_.graph().graph();
    const auto label = graph.labels().find(type);
    return label && node.value < graph.node_slots() && graph.has_node(node) && graph.has_label(node, *label);
}

// An old node of its members where one is free: the one with the most relationships, because what
// stays need not be written again. Numbers are no part of the result.
void Updater::assign_nodes(std::vector<Group>& groups) {
    const auto degree = [&](NodeId node) {
        const graph::Graph& graph = transaction_.graph().graph();
        return graph.degree(node, graph::Direction::kIn) + graph.degree(node, graph::Direction::kOut);
    };
    std::set<NodeId> taken;
    for (Group& group : groups) {
        std::uint64_t best = 0;
        for (const BaseId& id : group.members) {
            const NodeId node{base(id).record.node};
            if (!node.valid() || taken.contains(node) || !alive(node, id.type)) continue;
            const std::uint64_t weight = degree(node) + 1;
            if (weight <= best) continue;
            best = weight;
            group.node = node;
        }
        if (group.node.valid()) taken.insert(group.node);
    }
    for (Group& group : groups) {
        if (group.node.valid()) continue;
        const std::vector<LabelId> labels = {transaction_.graph().label(group.members.front().type)};
        group.node = transaction_.graph().create_node(labels);
    }
}

// Writes down where each member lives now and which nodes it left.
void Updater::place(const Group& group) {
    placed_.insert(group.node);
    for (const BaseId& id : group.members) {
        Base& member = base(id);
        if (member.record.node == group.node.value) continue;
        const NodeId old{member.record.node};
        if (old.valid()) {
            moved_[old].insert(group.node);
            records_.erase(family::kMember, member_prefix(old) + id.bytes());
        }
        member.record.node = group.node.value;
        records_.put(family::kMember, member_prefix(group.node) + id.bytes(), "");
        records_.put(family::kBase, id.bytes(), encode_base(member.record));
    }
}

void Updater::describe(const Group& group) {
    std::map<std::string, SpellingCount> spellings;
    std::uint32_t confidence = 0;
    for (const BaseId& id : group.members) {
        const BaseRecord& record = base(id).record;
        for (const auto& [spelling, count] : record.spellings) {
            spellings[spelling].as_name += count.as_name;
            spellings[spelling].as_alias += count.as_alias;
        }
        if (!record.confidences.empty()) confidence = std::max(confidence, record.confidences.rbegin()->first);
    }
    std::string name;
    const BaseId& first = group.members.front();
    if (first.keyed()) {
        name = first.identity.substr(1);
    } else {  // the most frequent name; of these the longest; of these the first
        const auto rank = [&](const std::string& spelling) {
            return std::pair(spellings.at(spelling).as_name, spelling.size());
        };
        for (const auto& [spelling, count] : spellings)
            if (count.as_name > 0 && (name.empty() || rank(spelling) > rank(name))) name = spelling;
    }
    std::vector<Value> aliases;
    for (const auto& [spelling, count] : spellings)
        if (spelling != name) aliases.push_back(Value::string(spelling));
    set(group.node, "name", Value::string(name));
    set(group.node, "aliases", aliases.empty() ? Value() : Value::list(std::move(aliases)));
    set(group.node, "key", first.keyed() ? Value::string(name) : Value());
    set(group.node, "confidence", Value::floating(confidence / 100.0));
}

void Updater::regroup() {
    for (const BaseId& id : touched_) index_names(id, base(id));
    for (const auto& [type, ids] : region()) {
        std::set<BaseId> present;
        for (const BaseId& id : ids)
            if (!base(id).record.empty()) present.insert(id);
        std::vector<Group> groups = groups_of(type, present);
        assign_nodes(groups);
        for (const Group& group : groups) place(group);
        for (const Group& group : groups) describe(group);
    }
    for (const BaseId& id : touched_) {
        Base& changed = base(id);
        if (!changed.record.empty()) {
            records_.put(family::kBase, id.bytes(), encode_base(changed.record));
        } else if (changed.existed) {
            const NodeId old{changed.node_before};
            moved_[old];  // it lost this one to nowhere
            records_.erase(family::kMember, member_prefix(old) + id.bytes());
            records_.erase(family::kBase, id.bytes());
        }
    }
}

}  // namespace maek::storage
