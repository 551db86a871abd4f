#include "tools/output/result_writer.h"

#include <utility>

#include "tools/output/value_text.h"

namespace maek::tools {
namespace {

constexpr std::size_t kPiece = 1 << 16;

struct Counter {
    std::uint64_t query::UpdateCounts::*member;
    const char *key, *english, *korean;
};
constexpr Counter kCounters[] = {
    {&query::UpdateCounts::nodes_created, "nodes_created", "nodes created", "노드 생성"},
    {&query::UpdateCounts::nodes_deleted, "nodes_deleted", "nodes deleted", "노드 삭제"},
    {&query::UpdateCounts::relationships_created, "relationships_created", "relationships created", "관계 생성"},
    {&query::UpdateCounts::relationships_deleted, "relationships_deleted", "relationships deleted", "관계 삭제"},
    {&query::UpdateCounts::properties_set, "properties_set", "properties set", "속성 설정"},
    {&query::UpdateCounts::labels_added, "labels_added", "labels added", "레이블 추가"},
    {&query::UpdateCounts::labels_removed, "labels_removed", "labels removed", "레이블 제거"},
    {&query::UpdateCounts::indexes_added, "indexes_added", "indexes added", "인덱스 추가"},
    {&query::UpdateCounts::indexes_removed, "indexes_removed", "indexes removed", "인덱스 제거"},
    {&query::UpdateCounts::constraints_added, "constraints_added", "constraints added", "제약 추가"},
    {&query::UpdateCounts::constraints_removed, "constraints_removed", "constraints removed", "제약 제거"},
};

bool structured(const Value& value) {
    switch (value.kind()) {
        case ValueKind::kList:
        case ValueKind::kMap:
        case ValueKind::kNode:
        case ValueKind::kRelationship:
        case ValueKind::kPath:
        case ValueKind::kPoint: return true;
        default: return false;
    }
}

// For machines that read columns: null is nothing, what has an inside is JSON.
std::string column_text(const Value& value, const graph::Graph& graph, JsonText& json) {
    if (value.is_null()) return {};
    if (!structured(value)) return plain_text(value, graph);
    json.clear();
    json.value(value, graph);
    return std::string(json.text());
}

std::string csv_cell(const std::string& text, bool quote_empty) {
    if (text.empty()) return quote_empty ? "\"\"" : "";
    if (text.find_first_of(",\"\r\n") == std::string::npos && text.front() != ' ' && text.back() != ' ') {
        return text;
    }
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

std::string tsv_cell(const std::string& text, bool) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '\t': out += "\\t"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\\': out += "\\\\"; break;
            default: out += c;
        }
    }
    return out;
}

// Comma or tab separated: a head line, then a line a row.
template <class Cell>
void write_separated(const query::QueryResult& result, char separator, std::string_view line_end, Cell cell,
                     const Sink& sink) {
    JsonText json;
    std::string out;
    for (std::size_t i = 0; i < result.columns.size(); ++i) {
        if (i > 0) out += separator;
        out += cell(result.columns[i], true);
    }
    if (!result.columns.empty()) out += line_end;
    for (const auto& row : result.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) out += separator;
            out += cell(column_text(row[i], result.graph, json), row[i].is(ValueKind::kString));
        }
        out += line_end;
        if (out.size() >= kPiece) sink(std::exchange(out, {}));
    }
    sink(out);
}

void write_table(const query::QueryResult& result, const TableStyle& style, const Sink& sink) {
    if (!result.columns.empty()) {
        Table table(result.columns);
        std::vector<bool> numbers(result.columns.size());
        for (const auto& row : result.rows) {
            std::vector<std::string> cells;
            cells.reserve(row.size());
            for (std::size_t i = 0; i < row.size(); ++i) {
                cells.push_back(plain_text(row[i], result.graph));
                numbers[i] = row[i].is_number();
            }
            table.add(std::move(cells), numbers);
        }
        sink(table.text(style));
    }
    if (!result.plan.empty()) sink(result.plan + (result.plan.back() == '\n' ? "" : "\n"));
}

