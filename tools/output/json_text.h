// Room: tools, inner. JSON being written, with RapidJSON inside: commas and quotes come by
// themselves. Floats always carry a point or an exponent; NaN and infinities are strings.
// Tests: tests/tools/json_test.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "graph/graph.h"
#include "schema/value.h"

namespace maek::tools {

class JsonText {
public:
    JsonText();
    ~JsonText();

    void begin_object();
    void end_object();
    void begin_array();
    void end_array();
    void key(std::string_view name);
    void string(std::string_view text);
    void integer(std::int64_t number);
    void floating(double number);
    void boolean(bool truth);
    void null();

    // Nodes {"id","labels","properties"}, relationships {"id","type","start","end","properties"},
    // paths {"nodes","relationships"}, points {"srid","x","y"}, temporals as ISO strings.
    void value(const Value& value, const graph::Graph& graph);
    void node(NodeId id, const graph::Graph& graph);
    void relationship(RelId id, const graph::Graph& graph);

    void member(std::string_view name, std::string_view text) { key(name), string(text); }
    void member(std::string_view name, const char* text) { key(name), string(text); }
    void member(std::string_view name, std::int64_t number) { key(name), integer(number); }

    // What was written so far; valid until the next call. clear() starts a new document.
    std::string_view text() const;
    void clear();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// Shortest text that reads back the same, with a point or an exponent; "NaN", "Infinity".
std::string float_text(double number);

}  // namespace maek::tools
