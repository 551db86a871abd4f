#include "storage/facts/resolution.h"

#include <algorithm>
#include <numeric>

#include "storage/codec/bytes.h"
#include "storage/facts/normal_name.h"

namespace maek::storage {

std::string encode_base(const BaseRecord& record) {
    std::string bytes;
    ByteWriter out(bytes);
    out.fixed32(record.node);
    out.varint(record.spellings.size());
    for (const auto& [spelling, count] : record.spellings) {
        out.text(spelling);
        out.varint(count.as_name);
        out.varint(count.as_alias);
    }
    out.varint(record.confidences.size());
    for (const auto& [confidence, articles] : record.confidences) {
        out.varint(confidence);
        out.varint(articles);
    }
    return bytes;
}

std::optional<BaseRecord> decode_base(std::string_view bytes) {
    ByteReader in(bytes);
    BaseRecord record;
    record.node = in.fixed32();
    for (std::uint64_t n = in.count(3); n > 0 && !in.failed(); --n) {
        std::string spelling(in.text());
        record.spellings[std::move(spelling)] = SpellingCount{in.varint32(), in.varint32()};
    }
    for (std::uint64_t n = in.count(2); n > 0 && !in.failed(); --n) {
        const std::uint32_t confidence = in.varint32();
        record.confidences[confidence] = in.varint32();
    }
    if (!in.finished()) return std::nullopt;
    return record;
}

std::set<std::string> normal_names(const BaseId& id, const BaseRecord& record) {
    std::set<std::string> names;
    for (const auto& [spelling, count] : record.spellings)
        if (std::string normal = normal_name(id.type, spelling); can_identify(normal)) names.insert(std::move(normal));
    if (id.keyed())
        if (std::string normal = normal_name(id.type, std::string_view(id.identity).substr(1)); can_identify(normal))
            names.insert(std::move(normal));
    return names;
}

namespace {

class Groups {
public:
    explicit Groups(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
    std::size_t find(std::size_t i) {
        while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
        return i;
    }
    void join(std::size_t a, std::size_t b) {  // the smaller index represents
        a = find(a);
        b = find(b);
        parent_[std::max(a, b)] = std::min(a, b);
    }

private:
    std::vector<std::size_t> parent_;
};

class Resolver {
public:
    Resolver(const std::vector<BaseId>& ids, const std::vector<const BaseRecord*>& records,
             const DecisionTable& decisions)
        : ids_(ids), decisions_(decisions), groups_(ids.size()) {
        for (std::size_t i = 0; i < ids.size(); ++i) {
            names_.push_back(normal_names(ids[i], *records[i]));
            for (const auto& name : names_.back()) stating_[name].push_back(i);
        }
    }

    Resolution run() {
        apply_merges();
        while (round()) {
        }
        Resolution out;
        for (std::size_t i = 0; i < ids_.size(); ++i) out.group.push_back(groups_.find(i));
        out.reasons = std::move(reasons_);
        return out;
    }

private:
    void join(std::size_t a, std::size_t b, std::string name) {
        if (groups_.find(a) == groups_.find(b)) return;
        reasons_.push_back({a, b, std::move(name)});
        groups_.join(a, b);
    }

    // An analyst's word: all that state one of the two names by themselves.
    void apply_merges() {
        if (ids_.empty()) return;
        for (const auto& [a, b] : decisions_.merged(ids_.front().type)) {
            std::vector<std::size_t> meant;
            for (std::size_t i = 0; i < ids_.size(); ++i)
                if (is_called(i, a) || is_called(i, b)) meant.push_back(i);
            for (std::size_t i = 1; i < meant.size(); ++i) join(meant[i], meant[0], {});
        }
    }

    // By its own name or key, not by an alias.
    bool is_called(std::size_t i, const std::string& normal) const {
        if (!ids_[i].keyed()) return own_name(i) == normal;
        return normal_name(ids_[i].type, std::string_view(ids_[i].identity).substr(1)) == normal;
    }
    std::string own_name(std::size_t i) const {
        const std::string& identity = ids_[i].identity;
        return identity.substr(1, identity.find('\x01') - 1);
    }
    bool split_off(std::size_t i) const { return ids_[i].identity.find('\x01') != std::string::npos; }

    bool forbidden(std::size_t a, std::size_t b) {
        const auto& pairs = decisions_.split(ids_.front().type);
        if (pairs.empty()) return false;
        a = groups_.find(a);
        b = groups_.find(b);
        for (const auto& [x, y] : pairs)
            for (const auto& [first, second] : {std::pair(a, b), std::pair(b, a)})
                if (group_is_called(first, x) && group_is_called(second, y)) return true;
        return false;
    }
    bool group_is_called(std::size_t group, const std::string& name) {
        for (std::size_t i = 0; i < ids_.size(); ++i)
            if (groups_.find(i) == group && is_called(i, name)) return true;
        return false;
    }

    struct WayOut {
        std::set<std::size_t> groups;
        std::size_t from = 0, to = 0;
        bool fixed = false;  // holds a key, or was split off: goes nowhere by itself
        std::string name;
    };

    bool round() {
        std::map<std::size_t, WayOut> ways;
        for (std::size_t i = 0; i < ids_.size(); ++i) {
            WayOut& way = ways[groups_.find(i)];
            if (ids_[i].keyed() || split_off(i)) {
                way.fixed = true;
                continue;
            }
            const std::string name = own_name(i);
            const auto stating = stating_.find(name);
            if (stating == stating_.end()) continue;
            for (const std::size_t other : stating->second) {
                const std::size_t group = groups_.find(other);
                if (group == groups_.find(i) || split_off(other)) continue;
                if (way.groups.insert(group).second && way.groups.size() == 1) {
                    way.from = i;
                    way.to = other;
                    way.name = name;
                }
            }
        }
        bool changed = false;
        for (const auto& [group, way] : ways) {
            if (way.fixed || way.groups.size() != 1 || forbidden(way.from, way.to)) continue;
            if (groups_.find(way.from) == groups_.find(way.to)) continue;
            join(way.from, way.to, way.name);
            changed = true;
        }
        return changed;
    }

    const std::vector<BaseId>& ids_;
    const DecisionTable& decisions_;
    Groups groups_;
    std::vector<std::set<std::string>> names_;
    std::map<std::string, std::vector<std::size_t>> stating_;
    std::vector<MergeReason> reasons_;
};

}  // namespace

Resolution resolve(const std::vector<BaseId>& ids, const std::vector<const BaseRecord*>& records,
                   const DecisionTable& decisions) {
    return Resolver(ids, records, decisions).run();
}

}  // namespace maek::storage
