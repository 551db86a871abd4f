// Room: tests. How much more processor time a statement may take in a build with checks than in a released one.
#pragma once

namespace maek::query::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr double kSlower = 10;
#elif defined(NDEBUG)
inline constexpr double kSlower = 1;
#else
inline constexpr double kSlower = 4;  // -O1, assertions of the library
#endif

}  // namespace maek::query::test
