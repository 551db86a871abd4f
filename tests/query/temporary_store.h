// Room: tests. An empty store in a folder of its own with an engine on it, gone at the end. Commits are
// relaxed: nothing here outlives the process.
#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "query/engine.h"
#include "storage/store.h"
#include "tests/temp_folder.h"

namespace maek::test {

class TemporaryStore {
public:
    explicit TemporaryStore(query::Synonyms synonyms = {}) : synonyms_(std::move(synonyms)) { open(); }

    storage::Store& store() { return *store_; }
    query::Engine& engine() { return *engine_; }

    // Runs one statement in a session of its own.
    Result<query::QueryResult> run(std::string_view statement) { return engine_->session().run(statement); }

    // Closes the store and opens it again; sessions made before must be gone.
    void reopen() {
        engine_.reset();
        const auto closed = store_->close();
        if (!closed.ok()) throw std::runtime_error(closed.error().text());
        store_.reset();
        open();
    }

private:
    void open() {
        storage::OpenOptions options;
        options.create = true;
        options.durability = storage::Durability::kRelaxed;
        auto opened = storage::Store::open(folder_ / "store", options);
        if (!opened.ok()) throw std::runtime_error(opened.error().text());
        store_ = *std::move(opened);
        engine_.emplace(*store_, synonyms_);
    }

    TempFolder folder_;
    query::Synonyms synonyms_;
    std::unique_ptr<storage::Store> store_;
    std::optional<query::Engine> engine_;
};

}  // namespace maek::test
