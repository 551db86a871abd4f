// Room: extract, inner. What a fact carries beside its two ends: the post of a person, the amount of
// a funding, the work that is commissioned, the day. All read from the stating sentence.
// Tests: tests/extract/relation/properties_test.cpp.
#pragma once

#include <optional>
#include <string>

#include "extract/relation/decide.h"
#include "extract/relation/funding_amounts.h"

namespace maek::extract {

class PropertyReader {
public:
    PropertyReader(const Document& document, const LinkedDocument& linked, const RelationWords& words)
        : document_(document), words_(words), amounts_(document, linked, words) {}

    void read(Judged& fact) const;

    std::string role(const Judged& fact) const;
    // The money that this payer gives for this thing; none when the sentence names none.
    std::optional<std::int64_t> amount(const Judged& fact) const { return amounts_.of(fact); }
    std::string subject(const Judged& fact) const;
    std::string date(const Judged& fact) const;

private:
    const Document& document_;
    const RelationWords& words_;
    FundingAmounts amounts_;
};

}  // namespace maek::extract
