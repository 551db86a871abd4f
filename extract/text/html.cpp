#include "extract/text/html.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <unordered_map>
#include <vector>

#include <gumbo.h>

namespace maek::extract {

namespace {

using std::string_view;

constexpr std::size_t kDeepest = 400;  // elements nested deeper are left out

string_view attribute(const GumboNode* node, const char* name) {
    const GumboAttribute* a = gumbo_get_attribute(&node->v.element.attributes, name);
    return a == nullptr ? string_view() : string_view(a->value);
}

bool skipped(const GumboNode* node) {
    switch (node->v.element.tag) {
        case GUMBO_TAG_SCRIPT: case GUMBO_TAG_STYLE: case GUMBO_TAG_NOSCRIPT: case GUMBO_TAG_IFRAME: case GUMBO_TAG_FORM:
        case GUMBO_TAG_NAV: case GUMBO_TAG_FOOTER: case GUMBO_TAG_ASIDE: case GUMBO_TAG_BUTTON: case GUMBO_TAG_SELECT:
        case GUMBO_TAG_SVG: case GUMBO_TAG_TEMPLATE: case GUMBO_TAG_HEAD: case GUMBO_TAG_INPUT:
            return true;
        default: break;
    }
    static constexpr std::array<string_view, 14> kParts = {"comment", "reply", "related", "banner", "advert", "sns", "share", "footer",
                                                          "gnb", "breadcrumb", "copyright", "recommend", "ranking", "popular"};
    const string_view id = attribute(node, "id"), cls = attribute(node, "class");
    for (const string_view part : kParts) {
        if (id.find(part) != string_view::npos || cls.find(part) != string_view::npos) return true;
    }
    return attribute(node, "style").find("display:none") != string_view::npos;
}

bool is_block(GumboTag tag) {
    switch (tag) {
        case GUMBO_TAG_P: case GUMBO_TAG_DIV: case GUMBO_TAG_SECTION: case GUMBO_TAG_ARTICLE: case GUMBO_TAG_MAIN: case GUMBO_TAG_LI:
        case GUMBO_TAG_UL: case GUMBO_TAG_OL: case GUMBO_TAG_TABLE: case GUMBO_TAG_TR: case GUMBO_TAG_H1: case GUMBO_TAG_H2:
        case GUMBO_TAG_H3: case GUMBO_TAG_H4: case GUMBO_TAG_H5: case GUMBO_TAG_BLOCKQUOTE: case GUMBO_TAG_FIGURE:
        case GUMBO_TAG_FIGCAPTION: case GUMBO_TAG_BR: case GUMBO_TAG_DD: case GUMBO_TAG_DT: case GUMBO_TAG_HEADER: case GUMBO_TAG_BODY:
        case GUMBO_TAG_TD: case GUMBO_TAG_CENTER: case GUMBO_TAG_SPAN:
            return tag != GUMBO_TAG_SPAN && tag != GUMBO_TAG_TD;
        default: return false;
    }
}

struct Weight {
    double text = 0;   // characters in running text
    double links = 0;  // of them inside links
    double stops = 0;  // ends of sentences
};

class Reader {
public:
    explicit Reader(const GumboOutput* page) : page_(page) {}

    Page run() {
        Page out;
        find_head(page_->root, out, 0);
        weigh(page_->root, false, 0);
        const GumboNode* best = page_->root;
        double best_score = -1;
        for (const auto& [node, weight] : weights_) {
            // the smallest block that still holds nearly all good text: text minus links, with a price for size
            const double good = weight.text - 2.5 * weight.links + 20 * weight.stops;
            const double score = good - 0.02 * static_cast<double>(order_[node]);
            if (score > best_score * 1.0001 || (score > best_score && order_[node] > order_[best])) {
                best_score = score;
                best = node;
            }
        }
        descend(best);
        write(best, out.text, 0);
        return out;
    }

private:
    void find_head(const GumboNode* node, Page& out, std::size_t depth) {
        if (node->type != GUMBO_NODE_ELEMENT || depth > kDeepest) return;
        if (node->v.element.tag == GUMBO_TAG_TITLE && out.title.empty() && node->v.element.children.length > 0) {
            const auto* child = static_cast<const GumboNode*>(node->v.element.children.data[0]);
            if (child->type == GUMBO_NODE_TEXT) out.title = squeezed(child->v.text.text);
        }
        if (node->v.element.tag == GUMBO_TAG_META) {
            const string_view property = attribute(node, "property"), name = attribute(node, "name");
            if (property == "og:title") out.title = squeezed(attribute(node, "content"));
            if (property == "article:published_time" || name == "article:published_time" || name == "date" || name == "pubdate") out.date = attribute(node, "content");
        }
        for (unsigned i = 0; i < node->v.element.children.length; ++i) {
            find_head(static_cast<const GumboNode*>(node->v.element.children.data[i]), out, depth + 1);
        }
    }

    static std::string squeezed(string_view text) {
        std::string out;
        bool blank = false;
        for (const char c : text) {
            if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
                blank = !out.empty();
                continue;
            }
            if (blank) out += ' ';
            blank = false;
            out += c;
        }
        return out;
    }

