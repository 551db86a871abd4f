#include "tools/train/unlabelled.h"

#include <cstdint>
#include <fstream>
#include <vector>

#include <rapidjson/document.h>
#include <zlib.h>

namespace maek::train {
namespace {

namespace fs = std::filesystem;

// Calls `line` for every line of a gzip file.
template <class F>
Result<void> each_line(const fs::path& file, F&& line) {
    gzFile in = gzopen(file.c_str(), "rb");
    if (in == nullptr) return Error{ErrorCode::kIo, "cannot be read", {file.string(), 0, 0}, {}};
    std::string rest;
    std::vector<char> block(1 << 16);
    for (int n = 0; (n = gzread(in, block.data(), static_cast<unsigned>(block.size()))) > 0;) {
        rest.append(block.data(), static_cast<std::size_t>(n));
        std::size_t begin = 0;
        for (std::size_t end = 0; (end = rest.find('\n', begin)) != std::string::npos; begin = end + 1) {
            line(std::string_view(rest).substr(begin, end - begin));
        }
        rest.erase(0, begin);
    }
    gzclose(in);
    if (!rest.empty()) line(rest);
    return {};
}

std::string string_of(const rapidjson::Value& v, const char* key) {
    const auto it = v.FindMember(key);
    return it != v.MemberEnd() && it->value.IsString() ? it->value.GetString() : "";
}

// The id that stands near the line's begin, without reading the rest; empty when it does not.
std::string_view id_of(std::string_view line) {
    const std::size_t at = line.find("\"id\"");
    if (at > 40) return {};
    const std::size_t open = line.find('"', line.find(':', at) + 1);
    return line.substr(open + 1, line.find('"', open + 1) - open - 1);
}

template <class Wanted, class Use>
Result<void> read_all(const fs::path& shared, const Wanted& wanted, const Use& use) {
    for (const char* part : {"articles-1.jsonl.gz", "articles-2.jsonl.gz"}) {
        auto read = each_line(shared / "data/unlabelled" / part, [&](std::string_view line) {
            const std::string id(id_of(line));
            if (id.empty() || !wanted(id)) return;
            rapidjson::Document tree;
            if (tree.Parse(line.data(), line.size()).HasParseError() || !tree.IsObject()) return;
            const std::string title = string_of(tree, "title");
            use(id, (title.empty() ? "" : title + "\n\n") + string_of(tree, "text"));
        });
        if (!read.ok()) return read.error();
    }
    return {};
}

// The articles of own-*.txt: each from its line "@ id" to the next, without blank lines at its ends.
void read_own(const fs::path& folder, const std::set<std::string>& ids, std::map<std::string, std::string>& out) {
    std::error_code ignored;
    for (const auto& item : fs::directory_iterator(folder, ignored)) {
        if (!item.path().filename().string().starts_with("own-")) continue;
        std::ifstream in(item.path(), std::ios::binary);
        std::string* text = nullptr;
        for (std::string line; std::getline(in, line);) {
            if (line.starts_with("@ ")) {
                const std::string id = line.substr(2, line.find(' ', 2) - 2);
                text = ids.count(id) != 0 ? &out[id] : nullptr;
            } else if (text != nullptr) {
                *text += line + "\n";
            }
        }
    }
    for (auto& [id, text] : out) {
        if (!id.starts_with("own")) continue;
        text.erase(0, text.find_first_not_of('\n'));
        text.erase(text.find_last_not_of('\n') + 1);
        text += '\n';
    }
}

}  // namespace

Result<std::map<std::string, std::string>> unlabelled_texts(const fs::path& shared, const fs::path& own, const std::set<std::string>& ids) {
    std::map<std::string, std::string> out;
    auto read = read_all(shared, [&](const std::string& id) { return ids.count(id) != 0; },
                         [&](const std::string& id, std::string text) { out[id] = std::move(text); });
    if (!read.ok()) return read.error();
    read_own(own, ids, out);
    for (const std::string& id : ids) {
        if (out.count(id) == 0) return Error{ErrorCode::kFormat, "the text of the hand-read article is missing: " + id, {(id.starts_with("own") ? own : shared / "data" / "unlabelled").string(), 0, 0}, {}};
    }
    return out;
}

Result<void> each_unlabelled(const fs::path& shared, const std::function<void(const std::string&, const std::string&)>& use) {
    return read_all(shared, [](const std::string&) { return true; }, use);
}

int silver_fold(std::string_view id) {
    std::uint64_t h = 1469598103934665603ULL;
    for (const char c : id) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return static_cast<int>((h >> 20) % 5);
}

}  // namespace maek::train
