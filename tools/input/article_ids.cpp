#include "tools/input/article_ids.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

#include "tools/input/path_text.h"

namespace maek::tools {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> parts_of(const fs::path& path) {
    std::vector<std::string> out;
    for (const fs::path& part : path.lexically_normal())
        if (!part.empty() && part != path.root_path() && part != "/") out.push_back(path_text(part));
    return out;
}

}  // namespace

FileName::FileName(const fs::path& path, const fs::path& inside) : path_(path) {
    if (path.empty()) {
        parts_ = {"stdin"};
    } else {
        std::error_code fault;
        const fs::path absolute = fs::absolute(path, fault);
        parts_ = parts_of(fault ? path : absolute);
        ending_ = path_text(path.extension());
        parts_.back() = path_text(path.stem());
        inside_ = std::clamp<std::size_t>(parts_of(inside).size(), 1, parts_.size());
    }
    id_ = parts_.back();
}

std::optional<std::string> FileName::name(std::size_t level) const {
    const auto joined = [&](std::size_t count) {
        std::string out;
        for (std::size_t i = parts_.size() - count; i < parts_.size(); ++i) out += (out.empty() ? "" : "/") + parts_[i];
        return out;
    };
    const std::size_t above = parts_.size() - inside_;  // folders that may be put before
    if (level == 0) return parts_.back();
    if (path_.empty()) return std::nullopt;
    if (level == 1) return joined(inside_);
    if (level == 2) return joined(inside_) + ending_;
    if (level < 3 + above) return joined(inside_ + level - 2);
    if (level == 3 + above) return joined(parts_.size()) + ending_;
    return std::nullopt;
}

bool FileName::comes_from(const std::string& source) const {
    const std::vector<std::string> theirs = parts_of(source);
    if (theirs.size() < inside_ || theirs.back() != parts_.back() + ending_) return false;
    return std::equal(parts_.rbegin() + 1, parts_.rbegin() + static_cast<std::ptrdiff_t>(inside_), theirs.rbegin() + 1);
}

bool FileName::another_came_from(const std::string& source) const {
    if (path_.empty() || source.find("://") != std::string::npos || comes_from(source)) return false;
    return path_text(fs::path(source).stem()) == parts_.back();
}

void settle_ids(std::vector<FileName>& files) {
    for (bool again = true; again;) {
        again = false;
        std::unordered_map<std::string, std::size_t> uses;
        for (const FileName& file : files) ++uses[file.id_];
        for (FileName& file : files) {
            if (uses[file.id_] < 2) continue;
            if (auto next = file.name(file.level_ + 1)) {
                file.id_ = *std::move(next);
                ++file.level_;
                again = true;
            }
        }
    }
}

void keep_ids(std::vector<FileName>& files, const KeptArticles& kept) {
    std::unordered_set<std::string> taken;
    std::vector<bool> settled(files.size(), false);
    // Whoever fits gets the first of its names that fits and is still free; the closest fit is asked first.
    const auto pass = [&](const auto& fits) {
        for (std::size_t i = 0; i < files.size(); ++i) {
            FileName& file = files[i];
            for (std::size_t level = 0; !settled[i]; ++level) {
                const auto name = file.name(level);
                if (!name) break;
                if (taken.contains(*name) || !fits(file, level, *name)) continue;
                taken.insert(*name);
                file.id_ = *name;
                settled[i] = true;
            }
        }
    };
    pass([&](const FileName& file, std::size_t, const std::string& name) {
        const auto source = kept.source(name);
        return source && *source == path_text(file.path_);
    });
    pass([&](const FileName& file, std::size_t, const std::string& name) {
        const auto source = kept.source(name);
        if (!source || file.path_.empty()) return false;
        return file.comes_from(*source) || (file.another_came_from(*source) && kept.same_text(name, file.path_));
    });
    pass([&](const FileName& file, std::size_t level, const std::string& name) {
        const auto source = kept.source(name);
        return level >= file.level_ && !(source && file.another_came_from(*source));
    });
}

}  // namespace maek::tools
