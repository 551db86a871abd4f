// Name tables: a vector for id to name, a hash map for name to id, both shared until they change.
#include <functional>
#include <string>
#include <unordered_map>

#include "graph/index/graph_access.h"

namespace maek::graph {

namespace {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using Lookup = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;

}  // namespace

template <class IdType>
std::optional<IdType> NameTable<IdType>::find(std::string_view name) const {
    if (!lookup_) return std::nullopt;
    const auto& lookup = *static_cast<const Lookup*>(lookup_.get());
    const auto at = lookup.find(name);
    if (at == lookup.end()) return std::nullopt;
    return IdType{at->second};
}

template <class IdType>
IdType GraphAccess::intern(NameTable<IdType>& table, std::string_view name) {
    if (const auto id = table.find(name)) return *id;
    // Made non-const here; changed in place only while no other table shares it.
    if (!table.names_) {
        table.names_ = std::make_shared<std::vector<std::string>>();
        table.lookup_ = std::make_shared<Lookup>();
    } else if (!held_alone(table.names_) || !held_alone(table.lookup_)) {
        table.names_ = std::make_shared<std::vector<std::string>>(*table.names_);
        table.lookup_ = std::make_shared<Lookup>(*static_cast<const Lookup*>(table.lookup_.get()));
    }
    auto& names = const_cast<std::vector<std::string>&>(*table.names_);
    auto& lookup = *static_cast<Lookup*>(const_cast<void*>(table.lookup_.get()));
    const auto id = static_cast<std::uint32_t>(names.size());
    names.emplace_back(name);
    lookup.emplace(std::string(name), id);
    return IdType{id};
}

template <class IdType>
void GraphAccess::assign_names(NameTable<IdType>& table, std::vector<std::string> names) {
    auto lookup = std::make_shared<Lookup>();
    for (std::uint32_t i = 0; i < names.size(); ++i) lookup->emplace(names[i], i);
    table.names_ = std::make_shared<std::vector<std::string>>(std::move(names));
    table.lookup_ = std::move(lookup);
}

template class NameTable<LabelId>;
template class NameTable<TypeId>;
template class NameTable<KeyId>;
template LabelId GraphAccess::intern(NameTable<LabelId>&, std::string_view);
template TypeId GraphAccess::intern(NameTable<TypeId>&, std::string_view);
template KeyId GraphAccess::intern(NameTable<KeyId>&, std::string_view);
template void GraphAccess::assign_names(NameTable<LabelId>&, std::vector<std::string>);
template void GraphAccess::assign_names(NameTable<TypeId>&, std::vector<std::string>);
template void GraphAccess::assign_names(NameTable<KeyId>&, std::vector<std::string>);

}  // namespace maek::graph
