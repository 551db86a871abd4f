// Room: tests. Words that the tests of the storage room share.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "graph/graph.h"
#include "storage/store.h"

namespace maek::test {

// Fails the test and gives nullptr when it cannot be opened.
std::unique_ptr<storage::Store> open_store(const std::filesystem::path& path, storage::OpenOptions options = {});

// Everything a graph says, as text: equal graphs (names, ids, holes, values), equal text.
std::string dump(const graph::Graph& graph);
std::string dump(const storage::Store& store);

// Nodes with labels and properties of every kind, relationships, all from the seed.
graph::Graph random_graph(std::uint32_t nodes, std::uint32_t relationships, std::uint32_t seed);

std::string read_bytes(const std::filesystem::path& file);
void write_bytes(const std::filesystem::path& file, std::string_view bytes);
void flip_bit(const std::filesystem::path& file, std::uint64_t byte, unsigned bit);

}  // namespace maek::test
