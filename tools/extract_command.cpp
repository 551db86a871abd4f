// maek extract FILE|DIR|-: facts as JSON Lines, one article a line, in the order of the input.
// No store is touched, so any number of these can share the work. Tests: tests/tools/extract_test.cpp.
#include <string>

#include "extract/facts_json.h"
#include "tools/commands.h"
#include "tools/extraction.h"
#include "tools/input/interrupt.h"

namespace maek::tools {

int extract_command(Context& context, const ExtractOptions& options) {
    catch_interrupts();
    auto extraction = Extraction::open(context, options.inputs);
    if (!extraction.ok()) return context.console.fail(extraction.error());
    std::string line;
    const ExtractionTotals totals = extraction->run([&](ArticleFacts&& facts, std::string&&) {
        line.clear();
        extract::append_facts_json(facts, line);
        context.console.write(line += '\n');
        return true;
    });
    if (totals.cancelled) return kInterrupted;
    return totals.failed > 0 ? kWorkFailed : kDone;
}

}  // namespace maek::tools
