#include "schema/lexicon.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "schema/read/json_tree.h"

namespace maek {

using schema::FieldReader;
using schema::JsonTree;

namespace {

// "an ending of a name of this type may be written shorter": 대학교 -> 대.
struct ShortRule {
    TypeIndex type = kNoType;
    std::string start, ending, instead;  // start: dropped from the front
    std::size_t least = 0;               // code points that must remain
};

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::vector<std::filesystem::path> json_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> out;
    std::error_code error;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        if (it->path().extension() == ".json") out.push_back(it->path());
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

struct Lexicon::Builder {
    const Ontology& ontology;
    Lexicon out;
    std::vector<Where> written;  // by entry
    std::map<std::tuple<TypeIndex, std::string, std::string>, std::uint32_t> by_name;  // type, name, parent
    std::vector<ShortRule> rules;

    Result<void> add_folder(const std::filesystem::path& folder, bool overlay);
    Result<void> add_entries(const std::filesystem::path& file, bool overlay);
    Result<void> add_entry(const JsonTree& node, const std::string& file, const std::string& file_type, bool overlay);
    Result<void> add_rules(const JsonTree& list, const std::string& file);
    Result<void> add_words(const std::filesystem::path& file, bool overlay);
    Result<void> check_parents() const;
    void make_forms();
    std::vector<std::string> short_forms(const LexiconEntry& entry, std::string_view name) const;
};

Result<void> Lexicon::Builder::add_entry(const JsonTree& node, const std::string& file,
                                         const std::string& file_type, bool overlay) {
    FieldReader fields(node, file, "entry");
    LexiconEntry entry;
    entry.name = fields.text("name", true);
    fields.rename("entry '" + entry.name + "'");
    std::string type = fields.text("type");
    if (type.empty()) type = file_type;
    entry.type = ontology.entity_type(type);
    if (entry.type == kNoType || ontology.entity(entry.type).abstract) {
        fields.fail(node.line, "type '" + type + "' is no concrete entity type of the ontology");
    }
    entry.english = fields.text("english");
    entry.aliases = fields.texts("aliases");
    entry.former = fields.texts("former");
    entry.parent = fields.text("parent");
    entry.kind = fields.text("kind");
    entry.ambiguous = fields.flag("ambiguous");
    fields.text("note");
    const bool remove = fields.flag("remove");
    if (remove && !overlay) fields.fail(node.line, "\"remove\" is for overlays");
    const auto key = std::make_tuple(entry.type, entry.name, entry.parent);
    const auto known = by_name.find(key);
    if (known != by_name.end() && !overlay) {
        const Where& first = written[known->second];
        fields.fail(node.line, "stands twice; first at " + first.file + ":" + std::to_string(first.line));
    }
    if (auto done = fields.finish(); !done.ok()) return done;
    std::uint32_t index = 0;
    if (known != by_name.end()) {
        index = known->second;
        out.entries_[index] = std::move(entry);
        written[index] = Where{file, node.line, 0};
    } else {
        index = static_cast<std::uint32_t>(out.entries_.size());
        by_name.emplace(key, index);
        out.entries_.push_back(std::move(entry));
        written.push_back(Where{file, node.line, 0});
    }
    if (remove) out.entries_[index].type = kNoType;  // kept as a hole until make_forms
    return {};
}

Result<void> Lexicon::Builder::add_rules(const JsonTree& list, const std::string& file) {
    for (const JsonTree& node : list.items) {
        FieldReader fields(node, file, "short form");
        ShortRule rule;
        const std::string type = fields.text("type", true);
        rule.type = ontology.entity_type(type);
        if (rule.type == kNoType) fields.fail(node.line, "type '" + type + "' is no entity type");
        rule.start = fields.text("start");
        rule.ending = fields.text("ending");
        rule.instead = fields.text("instead");
        rule.least = static_cast<std::size_t>(fields.number("least", 2));
        if (rule.start.empty() && rule.ending.empty()) fields.fail(node.line, "needs \"start\" or \"ending\"");
        if (auto done = fields.finish(); !done.ok()) return done;
        rules.push_back(std::move(rule));
    }
    return {};
}

Result<void> Lexicon::Builder::add_entries(const std::filesystem::path& path, bool overlay) {
    auto tree = schema::read_json_file(path);
    if (!tree.ok()) return tree.error();
    const std::string file = path.string();
    FieldReader fields(*tree, file, "lexicon");
    if (fields.text("format", true) != "maek-lexicon") {
        fields.fail(tree->line, "format must be \"maek-lexicon\"");
    }
    if (fields.number("version", 1) != 1) fields.fail(tree->line, "only version 1 is known");
    fields.text("about");
    fields.text("source");
    const std::string type = fields.text("type");
    const JsonTree* entries = fields.list("entries");
    const JsonTree* shorts = fields.list("short_forms");
    if (auto done = fields.finish(); !done.ok()) return done;
    if (entries != nullptr) {
        for (const JsonTree& node : entries->items) {
            if (auto done = add_entry(node, file, type, overlay); !done.ok()) return done;
        }
    }
    if (shorts != nullptr) return add_rules(*shorts, file);
    return {};
}

Result<void> Lexicon::Builder::add_words(const std::filesystem::path& path, bool overlay) {
    auto tree = schema::read_json_file(path);
    if (!tree.ok()) return tree.error();
    const std::string file = path.string();
    FieldReader fields(*tree, file, "word lists");
    if (fields.text("format", true) != "maek-words") fields.fail(tree->line, "format must be \"maek-words\"");
    if (fields.number("version", 1) != 1) fields.fail(tree->line, "only version 1 is known");
    fields.text("about");
    const JsonTree* lists = fields.list("lists");
    if (auto done = fields.finish(); !done.ok()) return done;
    if (lists == nullptr) return {};
    for (const JsonTree& node : lists->items) {
        FieldReader list(node, file, "list");
        const std::string name = list.text("name", true);
        list.rename("list '" + name + "'");
        list.text("about");
        const std::vector<std::string> words = list.texts("words");
        const bool replace = list.flag("replace");
        if (!overlay && out.words_.count(name) != 0) list.fail(node.line, "stands twice");
        std::vector<std::string>& target = out.words_[name];
        if (replace) target.clear();
        std::unordered_set<std::string> seen(target.begin(), target.end());
        for (const std::string& word : words) {
            if (seen.insert(word).second) {
                target.push_back(word);
            } else if (!overlay) {
                list.fail(node.line, "holds '" + word + "' twice");
            }
        }
        if (auto done = list.finish(); !done.ok()) return done;
    }
    return {};
}

Result<void> Lexicon::Builder::add_folder(const std::filesystem::path& folder, bool overlay) {
    for (const auto& file : json_files(folder / "lexicon")) {
        if (auto done = add_entries(file, overlay); !done.ok()) return done;
    }
    for (const auto& file : json_files(folder / "words")) {
        if (auto done = add_words(file, overlay); !done.ok()) return done;
    }
    return {};
}

// A parent that is an entry itself must not lead back; a parent that is none is only a word.
Result<void> Lexicon::Builder::check_parents() const {
    std::unordered_map<std::string_view, std::uint32_t> first;
    for (std::uint32_t i = 0; i < out.entries_.size(); ++i) first.emplace(out.entries_[i].name, i);
    for (std::uint32_t i = 0; i < out.entries_.size(); ++i) {
        std::uint32_t at = i;
        for (std::size_t steps = 0; !out.entries_[at].parent.empty(); ++steps) {
            const auto next = first.find(out.entries_[at].parent);
            if (next == first.end()) break;
            if (steps > out.entries_.size() || next->second == i) {
                return Error{ErrorCode::kFormat,
                             "entry '" + out.entries_[i].name + "': its parents form a circle through '" +
                                 out.entries_[at].name + "'", written[i], {}};
            }
            if (next->second == at) break;
            at = next->second;
        }
    }
    return {};
}

std::vector<std::string> Lexicon::Builder::short_forms(const LexiconEntry& entry, std::string_view name) const {
    std::vector<std::string> made;
    for (const ShortRule& rule : rules) {
        if (rule.type != entry.type) continue;
        std::string_view rest = name;
        if (!rule.start.empty()) {
            if (!rest.starts_with(rule.start)) continue;
            rest.remove_prefix(rule.start.size());
        }
        if (!rest.ends_with(rule.ending)) continue;
        rest.remove_suffix(rule.ending.size());
        while (!rest.empty() && rest.back() == ' ') rest.remove_suffix(1);
        while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
        if (code_points(rest) < rule.least) continue;
        made.push_back(std::string(rest) + rule.instead);
    }
    return made;
}

void Lexicon::Builder::make_forms() {
    std::erase_if(out.entries_, [](const LexiconEntry& e) { return e.type == kNoType; });
    struct Raw {
        std::string text;
        std::uint32_t entry;
        FormKind kind;
    };
    std::vector<Raw> raw;
    const auto words_of = [&](std::string_view list) {
        std::unordered_set<std::string_view> set;
        for (const std::string& word : out.words(list)) set.insert(word);
        return set;
    };
    const auto homographs = words_of("homographs");
    for (std::uint32_t i = 0; i < out.entries_.size(); ++i) {
        const LexiconEntry& entry = out.entries_[i];
        std::set<std::string> seen;
        const auto add = [&](const std::string& text, FormKind kind) {
            if (!text.empty() && seen.insert(text).second) raw.push_back({text, i, kind});
        };
        add(entry.name, FormKind::kCanonical);
        add(entry.english, FormKind::kEnglish);
        for (const std::string& text : entry.aliases) add(text, FormKind::kAlias);
        for (const std::string& text : entry.former) add(text, FormKind::kFormer);
        const std::size_t listed = raw.size();
        std::vector<std::string> made;
        for (std::size_t k = listed - seen.size(); k < listed; ++k) {
            for (std::string& text : short_forms(entry, raw[k].text)) made.push_back(std::move(text));
        }
        for (const std::string& text : made) add(text, FormKind::kShort);
    }
    std::sort(raw.begin(), raw.end(), [](const Raw& a, const Raw& b) {
        return a.text != b.text ? a.text < b.text : a.entry < b.entry;
    });
    // A made short form yields to a listed one of another entry.
    std::vector<Raw> kept;
    for (std::size_t i = 0; i < raw.size();) {
        std::size_t end = i;
        bool listed = false;
        for (; end < raw.size() && raw[end].text == raw[i].text; ++end) listed |= raw[end].kind != FormKind::kShort;
        for (; i < end; ++i) {
            if (!listed || raw[i].kind != FormKind::kShort) kept.push_back(std::move(raw[i]));
        }
    }
    std::size_t bytes = 0;
    for (const Raw& r : kept) bytes += r.text.size();
    out.arena_.emplace_back();
    out.arena_.back().reserve(bytes);
    for (std::size_t i = 0; i < kept.size();) {
        std::vector<char>& store = out.arena_.back();
        const std::size_t at = store.size();
        store.insert(store.end(), kept[i].text.begin(), kept[i].text.end());
        const std::string_view text(store.data() + at, kept[i].text.size());
        std::size_t end = i;
        while (end < kept.size() && kept[end].text == kept[i].text) ++end;
        const bool shared = end - i > 1 || homographs.count(text) != 0;
        Range range{static_cast<std::uint32_t>(out.forms_.size()), static_cast<std::uint32_t>(end - i)};
        for (std::size_t k = i; k < end; ++k) {
            out.forms_.push_back({text, kept[k].entry, kept[k].kind, shared || out.entries_[kept[k].entry].ambiguous});
        }
        out.index_.emplace(text, range);
        i = end;
    }
}

Result<Lexicon> Lexicon::load(const std::filesystem::path& folder, const Ontology& ontology,
                              const std::filesystem::path& overlay) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder / "lexicon", ignored)) {
        return Error{ErrorCode::kNotFound, "no folder of lexicons", Where{(folder / "lexicon").string(), 0, 0}, {}};
    }
    Builder builder{ontology, {}, {}, {}, {}};
    if (auto done = builder.add_folder(folder, false); !done.ok()) return done.error();
    if (!overlay.empty()) {
        if (auto done = builder.add_folder(overlay, true); !done.ok()) return done.error();
    }
    if (auto done = builder.check_parents(); !done.ok()) return done.error();
    builder.make_forms();
    return std::move(builder.out);
}

std::span<const LexiconForm> Lexicon::find(std::string_view text) const {
    const auto found = index_.find(text);
    if (found == index_.end()) return {};
    return std::span(forms_).subspan(found->second.first, found->second.count);
}

std::span<const std::string> Lexicon::words(std::string_view list) const {
    const auto found = words_.find(std::string(list));
    if (found == words_.end()) return {};
    return found->second;
}

std::vector<std::string_view> Lexicon::lists() const {
    std::vector<std::string_view> out;
    for (const auto& [name, words] : words_) out.push_back(name);
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace maek
