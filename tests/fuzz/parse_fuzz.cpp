// Fuzz target: parse and bind. Whatever the bytes are, they give a bound statement or a QueryError
// with a place inside the text; the script functions terminate.
// Build with clang, MAEK_FUZZ and -fsanitize=fuzzer,address,undefined.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "query/engine.h"
#include "tests/query/bind/fake_catalogue.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maek::query;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    split_statements(text);
    is_incomplete(text);
    static const FakeCatalogue catalogue = [] {
        FakeCatalogue made;
        made.add_procedure("db.labels() :: (label :: STRING)");
        made.add_procedure("p.q(a :: INTEGER, b :: STRING) :: (x :: ANY, y :: NODE)");
        return made;
    }();
    try {
        bound(text, catalogue);
    } catch (const QueryError& error) {
        const maek::Error& what = error.error();
        if (!what.query || what.message.empty()) std::abort();
        point_at(text, what.where);
        error.in("ko");
    }
    return 0;
}
