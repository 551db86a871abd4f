// Room: tools. What `build` and `extract` share: articles in from many places, facts out in the
// order of the input, extracted by several threads. Tests: tests/tools/extract_test.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "schema/facts.h"
#include "tools/commands.h"

namespace maek::tools {

struct ExtractionTotals {
    std::uint64_t articles = 0;  // extracted or known
    std::uint64_t known = 0;     // not extracted again
    std::uint64_t failed = 0;    // could not be read; one line each was printed
    std::uint64_t skipped = 0;   // files of other kinds in folders
    std::uint64_t bytes = 0;     // of input
    bool cancelled = false;
    bool stopped = false;        // take() said so
};

class Extraction {
public:
    // Finds the inputs and loads the schema. kNotFound: an input that is missing; kFormat: schema.
    static Result<Extraction> open(const Context& context, const std::vector<std::string>& inputs);
    Extraction(Extraction&&) noexcept;
    ~Extraction();

    // Files that a store holds already keep the ids they have there. Before run(). text: of the
    // article of that id, empty when there is none.
    void keep_ids(const std::function<std::optional<std::string>(const std::string& id)>& source,
                  const std::function<std::string(const std::string& id)>& text);

    // Facts and the digest of what they were made from.
    using Take = std::function<bool(ArticleFacts&& facts, std::string&& digest)>;
    // Whether the facts of that digest are known already; asked from many threads.
    using Known = std::function<bool(const std::string& id, const std::string& digest)>;

    // take() gets the facts in the order of the inputs; false stops. What cannot be read is told
    // in one line each on stderr, and the rest goes on. What is known is only counted. When
    // cancelled, threads may still be busy with a long article: the process has then ended with
    // 130 already. Without `known` no digests are made.
    ExtractionTotals run(const Take& take, const Known& known = {});

private:
    struct Parts;
    explicit Extraction(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

// Ends the process with 130 without waiting for threads. What was committed stays.
[[noreturn]] void leave_at_once();

}  // namespace maek::tools
