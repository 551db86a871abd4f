#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "query/eval/failures.h"
#include "query/eval/function_tables.h"
#include "query/eval/operators.h"
#include "query/eval/render.h"

namespace maek::query {

namespace {

using Arguments = std::span<const Value>;

constexpr std::int32_t kCartesian = 7203, kCartesian3d = 9157, kWgs84 = 4326, kWgs84Height = 4979;
constexpr double kEarthRadius = 6'378'140.0;  // metres, as a sphere

// A coordinate under one of its two names.
const Value* coordinate(const Value& map, std::string_view a, std::string_view b) {
    const Value* found = map.find(a);
    return found != nullptr ? found : map.find(b);
}

double number_of(const Value& v, std::string_view name) {
    if (!v.is_number()) fail_kind("point() for '" + std::string(name) + "'", "an INTEGER or FLOAT", v);
    return v.as_number();
}

std::int32_t named_system(const Value& map, bool geographic_names, bool has_z) {
    const bool three = has_z;
    if (const Value* srid = map.find("srid"); srid != nullptr && !srid->is_null()) {
        if (!srid->is(kInteger)) fail_kind("point() for 'srid'", "an INTEGER", *srid);
        for (const std::int32_t known : {kCartesian, kCartesian3d, kWgs84, kWgs84Height}) {
            if (srid->as_integer() == known) return known;
        }
        fail_value("point() knows the srids 7203, 9157, 4326 and 4979, got " + to_literal(*srid));
    }
    if (const Value* crs = map.find("crs"); crs != nullptr && !crs->is_null()) {
        if (!crs->is(kString)) fail_kind("point() for 'crs'", "a STRING", *crs);
        std::string name;
        for (const char c : crs->as_string()) name += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        if (name == "cartesian") return kCartesian;
        if (name == "cartesian-3d") return kCartesian3d;
        if (name == "wgs-84") return kWgs84;
        if (name == "wgs-84-3d") return kWgs84Height;
        fail_value("point() knows the crs 'cartesian', 'cartesian-3d', 'wgs-84' and 'wgs-84-3d', got " + to_literal(*crs));
    }
    if (geographic_names) return three ? kWgs84Height : kWgs84;
    return three ? kCartesian3d : kCartesian;
}

Value make_point(EvalContext& context, Arguments a) {
    const Value map = a[0].is(kMap) ? a[0] : properties(context, a[0]);
    const Value* x = coordinate(map, "x", "longitude");
    const Value* y = coordinate(map, "y", "latitude");
    const Value* z = coordinate(map, "z", "height");
    if (x == nullptr || y == nullptr) {
        fail_value("point() expects x and y, or longitude and latitude, got " + describe(map));
    }
    if (x->is_null() || y->is_null() || (z != nullptr && z->is_null())) return Value::null();
    const bool named = map.find("longitude") != nullptr || map.find("latitude") != nullptr;
    Point p;
    p.srid = named_system(map, named, z != nullptr);
    if (p.is_3d() != (z != nullptr)) {
        fail_value(p.is_3d() ? "a point of three dimensions needs z or height"
                             : "a point of two dimensions has no z or height");
    }
    if (named && !p.is_geographic()) fail_value("a cartesian point has x and y, not longitude and latitude");
    p.x = number_of(*x, "x");
    p.y = number_of(*y, "y");
    if (z != nullptr) p.z = number_of(*z, "z");
    if (p.is_geographic()) {
        if (!(p.y >= -90 && p.y <= 90)) fail_value("a latitude lies from -90 to 90, got " + format_float(p.y));
        if (!std::isfinite(p.x)) fail_value("a longitude is finite, got " + format_float(p.x));
        p.x = std::remainder(p.x, 360.0);  // -180 .. 180
    }
    return Value::point(p);
}

double great_circle(const Point& a, const Point& b) {
    const auto radians = [](double degrees) { return degrees * (std::numbers::pi / 180.0); };
    const double dy = radians(b.y - a.y), dx = radians(b.x - a.x);
    const double h = std::pow(std::sin(dy / 2), 2) +
                     std::cos(radians(a.y)) * std::cos(radians(b.y)) * std::pow(std::sin(dx / 2), 2);
    return 2 * std::asin(std::sqrt(std::min(1.0, h)));
}

// Null for points of different systems. Geographic ones: metres along the sphere at mean height.
Value distance(EvalContext&, Arguments a) {
    const Point &p = a[0].as_point(), &q = a[1].as_point();
    if (p.srid != q.srid) return Value::null();
    if (!p.is_geographic()) {
        const double x = p.x - q.x, y = p.y - q.y, z = p.z - q.z;
        // libstdc++'s hypot of three divides by the largest, which gives NaN for an infinite one
        if (std::isinf(x) || std::isinf(y) || std::isinf(z)) return Value::floating(std::numeric_limits<double>::infinity());
        return Value::floating(std::hypot(x, y, z));
    }
    const double along = great_circle(p, q) * (kEarthRadius + (p.z + q.z) / 2);
    return Value::floating(p.is_3d() ? std::hypot(along, p.z - q.z) : along);
}

// A geographic box may cross the 180th meridian: then its west is larger than its east.
Value within_box(EvalContext&, Arguments a) {
    const Point &p = a[0].as_point(), &low = a[1].as_point(), &high = a[2].as_point();
    if (p.srid != low.srid || p.srid != high.srid) return Value::null();
    const bool across = p.is_geographic() && low.x > high.x;
    const bool x = across ? p.x >= low.x || p.x <= high.x : p.x >= low.x && p.x <= high.x;
    return Value::boolean(x && p.y >= low.y && p.y <= high.y && p.z >= low.z && p.z <= high.z);
}

constexpr std::array kFunctions = {
    FunctionEntry("point", "point(coordinates :: MAP) :: POINT",
                  "A point from {x, y[, z]} or {longitude, latitude[, height]}, with crs or srid.",
                  {{kMap, kNode, kRelationship}}, kPoint, make_point),
    FunctionEntry("point.distance", "point.distance(from :: POINT, to :: POINT) :: FLOAT",
                  "The distance: metres for geographic points; null between systems.", {kPoint, kPoint}, kFloat, distance),
    FunctionEntry("distance", "distance(from :: POINT, to :: POINT) :: FLOAT",
                  "The distance: metres for geographic points; null between systems.", {kPoint, kPoint}, kFloat, distance),
    FunctionEntry("point.withinBBox", "point.withinBBox(point :: POINT, lowerLeft :: POINT, upperRight :: POINT) :: BOOLEAN",
                  "Whether the point lies in the box, its edges included.", {kPoint, kPoint, kPoint}, kBoolean, within_box),
};

}  // namespace

std::span<const FunctionEntry> spatial_functions() { return kFunctions; }

}  // namespace maek::query
