// Room: tests. Articles' facts in a few words, and a graph of facts as text without ids.
#pragma once

#include <string>
#include <vector>

#include "graph/graph.h"
#include "schema/facts.h"

namespace maek::test {

class ArticleBuilder {
public:
    explicit ArticleBuilder(const std::string& id);
    // Each entity is mentioned once, under its name.
    ArticleBuilder& entity(const std::string& type, const std::string& name, std::vector<std::string> aliases = {},
                           const std::string& key = "", float confidence = 0.9f);
    ArticleBuilder& relation(const std::string& type, std::uint32_t source, std::uint32_t target,
                             const std::string& evidence, float confidence = 0.9f);
    // Of the last relation.
    ArticleBuilder& amount(std::int64_t krw);
    ArticleBuilder& date(const std::string& date);
    ArticleBuilder& role(const std::string& role);
    ArticleFacts build() const { return facts_; }

private:
    ArticleFacts facts_;
};

// Sorted lines: equal facts, equal text, whatever the ids.
std::string describe_facts(const graph::Graph& graph);
std::uint64_t count_label(const graph::Graph& graph, const std::string& label);
std::uint64_t count_type(const graph::Graph& graph, const std::string& type);

}  // namespace maek::test
