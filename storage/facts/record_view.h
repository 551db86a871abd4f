// Room: storage, inner (facts). The store's records with the changes of a transaction on top: what
// was put is read back before it is committed. Failures of the store are thrown as StoreFailure and
// caught in fact_store.cpp only. Tests: tests/storage/fact_store_test.cpp.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "storage/store.h"

namespace maek::storage {

struct StoreFailure {
    Error error;
};

// Throws the error of a failed Result.
template <class T>
T need(Result<T> result) {
    if (!result) throw StoreFailure{result.error()};
    return std::move(result).value();
}
inline void need(const Result<void>& result) {
    if (!result) throw StoreFailure{result.error()};
}

// A record that our own encoder did not write.
[[noreturn]] void throw_unreadable(std::string_view family, std::string_view key, const Store& store);

// The families of the facts; part of the format.
namespace family {
inline constexpr std::string_view kArticle = "article";    // id -> node, facts
inline constexpr std::string_view kDigest = "digest";      // id -> the caller's digest
inline constexpr std::string_view kBase = "base";          // type 0 identity -> counts, node
inline constexpr std::string_view kName = "name";          // type 0 normal name 0 identity
inline constexpr std::string_view kMember = "member";      // node, big endian + type 0 identity
inline constexpr std::string_view kStated = "stated";      // source, relation, target, variant, article
inline constexpr std::string_view kPair = "pair";          // 'o' source target relation, 'i' reversed
inline constexpr std::string_view kDecision = "decision";  // what it is about -> decision
}  // namespace family

class RecordView {
public:
    explicit RecordView(const Store& store) : store_(store) {}

    std::optional<std::string> get(std::string_view family, std::string_view key) const;
    void put(std::string_view family, std::string_view key, std::string value);
    void erase(std::string_view family, std::string_view key);
    // Keys with the prefix, ascending.
    void each(std::string_view family, std::string_view prefix,
              const std::function<void(std::string_view key, std::string_view value)>& visit) const;
    void write_to(WriteTransaction& transaction) const;
    const Store& store() const { return store_; }

private:
    const Store& store_;
    std::map<std::string, std::map<std::string, std::optional<std::string>, std::less<>>, std::less<>> changes_;
};

}  // namespace maek::storage
