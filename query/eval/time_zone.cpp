#include "query/eval/time_zone.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <mutex>

#include "query/eval/calendar.h"
#include "query/eval/zones_text.h"

namespace maek::query {

namespace {

std::string folded(std::string_view name) {
    std::string out;
    for (const char c : name) out += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    return out;
}

std::string_view take_until(std::string_view& text, char stop) {
    const std::size_t at = text.find(stop);
    const std::string_view part = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    return part;
}

std::int64_t number(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// Where each zone stands in the text: one line "name,name|first|instant:offset ...|tail" per history.
struct Directory {
    struct Entry {
        std::string_view name, record;
    };
    std::map<std::string, Entry> entries;  // by folded name
    std::string_view version;

    Directory() {
        std::string_view text = zones_text();
        while (!text.empty()) {
            std::string_view line = take_until(text, '\n');
            if (line.empty() || line[0] == '#') continue;
            if (line.starts_with("version ")) {
                version = line.substr(8);
                continue;
            }
            std::string_view names = take_until(line, '|');
            while (!names.empty()) {
                const std::string_view name = take_until(names, ',');
                entries.emplace(folded(name), Entry{name, line});
            }
        }
    }
};

const Directory& directory() {
    static const Directory all;
    return all;
}

// --- the POSIX tail: "CET-1CEST,M3.5.0,M10.5.0/3", "<+09>-9"

void skip_name(std::string_view& text) {
    if (text.starts_with('<')) {
        take_until(text, '>');
        return;
    }
    while (!text.empty() && ((text[0] | 0x20) >= 'a' && (text[0] | 0x20) <= 'z')) text.remove_prefix(1);
}

// [+-]h[h[h]][:mm[:ss]] as seconds.
std::int64_t take_clock(std::string_view& text) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    std::int64_t seconds = 0, unit = 3600;
    while (!text.empty() && unit > 0) {
        std::size_t digits = 0;
        while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
        seconds += number(text.substr(0, digits)) * unit;
        text.remove_prefix(digits);
        unit /= 60;
        if (!text.starts_with(':')) break;
        text.remove_prefix(1);
    }
    return negative ? -seconds : seconds;
}

}  // namespace

void TimeZone::read_tail(std::string_view posix) {
    skip_name(posix);
    standard_ = static_cast<std::int32_t>(-take_clock(posix));
    if (posix.empty()) return;
    skip_name(posix);
    summer_ = standard_ + 3600;
    if (!posix.starts_with(',')) summer_ = static_cast<std::int32_t>(-take_clock(posix));
    take_until(posix, ',');
    const auto rule = [](std::string_view text) {
        YearlyRule out;
        std::string_view date = take_until(text, '/');
        out.seconds = text.empty() ? 7200 : take_clock(text);
        date.remove_prefix(1);  // M; the data has no other form
        out.month = static_cast<int>(number(take_until(date, '.')));
        out.week = static_cast<int>(number(take_until(date, '.')));
        out.weekday = static_cast<int>(number(date));
        return out;
    };
    summer_begins_ = rule(take_until(posix, ','));
    summer_ends_ = rule(posix);
    has_summer_ = true;
}

std::unique_ptr<TimeZone> TimeZone::read(std::string_view name, std::string_view record) {
    auto zone = std::make_unique<TimeZone>();
    zone->name_ = name;
    zone->first_offset_ = static_cast<std::int32_t>(number(take_until(record, '|')));
    std::string_view history = take_until(record, '|');
    while (!history.empty()) {
        std::string_view change = take_until(history, ' ');
        zone->instants_.push_back(number(take_until(change, ':')));
        zone->offsets_.push_back(static_cast<std::int32_t>(number(change)));
    }
    zone->read_tail(record);
    return zone;
}

const TimeZone* find_zone(std::string_view name) {
    if (name.empty() || name.size() > 64) return nullptr;
    const auto& entries = directory().entries;
    const auto entry = entries.find(folded(name));
    if (entry == entries.end()) return nullptr;
    static std::mutex mutex;
    static std::map<std::string_view, std::unique_ptr<TimeZone>> loaded;
    const std::lock_guard lock(mutex);
    auto& zone = loaded[entry->second.name];
    if (!zone) zone = TimeZone::read(entry->second.name, entry->second.record);
    return zone.get();
}

std::string_view time_zone_version() { return directory().version; }

std::int32_t TimeZone::tail_offset_at(std::int64_t epoch_seconds) const {
    if (!has_summer_) return standard_;
    const std::int64_t year = civil_of(floor_div(epoch_seconds + standard_, 86'400)).year;
    const auto day_of = [&](const YearlyRule& rule) {
        const std::int64_t first = days_of(year, rule.month, 1);
        const std::int64_t to_weekday = floor_mod(rule.weekday - weekday_of(first), 7);
        std::int64_t day = first + to_weekday + (rule.week - 1) * 7;
        while (day >= first + days_in_month(year, rule.month)) day -= 7;
        return day;
    };
    const std::int64_t begin = day_of(summer_begins_) * 86'400 + summer_begins_.seconds - standard_;
    const std::int64_t end = day_of(summer_ends_) * 86'400 + summer_ends_.seconds - summer_;
    const bool summer = begin < end ? epoch_seconds >= begin && epoch_seconds < end
                                    : epoch_seconds >= begin || epoch_seconds < end;
    return summer ? summer_ : standard_;
}

std::int32_t TimeZone::offset_at(std::int64_t epoch_seconds) const {
    if (instants_.empty() || epoch_seconds >= instants_.back()) return tail_offset_at(epoch_seconds);
    const auto after = std::ranges::upper_bound(instants_, epoch_seconds);
    if (after == instants_.begin()) return first_offset_;
    return offsets_[static_cast<std::size_t>(after - instants_.begin()) - 1];
}

bool TimeZone::is_valid_offset(std::int64_t local_seconds, std::int32_t offset) const {
    return offset_at(local_seconds - offset) == offset;
}

std::int32_t TimeZone::offset_of_local(std::int64_t local_seconds) const {
    const std::int32_t before = offset_at(local_seconds - 86'400);
    const std::int32_t after = offset_at(local_seconds + 86'400);
    if (is_valid_offset(local_seconds, before)) return before;
    return is_valid_offset(local_seconds, after) ? after : before;
}

std::optional<std::int32_t> parse_offset(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const bool negative = text[0] == '-';
    text.remove_prefix(1);
    const bool separated = text.size() > 2 && text[2] == ':';
    std::int32_t seconds = 0, unit = 3600;
    for (int part = 0; part < 3 && !text.empty(); ++part, unit /= 60) {
        if (part > 0 && separated) {
            if (text[0] != ':') return std::nullopt;
            text.remove_prefix(1);
        }
        if (text.size() < 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return std::nullopt;
        const std::int32_t value = (text[0] - '0') * 10 + (text[1] - '0');
        if (part > 0 && value > 59) return std::nullopt;
        seconds += value * unit;
        text.remove_prefix(2);
    }
    if (!text.empty() || seconds > 18 * 3600) return std::nullopt;
    return negative ? -seconds : seconds;
}

std::string format_offset(std::int32_t seconds) {
    if (seconds == 0) return "Z";
    const std::int32_t size = seconds < 0 ? -seconds : seconds;
    const auto two = [](std::int32_t n) {
        return std::string(1, static_cast<char>('0' + n / 10)) + static_cast<char>('0' + n % 10);
    };
    std::string out = (seconds < 0 ? "-" : "+") + two(size / 3600) + ":" + two(size / 60 % 60);
    if (size % 60 != 0) out += ":" + two(size % 60);
    return out;
}

}  // namespace maek::query
