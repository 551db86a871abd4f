#include "tools/input/article_source.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <functional>
#include <iostream>
#include <sstream>

#include "tools/input/json_value.h"
#include "tools/input/path_text.h"

namespace maek::tools {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t kLargestFile = 256ull << 20;  // as the decoder's limit

enum class Kind { kText, kHtml, kJson, kJsonLines, kOther };

Kind kind_of(const fs::path& path) {
    std::string ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return c < 0x80 ? static_cast<char>(std::tolower(c)) : c; });
    if (ending == ".txt" || ending == ".text") return Kind::kText;
    if (ending == ".html" || ending == ".htm" || ending == ".xhtml") return Kind::kHtml;
    if (ending == ".json") return Kind::kJson;
    if (ending == ".jsonl" || ending == ".ndjson") return Kind::kJsonLines;
    return Kind::kOther;
}

Error io_error(const std::string& what) {
    return Error{errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo,
                 what + ": " + std::strerror(errno != 0 ? errno : EIO)};
}

Result<std::string> read_whole(const fs::path& path, std::uint64_t size) {
    if (size > kLargestFile) {
        return Error{ErrorCode::kLimit, path_text(path) + ": " + std::to_string(size >> 20) +
                                            " MiB; an article may have at most 256 MiB"};
    }
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    if (!in) return io_error(path_text(path));
    std::string bytes;
    bytes.resize(size);
    in.read(bytes.data(), static_cast<std::streamsize>(size));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    if (in.bad()) return io_error(path_text(path));
    return bytes;
}

// One record as an article; `fallback` names it when it has no id.
Result<Article> article_of(const Value& record, const std::string& fallback) {
    if (!record.is(ValueKind::kMap)) {
        return Error{ErrorCode::kFormat, "a record that is no object; expected {\"id\", \"title\", \"date\", "
                                         "\"source\", \"text\"}"};
    }
    Article out;
    const std::pair<const char*, std::string*> fields[] = {{"id", &out.id}, {"title", &out.title},
                                                           {"date", &out.date}, {"source", &out.source},
                                                           {"text", &out.text}};
    for (const auto& [name, target] : fields) {
        const Value* field = record.find(name);
        if (field == nullptr || field->is_null()) continue;
        if (field->is(ValueKind::kInteger) && std::string_view(name) == "id") {
            *target = std::to_string(field->as_integer());
        } else if (field->is(ValueKind::kString)) {
            *target = std::string(field->as_string());
        } else {
            return Error{ErrorCode::kFormat, std::string("\"") + name + "\" is no text"};
        }
    }
    if (record.find("text") == nullptr) return Error{ErrorCode::kFormat, "a record without \"text\""};
    if (out.id.empty()) out.id = fallback;
    return out;
}

}  // namespace

// A file (or stdin) of JSON records: either a line each, or one document with all of them.
struct ArticleSource::Records {
    std::unique_ptr<std::ifstream> file;  // null: stdin
    std::string name, stem;
    std::uint64_t line = 0;
    std::vector<Value> document;  // the rest of a document, last first
    bool is_document = false;
    bool single = false;  // called after the file when it has no id

    std::istream& in() { return file ? *file : std::cin; }

    bool next(RawArticle& out) {
        out = RawArticle{};
        out.source = name;
        if (is_document) {
            if (document.empty()) return false;
            const Value record = std::move(document.back());
            document.pop_back();
            ++line;
            fill(record, out);
            out.size = out.record ? out.record->text.size() : 0;
            return true;
        }
        std::string text;
        while (std::getline(in(), text)) {
            ++line;
            out.size += text.size() + 1;
            if (text.find_first_not_of(" \t\r\xEF\xBB\xBF") == std::string::npos) continue;
            if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
            auto record = parse_json(text);
            if (record.ok()) {
                fill(*record, out);
            } else {
                fail(out, Error{ErrorCode::kFormat, record.error().message,
                                {{}, static_cast<std::uint32_t>(line), record.error().where.column}});
            }
            return true;
        }
        return false;
    }

    void fill(const Value& record, RawArticle& out) {
        auto article = article_of(record, single ? stem : stem + "-" + std::to_string(line));
        if (!article.ok()) {
            return fail(out, Error{article.error().code, article.error().message,
                                   {{}, static_cast<std::uint32_t>(is_document ? 0 : line), 0}});
        }
        if (article->source.empty()) article->source = name;
        out.id = article->id;
        out.record = std::move(article).value();
    }

    void fail(RawArticle& out, Error error) {
        error.where.file = name;
        if (is_document) error.message = "record " + std::to_string(line) + ": " + error.message;
        out.error = std::move(error);
    }
};

Result<ArticleSource> ArticleSource::open(const std::vector<std::string>& inputs) {
    ArticleSource out;
    for (const std::string& input : inputs) {
        if (input == "-") {
            if (out.listed_.insert("-").second) out.add_file({}, {}, {});
            continue;
        }
        std::error_code fault;
        const fs::file_status status = fs::status(input, fault);
        if (!fs::exists(status)) {
            return Error{ErrorCode::kNotFound, path_text(input) + ": no such file or folder"};
        }
        if (fs::is_directory(status)) {
            out.list_folder(input, {});
        } else if (out.is_new(input)) {
            const auto size = fs::file_size(input, fault);
            out.add_file(input, fs::path(input).filename(), {fault ? 0 : size, {}});
        }
    }
    settle_ids(out.names_);
    for (const File& file : out.files_) out.total_bytes_ += file.size;
    return out;
}

