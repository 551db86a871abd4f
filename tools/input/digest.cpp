#include "tools/input/digest.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <memory>

namespace maek::tools {
namespace {

namespace fs = std::filesystem;

// 128 bits of XXH3 over a sequence of texts, each with its length, so that none runs into the next.
class Hasher {
public:
    Hasher() : state_(XXH3_createState(), &XXH3_freeState) { XXH3_128bits_reset(state_.get()); }

    void add(std::string_view text) {
        const std::uint64_t length = text.size();
        XXH3_128bits_update(state_.get(), &length, sizeof length);
        XXH3_128bits_update(state_.get(), text.data(), text.size());
    }

    void add_file(const fs::path& path) {
        std::ifstream in(path, std::ios::binary);
        std::array<char, 1 << 16> piece{};
        while (in.read(piece.data(), piece.size()) || in.gcount() > 0) {
            XXH3_128bits_update(state_.get(), piece.data(), static_cast<std::size_t>(in.gcount()));
        }
        add("");
    }

    std::string text() const {
        const XXH128_hash_t hash = XXH3_128bits_digest(state_.get());
        std::array<char, 33> out{};
        std::snprintf(out.data(), out.size(), "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                      static_cast<unsigned long long>(hash.low64));
        return out.data();
    }

private:
    std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state_;
};

}  // namespace

std::string extractor_digest(const std::vector<fs::path>& folders) {
    Hasher hasher;
    hasher.add_file("/proc/self/exe");
    for (const fs::path& folder : folders) {
        std::vector<fs::path> files;
        std::error_code fault;
        for (fs::recursive_directory_iterator it(folder, fault), end; !fault && it != end; it.increment(fault)) {
            if (it->is_regular_file(fault)) files.push_back(it->path());
        }
        std::sort(files.begin(), files.end());
        for (const fs::path& file : files) {
            hasher.add(file.lexically_relative(folder).generic_string());
            hasher.add_file(file);
        }
        hasher.add("");
    }
    return hasher.text();
}

std::string article_digest(const RawArticle& article, const std::string& extractor) {
    Hasher hasher;
    hasher.add(extractor);
    hasher.add(article.html ? "html" : "text");
    hasher.add(article.source);
    hasher.add(article.bytes);
    if (article.record) {
        for (const std::string* field : {&article.record->id, &article.record->title, &article.record->date,
                                         &article.record->source, &article.record->text}) {
            hasher.add(*field);
        }
    }
    return hasher.text();
}

}  // namespace maek::tools
