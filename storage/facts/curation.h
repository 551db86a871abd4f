// Room: storage, inner (facts). What analysts ask about the facts kept: why are these names one
// node, which facts are least certain, what has been decided. All may throw StoreFailure.
// Tests: tests/storage/curation_test.cpp.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "storage/fact_store.h"
#include "storage/facts/decisions.h"
#include "storage/facts/record_view.h"

namespace maek::storage {

std::map<std::string, Decision> decisions_by_key(const RecordView& records);
DecisionTable decision_table(const std::map<std::string, Decision>& decisions);
DecisionTable decision_table(const RecordView& records);

std::vector<Explanation> explain_name(const Store& store, std::string_view name);
std::vector<ReviewItem> least_certain(const Store& store, std::size_t limit);

}  // namespace maek::storage
