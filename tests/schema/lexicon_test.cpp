#include "schema/lexicon.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include "tests/schema/folder_fixture.h"

namespace maek {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::filesystem::path kShipped = std::filesystem::path(MAEK_SOURCE_DIR) / "schema";

class ShippedLexicon : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        ontology_ = new Ontology(std::move(*Ontology::load(kShipped)));
        auto lexicon = Lexicon::load(kShipped, *ontology_);
        ASSERT_TRUE(lexicon.ok()) << lexicon.error().text();
        lexicon_ = new Lexicon(std::move(*lexicon));
    }
    static void TearDownTestSuite() {
        delete lexicon_;
        delete ontology_;
    }
    // The names of the entries that may be written so.
    static std::vector<std::string> meaning(std::string_view text) {
        std::vector<std::string> out;
        for (const LexiconForm& form : lexicon_->find(text)) out.push_back(lexicon_->entry(form.entry).name);
        return out;
    }
    static inline Ontology* ontology_ = nullptr;
    static inline Lexicon* lexicon_ = nullptr;
};

TEST_F(ShippedLexicon, KnowsAnInstituteByItsAbbreviationShortFormAndEnglishName) {
    EXPECT_THAT(meaning("KITECH"), ElementsAre("한국생산기술연구원"));
    EXPECT_THAT(meaning("생기원"), ElementsAre("한국생산기술연구원"));
    EXPECT_THAT(meaning("Korea Institute of Industrial Technology"), ElementsAre("한국생산기술연구원"));
}

TEST_F(ShippedLexicon, KnowsABodyByItsEarlierName) {
    ASSERT_THAT(lexicon_->find("재료연구소"), SizeIs(1));
    EXPECT_EQ(lexicon_->find("재료연구소")[0].kind, FormKind::kFormer);
    EXPECT_THAT(meaning("재료연구소"), ElementsAre("한국재료연구원"));
}

TEST_F(ShippedLexicon, MakesShortFormsOfUniversitiesByRule) {
    EXPECT_THAT(meaning("인하대"), ElementsAre("인하대학교"));
    EXPECT_THAT(meaning("서울과기대"), ElementsAre("서울과학기술대학교"));
}

TEST_F(ShippedLexicon, FlagsANameThatSeveralPlacesShare) {
    const auto forms = lexicon_->find("중구");
    EXPECT_GT(forms.size(), 3u);
    for (const LexiconForm& form : forms) EXPECT_TRUE(form.ambiguous);
    EXPECT_FALSE(lexicon_->find("창원시")[0].ambiguous);
}

TEST_F(ShippedLexicon, KeepsTheFormsSorted) {
    const auto forms = lexicon_->forms();
    EXPECT_GT(forms.size(), 4000u);
    for (std::size_t i = 1; i < forms.size(); ++i) ASSERT_LE(forms[i - 1].text, forms[i].text);
}

TEST_F(ShippedLexicon, HasWordListsByName) {
    EXPECT_THAT(lexicon_->words("josa"), Contains("에서"));
    EXPECT_THAT(lexicon_->words("trigger.FUNDS"), Contains("투자"));
    EXPECT_THAT(lexicon_->words("no such list"), IsEmpty());
}

TEST_F(ShippedLexicon, AnswersNothingForAnUnknownName) { EXPECT_THAT(lexicon_->find("없는이름"), IsEmpty()); }

class LexiconFiles : public FolderFixture {
protected:
    void SetUp() override {
        FolderFixture::SetUp();
        put("ontology.json", R"({"format": "maek-ontology", "entity_types": [{"name": "City"}, {"name": "Firm"}]})");
    }
    Result<Lexicon> load(const std::filesystem::path& overlay = {}) {
        auto ontology = Ontology::load(folder_);
        return Lexicon::load(folder_, *ontology, overlay);
    }
};

TEST_F(LexiconFiles, NameTheEntryOfAnUnknownType) {
    put("lexicon/a.json", "{\"format\": \"maek-lexicon\", \"type\": \"Town\", \"entries\": [\n{\"name\": \"가람\"}]}");
    const auto lexicon = load();
    ASSERT_FALSE(lexicon.ok());
    EXPECT_THAT(lexicon.error().text(), HasSubstr("a.json:2"));
    EXPECT_THAT(lexicon.error().message, HasSubstr("entry '가람'"));
}

TEST_F(LexiconFiles, NameBothPlacesOfADuplicate) {
    put("lexicon/a.json", R"({"format": "maek-lexicon", "type": "City", "entries": [{"name": "가람시"}]})");
    put("lexicon/b.json", R"({"format": "maek-lexicon", "type": "City", "entries": [{"name": "가람시"}]})");
    const auto lexicon = load();
    ASSERT_FALSE(lexicon.ok());
    EXPECT_THAT(lexicon.error().text(), HasSubstr("b.json"));
    EXPECT_THAT(lexicon.error().message, HasSubstr("a.json:1"));
}

TEST_F(LexiconFiles, RefuseParentsThatFormACircle) {
    put("lexicon/a.json", R"({"format": "maek-lexicon", "type": "City", "entries": [
        {"name": "가", "parent": "나"}, {"name": "나", "parent": "가"}]})");
    const auto lexicon = load();
    ASSERT_FALSE(lexicon.ok());
    EXPECT_THAT(lexicon.error().message, HasSubstr("circle"));
}

TEST_F(LexiconFiles, LetAnOverlayAddOverrideAndRemoveEntries) {
    put("lexicon/a.json", R"({"format": "maek-lexicon", "type": "Firm", "entries": [
        {"name": "하나기계"}, {"name": "두리전자", "aliases": ["두리"]}]})");
    put("mine/lexicon/x.json", R"({"format": "maek-lexicon", "type": "Firm", "entries": [
        {"name": "하나기계", "remove": true}, {"name": "두리전자", "aliases": ["DR"]}, {"name": "세움화학"}]})");
    const auto lexicon = load(folder_ / "mine");
    ASSERT_TRUE(lexicon.ok()) << lexicon.error().text();
    EXPECT_THAT(lexicon->find("하나기계"), IsEmpty());
    EXPECT_THAT(lexicon->find("두리"), IsEmpty());
    EXPECT_THAT(lexicon->find("DR"), SizeIs(1));
    EXPECT_THAT(lexicon->find("세움화학"), SizeIs(1));
}

TEST_F(LexiconFiles, LetAListedNameWinOverAMadeOne) {
    put("lexicon/a.json", R"({"format": "maek-lexicon", "type": "Firm",
        "short_forms": [{"type": "Firm", "ending": "전자", "instead": "전", "least": 1}],
        "entries": [{"name": "가나전자"}, {"name": "가나전"}]})");
    const auto lexicon = load();
    ASSERT_TRUE(lexicon.ok()) << lexicon.error().text();
    ASSERT_THAT(lexicon->find("가나전"), SizeIs(1));
    EXPECT_EQ(lexicon->find("가나전")[0].kind, FormKind::kCanonical);
}

TEST_F(LexiconFiles, NameTheListThatHoldsAWordTwice) {
    put("lexicon/a.json", R"({"format": "maek-lexicon", "entries": []})");
    put("words/w.json", R"({"format": "maek-words", "lists": [{"name": "josa", "words": ["은", "은"]}]})");
    const auto lexicon = load();
    ASSERT_FALSE(lexicon.ok());
    EXPECT_THAT(lexicon.error().message, HasSubstr("list 'josa': holds '은' twice"));
}

}  // namespace
}  // namespace maek
