// Room: tools. Statements of a script run one after the other in a session, their answers written.
// What `query` and `shell` share. Tests: tests/tools/query_test.cpp.
#pragma once

#include <string_view>

#include "query/engine.h"
#include "tools/commands.h"
#include "tools/open_store.h"
#include "tools/output/result_writer.h"

namespace maek::tools {

struct StatementRun {
    Format format = Format::kTable;
    TableStyle style;
    Sink sink;
    bool keep_going = false;
    bool summary = false;  // "3 rows, 12 ms" on stderr after each answer
    std::size_t max_rows = 0;  // of a table; the rest is told in a note; 0: all
    std::string file;      // named in errors
};

// The style of tables that this terminal can show.
TableStyle table_style(const Context& context);

// The exit code: 0, or that of the (last) failure, which was printed with line, column and caret.
int run_statements(const Context& context, Database& database, query::Session& session,
                   std::string_view script, const query::Parameters& parameters, const StatementRun& run);

// The place of a fault in a statement, as a place in the script that it stands in.
Where place_in_script(std::string_view script, const query::StatementText& statement, Where where);

}  // namespace maek::tools
