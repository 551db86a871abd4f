// Room: tools, inner. Rows of texts with straight borders, whatever the script.
// Tests: tests/tools/table_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace maek::tools {

struct TableStyle {
    bool box_characters = true;
    bool color = false;          // the head in bold
    std::size_t max_width = 0;   // columns of the terminal; 0: as wide as it takes
};

class Table {
public:
    explicit Table(std::vector<std::string> columns) : columns_(std::move(columns)) {}

    // One text a column; control characters are shown escaped. `numbers[i]`: align to the right.
    void add(std::vector<std::string> cells, const std::vector<bool>& numbers = {});
    bool empty() const { return rows_.empty(); }

    // Columns that do not fit are cut with '…', the widest first.
    std::string text(const TableStyle& style) const;

private:
    struct Cell {
        std::string text;
        std::size_t width = 0;
        bool number = false;
    };
    std::vector<std::size_t> widths(std::size_t max_width, const std::vector<Cell>& head) const;
    std::vector<std::string> columns_;
    std::vector<std::vector<Cell>> rows_;
};

}  // namespace maek::tools
