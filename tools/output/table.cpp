#include "tools/output/table.h"

#include <algorithm>

#include "tools/output/text_width.h"

namespace maek::tools {
namespace {

struct Borders {
    std::string_view line, bar;
    std::string_view top[3], middle[3], bottom[3];  // left, between, right
};
constexpr Borders kBox = {"─", "│", {"┌", "┬", "┐"}, {"├", "┼", "┤"}, {"└", "┴", "┘"}};
constexpr Borders kPlain = {"-", "|", {"+", "+", "+"}, {"+", "+", "+"}, {"+", "+", "+"}};

std::string rule(const std::string_view (&ends)[3], std::string_view line,
                 const std::vector<std::size_t>& widths) {
    std::string out(ends[0]);
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (i > 0) out += ends[1];
        for (std::size_t k = 0; k < widths[i] + 2; ++k) out += line;
    }
    return out.append(ends[2]) + "\n";
}

constexpr std::size_t kNarrowest = 6;

}  // namespace

void Table::add(std::vector<std::string> cells, const std::vector<bool>& numbers) {
    std::vector<Cell> row;
    row.reserve(columns_.size());
    cells.resize(columns_.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        Cell cell{visible(cells[i]), 0, i < numbers.size() && numbers[i]};
        cell.width = width_of(cell.text);
        row.push_back(std::move(cell));
    }
    rows_.push_back(std::move(row));
}

// Every column as wide as its widest cell; while the sum is too much, the widest gives way.
std::vector<std::size_t> Table::widths(std::size_t max_width, const std::vector<Cell>& head) const {
    std::vector<std::size_t> out;
    for (const Cell& cell : head) out.push_back(std::max<std::size_t>(1, cell.width));
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) out[i] = std::max(out[i], row[i].width);
    }
    if (max_width == 0) return out;
    const std::size_t borders = 3 * out.size() + 1;
    std::size_t sum = borders;
    for (const std::size_t width : out) sum += width;
    while (sum > max_width) {
        const auto widest = std::max_element(out.begin(), out.end());
        if (*widest <= kNarrowest) break;
        --*widest;
        --sum;
    }
    return out;
}

std::string Table::text(const TableStyle& style) const {
    const Borders& borders = style.box_characters ? kBox : kPlain;
    std::vector<Cell> head;
    for (const std::string& name : columns_) {
        std::string shown = visible(name);
        const std::size_t wide = width_of(shown);
        head.push_back({std::move(shown), wide, false});
    }
    if (head.empty()) return {};
    const auto wide = widths(style.max_width, head);
    const auto line = [&](const std::vector<Cell>& row, bool bold) {
        std::string out(borders.bar);
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string fit = row[i].width > wide[i] ? truncated(row[i].text, wide[i]) : row[i].text;
            out += ' ';
            if (bold) out += "\x1b[1m";
            out += padded(fit, wide[i], row[i].number);
            if (bold) out += "\x1b[0m";
            out.append(" ").append(borders.bar);
        }
        return out + "\n";
    };
    std::string out = rule(borders.top, borders.line, wide);
    out += line(head, style.color);
    out += rule(borders.middle, borders.line, wide);
    for (const auto& row : rows_) out += line(row, false);
    return out + rule(borders.bottom, borders.line, wide);
}

}  // namespace maek::tools
