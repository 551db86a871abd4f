// Room: tools. What a command line asks for, as plain records; input/command_line.cpp fills them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace maek::tools {

// The contract of docs/command-line.md.
enum ExitCode : int {
    kDone = 0,
    kWorkFailed = 1,
    kWrongUse = 2,
    kStoreTrouble = 3,
    kInterrupted = 130,
};

enum class ColorChoice { kAuto, kAlways, kNever };
enum class Format { kTable, kJson, kJsonLines, kCsv, kTsv, kMarkdown, kGraphml };

// Given before or after the name of any command.
struct GlobalOptions {
    std::string language = "en";  // of messages: "en" or "ko"
    ColorChoice color = ColorChoice::kAuto;
    bool ascii = false;  // borders of tables without box characters
    bool quiet = false;  // no notes and no progress on stderr
    unsigned jobs = 0;   // 0: as many as there are processors
    std::filesystem::path schema_overlay;
    std::chrono::milliseconds timeout{0};
    std::size_t memory_limit = std::size_t{1} << 30;
    bool read_only = false;
    std::vector<std::string> parameters;  // "name=json"
    std::string parameter_object;         // {"name": value, ...}
    Format format = Format::kTable;
    bool format_given = false;
    std::size_t max_width = 0;  // of a table; 0: the terminal's, or none when piped
};

struct BuildOptions {
    std::filesystem::path store;
    std::vector<std::string> inputs;
};

struct ExtractOptions {
    std::vector<std::string> inputs;
};

struct QueryOptions {
    std::filesystem::path store;
    std::string text;   // empty: from the file or stdin; "-": stdin
    std::string file;
    std::string output;
    bool create = false;
    bool keep_going = false;
};

struct ShellOptions {
    std::filesystem::path store;
    bool create = false;
};

struct ExportOptions {
    std::filesystem::path store;
    std::string output;  // "-": stdout
    std::string kind;    // empty: by the file's ending
    std::string dialect;
    std::string query;   // empty: the whole graph
};

struct ImportOptions {
    std::filesystem::path store;
    std::vector<std::string> files;
    std::string kind;  // empty: by the file's ending
};

struct CheckOptions {
    std::filesystem::path store;
    bool repair_indexes = false;
};

// `maek backup STORE DIR`, `maek restore DIR STORE`.
struct CopyOptions {
    std::filesystem::path from, to;
};

struct RemoveOptions {
    std::filesystem::path store;
    std::vector<std::string> articles;
};

// The usual questions: find, show, path, members, funding, timeline, top, compare, evidence.
struct QuestionOptions {
    std::string command;
    std::filesystem::path store;
    std::vector<std::string> names;
    std::string type;   // only things of this type, English or Korean
    std::string by = "degree";
    std::string since, until;  // ISO dates or years
    unsigned max_length = 6;   // of a path
    unsigned limit = 0;        // 0: the question's own
};

struct ReviewOptions {
    std::filesystem::path store;
    unsigned limit = 20;
    double below = 1.0;                // list only facts less certain than this
    std::vector<std::string> accept;   // SOURCE RELATION TARGET
    std::vector<std::string> reject;   // SOURCE RELATION TARGET
    std::string reject_entity;         // NAME
    std::vector<std::string> retype;   // NAME TYPE
    std::vector<std::string> merge;    // NAME INTO
    std::vector<std::string> split;    // NAME OTHER
    unsigned undo = 0;                 // a decision's number, from 1; 0: none
    bool decisions = false;            // list what was decided
    std::string export_file;
};

struct ExplainOptions {
    std::filesystem::path store;
    std::string name;
};

struct DrawOptions {
    std::filesystem::path store;
    std::string output;
    std::string around;  // only this body's neighbourhood
    unsigned limit = 150;
};

struct ReportOptions {
    std::filesystem::path store;
    std::string output;
};

}  // namespace maek::tools