void ArticleSource::keep_ids(const KeptArticles& kept) { tools::keep_ids(names_, kept); }

// Whoever is named twice, alone and with its folder, is read once.
bool ArticleSource::is_new(const fs::path& path) {
    std::error_code fault;
    const fs::path absolute = fs::absolute(path, fault);
    return listed_.insert((fault ? path : absolute).lexically_normal().string()).second;
}

void ArticleSource::add_file(const fs::path& path, const fs::path& inside, File file) {
    names_.emplace_back(path, inside);
    files_.push_back(std::move(file));
}

// In the order of the paths. What is there and cannot be listed counts as an article that cannot be read.
void ArticleSource::list_folder(const fs::path& folder, const fs::path& below) {
    std::vector<fs::directory_entry> found;
    std::error_code fault;
    fs::directory_iterator entries(folder, fault), end;
    for (; !fault && entries != end; entries.increment(fault)) {
        if (!entries->path().filename().native().starts_with('.')) found.push_back(*entries);  // hidden ones not
    }
    if (fault) {
        add_file(folder, below.empty() ? folder.filename() : below,
                 {0, Error{ErrorCode::kIo, path_text(folder) + ": " + fault.message()}});
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.path() < b.path(); });
    for (const fs::directory_entry& entry : found) list_entry(entry, below / entry.path().filename());
}

void ArticleSource::list_entry(const fs::directory_entry& entry, const fs::path& inside) {
    const fs::path& path = entry.path();
    std::error_code fault;
    const fs::file_status status = entry.status(fault);
    if (fs::is_directory(status)) {
        if (!entry.is_symlink(fault)) list_folder(path, inside);
    } else if (fs::exists(status) && status.type() != fs::file_type::unknown && !fs::is_regular_file(status)) {
        return;  // a pipe or a device
    } else if (kind_of(path) == Kind::kOther) {
        ++skipped_;
    } else if (!fs::is_regular_file(status)) {
        const std::string why = fault ? fault.message() : "a link to nothing";
        if (is_new(path)) add_file(path, inside, {0, Error{ErrorCode::kIo, path_text(path) + ": " + why}});
    } else if (is_new(path)) {
        const auto size = entry.file_size(fault);
        add_file(path, inside, {fault ? 0 : size, {}});
    }
}

bool ArticleSource::next(RawArticle& out) {
    if (!next_raw(out)) return false;
    if (!out.error) tell_second_of_one_id(out);
    return true;
}

bool ArticleSource::next_raw(RawArticle& out) {
    while (true) {
        if (records_) {
            if (records_->next(out)) return true;
            records_.reset();
        }
        if (next_file_ >= files_.size()) return false;
        const std::size_t at = next_file_++;
        if (open_file(names_[at], files_[at], out)) return true;
    }
}

// The very same text twice does no harm.
void ArticleSource::tell_second_of_one_id(RawArticle& article) {
    const std::size_t text = std::hash<std::string>{}(article.record ? article.record->text : article.bytes);
    const auto [first, is_first] = seen_.try_emplace(article.id, First{article.source, text});
    if (is_first || first->second.text == text) return;
    article.error = Error{ErrorCode::kFormat, article.source + ": another text with the id '" + article.id + "', which an article of " +
                                                  first->second.source + " has in this run already; the first one counts"};
}

// True: `out` is an article. False: it held records, or nothing; go on with next().
bool ArticleSource::open_file(const FileName& name, const File& file, RawArticle& out) {
    const fs::path& path = name.path();
    out = RawArticle{};
    out.id = name.id();
    out.source = path.empty() ? "stdin" : path_text(path);
    out.size = file.size;
    if (file.problem) {
        out.error = file.problem;
        return true;
    }
    Kind kind = kind_of(path);
    if (path.empty()) {
        while (std::isspace(std::cin.peek()) != 0) std::cin.get();
        if (std::cin.peek() == '{') kind = Kind::kJsonLines;
    }
    if (kind == Kind::kJsonLines) {
        records_ = std::make_shared<Records>();
        records_->name = out.source;
        records_->stem = name.id();
        if (path.empty()) return false;
        errno = 0;
        records_->file = std::make_unique<std::ifstream>(path, std::ios::binary);
        if (*records_->file) return false;
        out.error = io_error(out.source);
        records_.reset();
        return true;
    }
    if (path.empty()) {
        std::ostringstream all;
        all << std::cin.rdbuf();
        out.bytes = std::move(all).str();
        out.size = out.bytes.size();
        return !out.bytes.empty();
    }
    auto bytes = read_whole(path, file.size);
    if (!bytes.ok()) {
        out.error = bytes.error();
        return true;
    }
    if (kind != Kind::kJson) {
        out.bytes = std::move(bytes).value();
        out.html = kind == Kind::kHtml;
        return true;
    }
    auto document = parse_json(*bytes);
    if (!document.ok()) {
        out.error = document.error();
        out.error->where.file = out.source;
        return true;
    }
    records_ = std::make_shared<Records>();
    records_->name = out.source;
    records_->stem = name.id();
    records_->is_document = true;
    if (document->is(ValueKind::kList)) {
        const auto items = document->as_list();
        records_->document.assign(items.rbegin(), items.rend());
    } else {
        records_->document.push_back(std::move(document).value());
        records_->single = true;
    }
    return false;
}

}  // namespace maek::tools