    Weight weigh(const GumboNode* node, bool link, std::size_t depth) {
        Weight w;
        if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA) {
            const string_view text = node->v.text.text;
            w.text = static_cast<double>(text.size());
            if (link) w.links = w.text;
            for (std::size_t at = text.find("다."); at != string_view::npos; at = text.find("다.", at + 4)) ++w.stops;
            for (std::size_t at = text.find(". "); at != string_view::npos; at = text.find(". ", at + 2)) ++w.stops;
            return w;
        }
        if (node->type != GUMBO_NODE_ELEMENT || depth > kDeepest || skipped(node)) return w;
        link = link || node->v.element.tag == GUMBO_TAG_A;
        const std::size_t order = count_++;
        for (unsigned i = 0; i < node->v.element.children.length; ++i) {
            const Weight child = weigh(static_cast<const GumboNode*>(node->v.element.children.data[i]), link, depth + 1);
            w.text += child.text, w.links += child.links, w.stops += child.stops;
        }
        const GumboTag tag = node->v.element.tag;
        if (tag == GUMBO_TAG_DIV || tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_SECTION || tag == GUMBO_TAG_MAIN || tag == GUMBO_TAG_TD || tag == GUMBO_TAG_BODY) {
            weights_[node] = w;
            order_[node] = order;
            nodes_.push_back(node);
        }
        return w;
    }

    // From a block to the one inside it that holds at least nine tenths of its sentences.
    void descend(const GumboNode*& best) const {
        for (bool moved = true; moved;) {
            moved = false;
            const auto at = weights_.find(best);
            if (at == weights_.end()) return;
            for (unsigned i = 0; i < best->v.element.children.length; ++i) {
                const auto* child = static_cast<const GumboNode*>(best->v.element.children.data[i]);
                const auto it = weights_.find(child);
                if (it != weights_.end() && it->second.stops >= 2 && it->second.stops >= 0.9 * at->second.stops) {
                    best = child;
                    moved = true;
                    break;
                }
            }
        }
    }

    void write(const GumboNode* node, std::string& out, std::size_t depth) const {
        if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA) {
            for (const char c : string_view(node->v.text.text)) {
                const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
                if (!blank) {
                    out += c;
                } else if (!out.empty() && out.back() != ' ' && out.back() != '\n') {
                    out += ' ';
                }
            }
            return;
        }
        if (node->type != GUMBO_NODE_ELEMENT || depth > kDeepest || skipped(node)) return;
        const GumboTag tag = node->v.element.tag;
        const bool block = is_block(tag);
        if (block) break_line(out);
        if (tag == GUMBO_TAG_LI) out += "- ";
        if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) out += "| ";
        for (unsigned i = 0; i < node->v.element.children.length; ++i) {
            write(static_cast<const GumboNode*>(node->v.element.children.data[i]), out, depth + 1);
        }
        if (block) break_line(out);
        if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) out += ' ';
    }

    static void break_line(std::string& out) {
        while (!out.empty() && out.back() == ' ') out.pop_back();
        if (!out.empty() && out.back() != '\n') out += '\n';
    }

    const GumboOutput* page_;
    std::unordered_map<const GumboNode*, Weight> weights_;
    std::unordered_map<const GumboNode*, std::size_t> order_;
    std::vector<const GumboNode*> nodes_;
    std::size_t count_ = 0;
};

std::string lower(string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

}  // namespace

bool looks_like_html(string_view text) {
    const std::string head = lower(text.substr(0, 1024));
    return head.find("<!doctype html") != std::string::npos || head.find("<html") != std::string::npos ||
           (head.find("<head") != std::string::npos && head.find("<body") != std::string::npos);
}

std::string declared_charset(string_view bytes) {
    const std::string head = lower(bytes.substr(0, 4096));
    std::size_t at = head.find("charset=");
    if (at == std::string::npos && head.starts_with("<?xml")) at = head.find("encoding=");
    if (at == std::string::npos) return {};
    at = head.find('=', at) + 1;
    while (at < head.size() && (head[at] == '"' || head[at] == '\'' || head[at] == ' ')) ++at;
    std::size_t end = at;
    while (end < head.size() && (std::isalnum(static_cast<unsigned char>(head[end])) != 0 || head[end] == '-' || head[end] == '_')) ++end;
    return head.substr(at, end - at);
}

namespace {

// How deep open tags may stack up; void elements are not counted.
bool too_deep(string_view html) {
    long depth = 0;
    for (std::size_t at = html.find('<'); at != string_view::npos && at + 1 < html.size(); at = html.find('<', at + 1)) {
        if (html[at + 1] == '/') {
            depth = std::max(0L, depth - 1);
        } else if (std::isalpha(static_cast<unsigned char>(html[at + 1])) != 0) {
            const std::string name = lower(html.substr(at + 1, 5));
            bool open = true;
            for (const string_view none : {"br", "img", "hr", "meta", "link", "input", "p>", "p ", "li", "td", "tr", "th", "col", "area"}) {
                open = open && !string_view(name).starts_with(none);
            }
            depth += open ? 1 : 0;
            if (depth > 2000) return true;
        }
    }
    return false;
}

// What is left of a page without its tags.
std::string without_tags(string_view html) {
    std::string out;
    bool inside = false;
    for (const char c : html) {
        if (c == '<') inside = true;
        if (!inside) out += c;
        if (c == '>' && inside) {
            inside = false;
            if (!out.empty() && out.back() != ' ' && out.back() != '\n') out += ' ';
        }
    }
    return out;
}

}  // namespace

Page read_page(string_view html) {
    // gumbo walks its tree recursively: what is nested beyond reason never gets there
    if (too_deep(html)) return {{}, {}, without_tags(html)};
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    GumboOutput* page = gumbo_parse_with_options(&options, html.data(), html.size());
    Page out = Reader(page).run();
    gumbo_destroy_output(&options, page);
    return out;
}

}  // namespace maek::extract
