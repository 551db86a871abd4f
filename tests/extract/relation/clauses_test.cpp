#include "extract/relation/clauses.h"

#include "tests/extract/relation/relation_fixture.h"

namespace maek::extract {
namespace {

class ClausesOf : public RelationFixture {
protected:
    void read_first(const std::string& text, Names names) {
        read(text, std::move(names));
        references_ = find_references(document_, linked_, words_->reference_heads());
        SceneBuilder builder(document_, linked_, references_, *words_);
        Running running;
        builder.build(0, running, scene_);
        clauses_.read(document_.text, *words_, scene_);
    }
    const Occurrence& occurrence(const std::string& name) const {
        for (const Occurrence& o : scene_.occurrences) {
            if (!o.left_out() && document_.view(o.span) == name) return o;
        }
        ADD_FAILURE() << "no occurrence of " << name;
        return scene_.occurrences.front();
    }
    std::string governor(const std::string& name) const {
        const int w = clauses_.governor(occurrence(name));
        return w < 0 ? "" : std::string(document_.view(scene_.words[static_cast<std::size_t>(w)].span));
    }
    std::vector<Reference> references_;
    Scene scene_;
    Clauses clauses_;
};

TEST_F(ClausesOf, ATopicReachesOverWhatDescribesANoun) {
    read_first("한빛시는 다솜재단이 운영하는 누리센터를 넓히기로 했다.",
               {{"한빛시", EntityType::kCity}, {"다솜재단", EntityType::kAgency}, {"누리센터", EntityType::kFacility}});
    EXPECT_EQ(governor("한빛시"), "넓히기로");
    EXPECT_EQ(governor("다솜재단"), "운영하는");
    EXPECT_EQ(governor("누리센터"), "넓히기로");
    EXPECT_TRUE(clauses_.describes(clauses_.governor(occurrence("다솜재단")), occurrence("누리센터")));
    EXPECT_FALSE(clauses_.describes(clauses_.governor(occurrence("한빛시")), occurrence("누리센터")));
}

TEST_F(ClausesOf, AnAuxiliaryGivesWayToTheMatter) {
    read_first("한빛시는 누리센터를 건립할 계획이다.", {{"한빛시", EntityType::kCity}, {"누리센터", EntityType::kFacility}});
    EXPECT_EQ(governor("한빛시"), "건립할");
    EXPECT_EQ(governor("누리센터"), "건립할");
}

TEST_F(ClausesOf, APredicateKnowsItsObject) {
    read_first("한빛시와 가온대학교는 업무협약을 체결했다.", {{"한빛시", EntityType::kCity}, {"가온대학교", EntityType::kUniversity}});
    const int verb = clauses_.governor(occurrence("가온대학교"));
    ASSERT_GE(verb, 0);
    const int object = clauses_.object_of(verb);
    ASSERT_GE(object, 0);
    EXPECT_EQ(document_.view(scene_.words[static_cast<std::size_t>(object)].span), "업무협약을");
}

TEST(FormOf, TellsPredicatesFromNouns) {
    EXPECT_EQ(form_of("밝혔다.", false), WordForm::kFinal);
    EXPECT_EQ(form_of("운영하는", false), WordForm::kAdnominal);
    EXPECT_EQ(form_of("구축하고,", false), WordForm::kConnective);
    EXPECT_EQ(form_of("추진한다고", false), WordForm::kQuoted);
    EXPECT_EQ(form_of("위해", true), WordForm::kNoun);
    EXPECT_EQ(form_of("센터에서", true), WordForm::kNoun);
    EXPECT_EQ(form_of("계획이다.", true), WordForm::kAuxiliary);
}

}  // namespace
}  // namespace maek::extract
