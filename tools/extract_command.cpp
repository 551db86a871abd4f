// maek extract FILE|DIR|-: facts as JSON Lines, one article a line, in the order of the input.
// No store is touched, so any number of these can share the work. Tests: tests/tools/extract_test.cpp.
#include "tools/commands.h"
#include "tools/extraction.h"
#include "tools/input/interrupt.h"
#include "tools/output/facts_json.h"

namespace maek::tools {

int extract_command(Context& context, const ExtractOptions& options) {
    catch_interrupts();
    auto extraction = Extraction::open(context, options.inputs);
    if (!extraction.ok()) return context.console.fail(extraction.error());
    JsonText json;
    const ExtractionTotals totals = extraction->run([&](ArticleFacts&& facts) {
        json.clear();
        write_facts(json, facts, options.with_text);
        context.console.write(json.text());
        context.console.write("\n");
        return true;
    });
    if (totals.cancelled) return kInterrupted;
    return totals.failed > 0 ? kWorkFailed : kDone;
}

}  // namespace maek::tools