void write_markdown(const query::QueryResult& result, const Sink& sink) {
    const auto cell = [](const std::string& text) {
        std::string out;
        for (const char c : text) {
            if (c == '|' || c == '\\') out += '\\';
            if (c == '\n') out += "<br>";
            else if (c != '\r') out += c;
        }
        return out;
    };
    std::string out;
    if (!result.columns.empty()) {
        for (const auto& name : result.columns) out += "| " + cell(name) + " ";
        out += "|\n";
        for (std::size_t i = 0; i < result.columns.size(); ++i) {
            const bool number = !result.rows.empty() && result.rows.front()[i].is_number();
            out += number ? "| ---: " : "| --- ";
        }
        out += "|\n";
    }
    for (const auto& row : result.rows) {
        for (const Value& value : row) out += "| " + cell(plain_text(value, result.graph)) + " ";
        out += "|\n";
        if (out.size() >= kPiece) sink(std::exchange(out, {}));
    }
    if (!result.plan.empty()) out += "```\n" + result.plan + "\n```\n";
    sink(out);
}

void write_json(const query::QueryResult& result, const Sink& sink) {
    JsonText json;
    json.begin_array();
    for (const auto& name : result.columns) json.string(name);
    json.end_array();
    sink("{\"columns\": ");
    sink(json.text());
    sink(", \"rows\": [");
    bool first = true;
    for (const auto& row : result.rows) {
        json.clear();
        json.begin_array();
        for (const Value& value : row) json.value(value, result.graph);
        json.end_array();
        sink(first ? "\n  " : ",\n  ");
        sink(json.text());
        first = false;
    }
    sink(first ? "], \"stats\": " : "\n], \"stats\": ");
    json.clear();
    write_updates(json, result.updates);
    sink(json.text());
    if (!result.plan.empty()) {
        json.clear();
        json.string(result.plan);
        sink(", \"plan\": ");
        sink(json.text());
    }
    sink("}\n");
}

void write_json_lines(const query::QueryResult& result, const Sink& sink) {
    JsonText json;
    std::string out;
    for (const auto& row : result.rows) {
        json.clear();
        json.begin_object();
        for (std::size_t i = 0; i < row.size(); ++i) {
            json.key(result.columns[i]);
            json.value(row[i], result.graph);
        }
        json.end_object();
        out.append(json.text()).append("\n");
        if (out.size() >= kPiece) sink(std::exchange(out, {}));
    }
    sink(out);
}

}  // namespace

void write_result(const query::QueryResult& result, Format format, const TableStyle& style, const Sink& sink) {
    switch (format) {
        case Format::kJson: write_json(result, sink); return;
        case Format::kJsonLines: write_json_lines(result, sink); return;
        case Format::kCsv: write_separated(result, ',', "\n", csv_cell, sink); return;
        case Format::kTsv: write_separated(result, '\t', "\n", tsv_cell, sink); return;
        case Format::kMarkdown: write_markdown(result, sink); return;
        case Format::kTable:
        case Format::kGraphml: write_table(result, style, sink); return;
    }
}

void write_updates(JsonText& json, const query::UpdateCounts& updates) {
    json.begin_object();
    for (const Counter& counter : kCounters) {
        const auto count = static_cast<std::int64_t>(updates.*counter.member);
        if (count > 0) json.member(counter.key, count);
    }
    json.end_object();
}

std::string updates_text(const query::UpdateCounts& updates, bool korean) {
    std::string out;
    for (const Counter& counter : kCounters) {
        const std::uint64_t count = updates.*counter.member;
        if (count == 0) continue;
        if (!out.empty()) out += ", ";
        out += korean ? std::string(counter.korean) + " " + std::to_string(count)
                      : std::to_string(count) + " " + counter.english;
    }
    return out;
}

}  // namespace maek::tools
