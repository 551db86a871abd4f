// Room: extract, inner. Which of the amounts in a sentence a payer gives for a thing: the one beside its name, its
// place in a row of shares, its part of a sum that is halved or divided ("3대 7로"); where the sentence tells only the sum,
// or nothing, the share that a sentence near it tells.
// Effects, revenue and other people's money are none. Tests: tests/extract/relation/properties_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "extract/relation/decide.h"
#include "extract/relation/relation_words.h"

namespace maek::extract {

class FundingAmounts {
public:
    // All must outlive it. Linear in the text, and nothing to do for an article without money.
    FundingAmounts(const Document& document, const LinkedDocument& linked, const RelationWords& words);

    // In won; none: the sentence and those beside it name none that this payer may give.
    std::optional<std::int64_t> of(const Judged& fact) const;

private:
    struct Body {  // a name or a word that stands for it
        ByteSpan span;
        std::uint32_t entity = 0;
    };
    struct Row {  // bodies of one enumeration: [begin, end) of the sentence's
        std::size_t begin = 0, end = 0;
    };

    struct Said {  // what a sentence names, by place
        std::vector<Body> bodies;
        std::vector<const Money*> money;
    };

    Said said_in(std::uint32_t sentence) const;
    Row row_around(const std::vector<Body>& bodies, std::size_t at) const;
    const Money* share_in_order(const Judged& fact, const Said& said) const;
    const Money* only_amount(std::uint32_t sentence, EntityType payer) const;
    bool in_clause_of(ByteSpan name, std::uint32_t target, const Said& said, const Money& money) const;
    bool is_his_alone(const Judged& fact, const Said& said, const Money& money) const;
    bool is_of_another(const Judged& fact, const Said& said, const Money& money) const;
    bool is_about(const Judged& fact, const Money* sum, const Said& said) const;
    const Money* share_in(std::uint32_t sentence, const Judged& fact, const Money* sum) const;
    const Money* told_elsewhere(const Judged& fact, const Money* sum) const;
    long fitness(const Judged& fact, const Said& said, const Money& money) const;
    bool adds_up(const Judged& fact, const Said& said, const Money& each, const Money& sum) const;
    const Money* fittest(const Judged& fact, const Said& said, long& score) const;
    long nearness(const Judged& fact, const Said& said, const Money& money) const;
    std::int64_t part_of(const Money& sum, const Judged& fact, const Said& said) const;

    const Document& document_;
    const LinkedDocument& linked_;
    std::vector<Body> bodies_;  // of the article, by place
};

}  // namespace maek::extract
