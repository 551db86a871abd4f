// maek schema: what kinds of things and relations maek knows, in English and Korean.
// Tests: tests/tools/schema_test.cpp.
#include "schema/locate.h"
#include "schema/ontology.h"
#include "tools/commands.h"

namespace maek::tools {

int schema_command(Context& context) {
    const auto folder = default_schema_folder();
    if (!folder.ok()) return context.console.fail(folder.error());
    const auto ontology = Ontology::load(*folder, context.options.schema_overlay);
    if (!ontology.ok()) return context.console.fail(ontology.error());
    const std::string text = ontology->describe(context.console.korean());
    context.console.write(text);
    if (!text.ends_with('\n')) context.console.write("\n");
    return kDone;
}

}  // namespace maek::tools
