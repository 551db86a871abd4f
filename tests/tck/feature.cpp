#include "tests/tck/feature.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace maek::tck {
namespace {

std::string_view trim(std::string_view s) {
    const auto first = s.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return s.substr(first, s.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string> cells_of(std::string_view row) {
    std::vector<std::string> cells;
    std::string cell;
    for (std::size_t i = 1; i < row.size(); ++i) {  // row[0] is '|'
        if (row[i] == '\\' && i + 1 < row.size() && (row[i + 1] == '|' || row[i + 1] == '\\')) {
            cell += row[++i];
        } else if (row[i] == '|') {
            cells.emplace_back(trim(cell));
            cell.clear();
        } else {
            cell += row[i];
        }
    }
    return cells;
}

// A Scenario or Outline as written.
struct Block {
    std::string name;
    std::vector<Step> steps;
    std::vector<std::vector<std::vector<std::string>>> examples;  // tables
};

class Reader {
public:
    Reader(const std::filesystem::path& file) : file_(file) {
        std::ifstream in(file, std::ios::binary);
        if (!in) throw std::runtime_error("cannot read " + file.string());
        for (std::string line; std::getline(in, line);) {
            if (!line.empty() && line.back() == '\r') line.pop_back();
            lines_.push_back(std::move(line));
        }
    }

    void read() {
        for (at_ = 0; at_ < lines_.size(); ++at_) read_line(trim(lines_[at_]));
    }

    Block background;
    std::vector<Block> blocks;

private:
    void read_line(std::string_view line) {
        if (line.empty() || line[0] == '#' || line[0] == '@') return;
        if (line.starts_with("Feature:")) return;
        if (line.starts_with("Background:")) {
            current_ = &background;
            in_examples_ = false;
        } else if (line.starts_with("Scenario Outline:") || line.starts_with("Scenario:")) {
            blocks.emplace_back();
            current_ = &blocks.back();
            current_->name = trim(line.substr(line.find(':') + 1));
            in_examples_ = false;
        } else if (line.starts_with("Examples:")) {
            block().examples.emplace_back();
            in_examples_ = true;
        } else if (line[0] == '|') {
            auto& table = in_examples_ ? block().examples.back() : step().table;
            table.push_back(cells_of(line));
        } else if (line.starts_with("\"\"\"")) {
            step().doc_string = doc_string();
        } else {
            add_step(line);
        }
    }

    void add_step(std::string_view line) {
        for (std::string_view keyword : {"Given ", "When ", "Then ", "And ", "But "}) {
            if (!line.starts_with(keyword)) continue;
            line.remove_prefix(keyword.size());
            if (line.ends_with(':')) line.remove_suffix(1);
            block().steps.push_back({std::string(line), {}, {}});
            return;
        }
        if (current_ == nullptr || current_->steps.empty()) return;  // a description
        fail("a line that is no step");
    }

    std::string doc_string() {
        const std::size_t indent = lines_[at_].find('"');
        std::string text;
        for (++at_; at_ < lines_.size() && !trim(lines_[at_]).starts_with("\"\"\""); ++at_) {
            const std::string& line = lines_[at_];
            const auto content = std::min(line.find_first_not_of(' '), indent);
            if (!text.empty()) text += '\n';
            text += content == std::string::npos ? "" : line.substr(std::min(content, line.size()));
        }
        return text;
    }

    Block& block() {
        if (current_ == nullptr) fail("something before the first scenario");
        return *current_;
    }
    Step& step() {
        if (block().steps.empty()) fail("a table or text without a step");
        return block().steps.back();
    }
    [[noreturn]] void fail(const std::string& what) const {
        throw std::runtime_error(file_.string() + ":" + std::to_string(at_ + 1) + ": " + what);
    }

    std::filesystem::path file_;
    std::vector<std::string> lines_;
    std::size_t at_ = 0;
    Block* current_ = nullptr;
    bool in_examples_ = false;
};

std::string substitute(std::string text, const std::vector<std::string>& columns,
                       const std::vector<std::string>& row) {
    for (std::size_t c = 0; c < columns.size() && c < row.size(); ++c) {
        const std::string mark = "<" + columns[c] + ">";
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + row[c].size())) {
            text.replace(at, mark.size(), row[c]);
        }
    }
    return text;
}

std::vector<Step> substituted(std::vector<Step> steps, const std::vector<std::string>& columns,
                              const std::vector<std::string>& row) {
    for (Step& step : steps) {
        step.text = substitute(std::move(step.text), columns, row);
        step.doc_string = substitute(std::move(step.doc_string), columns, row);
        for (auto& cells : step.table) {
            for (std::string& cell : cells) cell = substitute(std::move(cell), columns, row);
        }
    }
    return steps;
}

std::string number_of(const std::string& name) {
    const auto close = name.find(']');
    return name.starts_with("[") && close != std::string::npos ? name.substr(0, close + 1) : "[?]";
}

}  // namespace

std::vector<Scenario> read_feature(const std::filesystem::path& file, const std::string& id_prefix) {
    Reader reader(file);
    reader.read();
    std::vector<Scenario> out;
    for (const Block& block : reader.blocks) {
        const std::string id = id_prefix + number_of(block.name);
        const auto add = [&](const std::string& full_id, std::vector<Step> steps) {
            Scenario scenario{full_id, block.name, reader.background.steps};
            std::ranges::move(steps, std::back_inserter(scenario.steps));
            out.push_back(std::move(scenario));
        };
        if (block.examples.empty()) {
            add(id, block.steps);
            continue;
        }
        std::size_t number = 0;
        for (const auto& table : block.examples) {
            for (std::size_t r = 1; r < table.size(); ++r) {
                add(id + "." + std::to_string(++number), substituted(block.steps, table[0], table[r]));
            }
        }
    }
    return out;
}

std::vector<Scenario> read_all_features(const std::filesystem::path& tck) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(tck / "features")) {
        if (entry.path().extension() == ".feature") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    std::vector<Scenario> all;
    for (const auto& file : files) {
        auto relative = std::filesystem::relative(file, tck / "features").replace_extension();
        std::ranges::move(read_feature(file, relative.generic_string()), std::back_inserter(all));
    }
    return all;
}

}  // namespace maek::tck
