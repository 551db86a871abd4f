#include "extract/mention/name_tables.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>

#include "extract/mention/candidates.h"
#include "extract/text/utf8.h"

namespace maek::extract {

namespace {

// The last row: what the words of word-names.tsv mostly are, also such as are no names.
constexpr std::array<std::string_view, 41> kAuxiliaryClasses = {
    "person", "firm", "school", "office", "body", "country", "place", "area", "building", "event", "work", "post",
    "media", "team", "technology", "other", "mined-organisation", "mined-place", "mined-person", "mined-project",
    "mined-industry", "common", "law", "product",
    "noun", "field", "brand", "enterprise", "public-body", "institute", "academy", "landmark", "zone", "nation", "locality", "occasion", "outlet",
    "human", "role", "unit", "instrument"};

// Words of each mention list that the lexicon keeps under another name.
constexpr std::array<std::string_view, 2> kTitleLists = {"title", "title.english"};

Result<void> read_list(const std::filesystem::path& file, NameIndex& names) {
    std::ifstream in(file);
    if (!in) return Error{ErrorCode::kIo, "cannot be read", {file.string(), 0, 0}, {}};
    std::string line;
    std::uint32_t number = 0;
    while (std::getline(in, line)) {
        ++number;
        if (line.empty() || line[0] == '#') continue;
        const std::size_t tab = line.find('\t');
        const std::string_view word = tab == std::string::npos ? std::string_view() : std::string_view(line).substr(tab + 1);
        NameClass cls = auxiliary_class(word);
        if (const EntityType type = entity_type(word); type != EntityType::kNone) cls = static_cast<NameClass>(type);
        else if (cls == 0) {
            return Error{ErrorCode::kFormat, "expected a name, a tab and a class of names", {file.string(), number, 0}, {}};
        }
        names.add(std::string_view(line).substr(0, tab), cls, false, Mention::kNoEntry);
    }
    return {};
}

// What each particle says of the name before it.
std::vector<std::uint8_t> followers_of(const Particles& particles, const Lexicon& lexicon) {
    std::vector<std::uint8_t> out(lexicon.words("josa").size(), static_cast<std::uint8_t>(Follower::kOther));
    constexpr std::array<std::pair<std::string_view, Follower>, 7> kLists = {{
        {"josa.topic", Follower::kTopic}, {"josa.object", Follower::kObject}, {"josa.with", Follower::kWith}, {"josa.to", Follower::kTo},
        {"josa.at", Follower::kAt}, {"josa.by", Follower::kBy}, {"josa.of", Follower::kOf}}};
    for (const auto& [list, follower] : kLists) {
        for (const std::string& word : lexicon.words(list)) {
            std::u32string text;
            for (std::size_t at = 0; at < word.size();) text.push_back(utf8_next(word, at));
            const int number = particles.find(text);
            if (number >= 0 && static_cast<std::size_t>(number) < out.size()) out[static_cast<std::size_t>(number)] = static_cast<std::uint8_t>(follower);
        }
    }
    return out;
}

}  // namespace

NameClass auxiliary_class(std::string_view word) {
    const auto at = std::find(kAuxiliaryClasses.begin(), kAuxiliaryClasses.end(), word);
    if (at == kAuxiliaryClasses.end()) return 0;
    return static_cast<NameClass>(kFirstAuxiliary + (at - kAuxiliaryClasses.begin()));
}

Result<NameTables> NameTables::load(const std::filesystem::path& schema_folder, const Ontology& ontology,
                                    const Lexicon& lexicon) {
    NameTables tables;
    tables.particles = Particles(lexicon.words("josa"));
    tables.followers = followers_of(tables.particles, lexicon);
    tables.endings = NameEndings::load(lexicon);
    for (const LexiconForm& form : lexicon.forms()) {
        const LexiconEntry& entry = lexicon.entry(form.entry);
        const EntityType type = entity_type(ontology.entity(entry.type).name);
        if (type == EntityType::kNone) continue;
        tables.names.add(form.text, static_cast<NameClass>(type), form.ambiguous, form.entry);
    }
    for (const std::string_view list : kTitleLists) {
        for (const std::string& word : lexicon.words(list)) tables.names.add(word, kTitleClass, false, Mention::kNoEntry);
    }
    const std::filesystem::path folder = schema_folder / "model";
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& item : std::filesystem::directory_iterator(folder, error)) {
        if (item.path().filename().string().ends_with("-names.tsv")) files.push_back(item.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        if (auto read = read_list(file, tables.names); !read.ok()) return read.error();
    }
    tables.names.build();
    return tables;
}

}  // namespace maek::extract
