// maek export STORE -o FILE: the graph, or what a query returns, for other programs.
// Tests: tests/tools/export_test.cpp.
#include "tools/commands.h"
#include "tools/export_graph.h"
#include "tools/input/interrupt.h"
#include "tools/open_store.h"

namespace maek::tools {

int export_command(Context& context, const ExportOptions& options) {
    const Console& console = context.console;
    catch_interrupts();
    ExportRequest request;
    request.output = options.output;
    request.kind = options.kind;
    request.dialect = options.dialect;
    graph::Graph graph;
    if (options.query.empty()) {
        auto store = open_store(context, options.store, Access::kRead);
        if (!store.ok()) return console.fail(store.error());
        graph = (*store)->snapshot();
        const auto done = export_graph(graph, request);
        if (!done.ok()) return console.fail(done.error());
    } else {
        const auto parameters = parameters_of(context.options);
        if (!parameters.ok()) return console.fail(parameters.error());
        auto database = open_database(context, options.store, Access::kRead);
        if (!database.ok()) return console.fail(database.error());
        query::RunOptions run = run_options(context);
        run.read_only = true;
        auto result = database->engine->session().run(options.query, *parameters, run);
        if (!result.ok()) return console.fail(result.error(), options.query);
        auto part = selection_of(*result);
        if (!part.ok()) return console.fail(part.error());
        request.part = std::move(part).value();
        graph = result->graph;
        const auto done = export_graph(graph, request);
        if (!done.ok()) return console.fail(done.error());
    }
    console.note(export_summary(graph, request, console));
    return kDone;
}

}  // namespace maek::tools
