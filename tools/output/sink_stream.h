// Room: tools, inner. A std::ostream whose text goes to a function. Tests: tests/tools/export_test.cpp.
#pragma once

#include <ostream>
#include <streambuf>
#include <string_view>
#include <utility>

#include "tools/output/result_writer.h"

namespace maek::tools {

class SinkStream : public std::ostream {
public:
    explicit SinkStream(Sink sink) : std::ostream(nullptr), buffer_(std::move(sink)) { rdbuf(&buffer_); }

private:
    class Buffer : public std::streambuf {
    public:
        explicit Buffer(Sink sink) : sink_(std::move(sink)) {}

    protected:
        int_type overflow(int_type c) override {
            if (!traits_type::eq_int_type(c, traits_type::eof())) {
                const char byte = traits_type::to_char_type(c);
                sink_({&byte, 1});
            }
            return traits_type::not_eof(c);
        }
        std::streamsize xsputn(const char* text, std::streamsize count) override {
            sink_({text, static_cast<std::size_t>(count)});
            return count;
        }

    private:
        Sink sink_;
    };
    Buffer buffer_;
};

}  // namespace maek::tools
