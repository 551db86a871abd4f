#include "tools/open_store.h"

#include <unistd.h>

#include <algorithm>

#include "schema/locate.h"
#include "schema/ontology.h"
#include "tools/input/interrupt.h"
#include "tools/input/json_value.h"

namespace maek::tools {
namespace {

using Opened = Result<std::unique_ptr<storage::Store>>;

Opened open_as(const std::filesystem::path& path, bool create, bool read_only) {
    storage::OpenOptions options;
    options.create = create;
    options.read_only = read_only;
    return storage::Store::open(path, options);
}

bool only_readable(const std::filesystem::path& path, const Error& error) {
    if (error.code == ErrorCode::kStoreInUse || error.code == ErrorCode::kReadOnly) return true;
    return error.code == ErrorCode::kIo && access(path.c_str(), R_OK | X_OK) == 0 &&
           access(path.c_str(), W_OK) != 0;
}

query::Synonyms synonyms_of(const Context& context) {
    query::Synonyms out;
    const auto folder = default_schema_folder();
    auto ontology = folder.ok() ? Ontology::load(*folder, context.options.schema_overlay)
                                : Result<Ontology>(folder.error());
    if (!ontology.ok()) {
        context.console.warn("note: without Korean names of types: " + ontology.error().text());
        return out;
    }
    for (const Synonym& synonym : ontology->label_synonyms()) {
        for (const std::string& target : synonym.targets) out.labels.emplace_back(synonym.name, target);
    }
    for (const Synonym& synonym : ontology->type_synonyms()) {
        for (const std::string& target : synonym.targets) out.types.emplace_back(synonym.name, target);
    }
    return out;
}

}  // namespace

Error Database::explained(Error error) const {
    if (!fell_back || error.code != ErrorCode::kReadOnly) return error;
    Error out = why;
    out.message += "; so this change cannot be made";
    return out;
}

Opened open_store(const Context& context, const std::filesystem::path& path, Access access, bool create) {
    const bool read = access == Access::kRead || context.options.read_only;
    return open_as(path, create && !read, read);
}

Result<Database> open_database(const Context& context, const std::filesystem::path& path, Access access,
                               bool create) {
    Database out;
    auto store = open_store(context, path, access, create);
    if (!store.ok() && access == Access::kPreferWrite && only_readable(path, store.error())) {
        out.fell_back = true;
        out.why = store.error();
        store = open_as(path, false, true);
    }
    if (!store.ok()) return std::move(store).error();
    out.store = std::move(store).value();
    out.engine = std::make_unique<query::Engine>(*out.store, synonyms_of(context));
    return out;
}

query::RunOptions run_options(const Context& context) {
    query::RunOptions out;
    out.read_only = context.options.read_only;
    out.timeout = context.options.timeout;
    out.memory_limit = context.options.memory_limit;
    out.cancelled = &interrupted();
    out.language = context.options.language;
    return out;
}

Result<MapEntry> parse_parameter(const std::string& text) {
    const std::size_t at = text.find('=');
    if (at == std::string::npos || at == 0) {
        return Error{ErrorCode::kUsage, "--param " + text + ": expected name=json-value"};
    }
    auto value = parse_json(std::string_view(text).substr(at + 1));
    if (!value.ok()) {
        return Error{ErrorCode::kUsage, "--param " + text + ": the value is " + value.error().message +
                                            "; a text is written --param '" + text.substr(0, at) +
                                            "=\"...\"'"};
    }
    return MapEntry{text.substr(text[0] == '$' ? 1 : 0, at - (text[0] == '$' ? 1 : 0)),
                    std::move(value).value()};
}

Result<query::Parameters> parameters_of(const GlobalOptions& options) {
    query::Parameters out;
    if (!options.parameter_object.empty()) {
        const auto object = parse_json(options.parameter_object);
        if (!object.ok() || !object->is(ValueKind::kMap)) {
            return Error{ErrorCode::kUsage, "--params: expected a JSON object, as in '{\"n\": 3}'" +
                                                (object.ok() ? std::string() : "; " + object.error().message)};
        }
        out.assign(object->as_map().begin(), object->as_map().end());
    }
    for (const std::string& text : options.parameters) {
        auto parameter = parse_parameter(text);
        if (!parameter.ok()) return std::move(parameter).error();
        const auto known = std::find_if(out.begin(), out.end(),
                                        [&](const MapEntry& e) { return e.first == parameter->first; });
        if (known != out.end()) {
            known->second = parameter->second;
        } else {
            out.push_back(std::move(parameter).value());
        }
    }
    std::sort(out.begin(), out.end(), [](const MapEntry& a, const MapEntry& b) { return a.first < b.first; });
    return out;
}

}  // namespace maek::tools
