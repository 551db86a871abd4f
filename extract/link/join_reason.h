// Room: extract, inner. Why two names of an article became one entity (maek explain shows it).
#pragma once

#include <cstdint>

namespace maek::extract {

enum class JoinReason : std::uint8_t {
    kSameName,    // the same letters
    kLexicon,     // names of one entry
    kBrackets,    // 인천테크노파크(인천TP)
    kShortForm,   // 인하대 for 인하대학교, 남동산단 for 남동국가산업단지
    kEnding,      // 혁신네트워크 for 창원 강소특구 혁신네트워크
    kSyllables,   // 생기원 for 생산기술연구원
    kInitials,    // KERI for Korea Electrotechnology Research Institute
    kSurname,     // Nam for Nam Kyung-pil
    kHeadline,    // 수소 시험센터 in the headline for 수소 안전시험센터
};

}  // namespace maek::extract
