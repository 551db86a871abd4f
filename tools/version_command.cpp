// maek version: what this program is and what it was built with. Tests: tests/tools/usage_test.cpp.
#include "schema/locate.h"
#include "tools/commands.h"

namespace maek::tools {

int version_command(Context& context) {
    const auto folder = default_schema_folder();
    context.console.write("maek " MAEK_VERSION "\n");
    context.console.write("built " MAEK_BUILD_TYPE ", " MAEK_COMPILER "\n");
    context.console.write("schema " + (folder.ok() ? folder->string() : "none: " + folder.error().message) + "\n");
    return kDone;
}

}  // namespace maek::tools
