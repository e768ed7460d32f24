#include "bot/governance/desk.hpp"

#include <gtest/gtest.h>

#include "bot/governance/audit.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::governance {
namespace {

const Timestamp now{std::chrono::seconds{1'795'680'000}};  // 2026-11-26
const Person curator{"karen", Role::curator};
const Person approver{"gert", Role::approver};
const Person both{"bodil", Roles(Role::curator) | Role::approver};
const Person keeper{"olga", Role::operator_};

class DeskTest : public ::testing::Test {
protected:
    DeskTest() {
        options_.data_dir = folder_.path();
        options_.roots = {folder_ / "materiale"};
        std::filesystem::create_directories(folder_ / "materiale/ny");
    }
    Desk desk(const Person& person) { return {*store_, options_, person, now}; }
    sources::Source source(const std::string& id = "ny") const {
        sources::Source out;
        out.id = SourceId{id};
        out.path = folder_ / "materiale/ny";
        out.base_url = "https://lunby.example/";
        out.purpose = "Svar";
        out.rights = "Vores egen";
        return out;
    }
    void preview(std::int64_t id) {
        auto row = ledger_.proposal(id).value();
        row.preview = "{}";
        ledger_.put_proposal(row);
    }
    sources::State state(const std::string& id = "ny") {
        return store_->source(SourceId{id}).value().state;
    }
    /// A source in use with one document that says where the recycling place is.
    DocumentId document_in_use() {
        sources::Source in_use = source("brugt");
        in_use.state = sources::State::approved;
        in_use.review_date = Date{std::chrono::year{2027}, std::chrono::June, std::chrono::day{30}};
        store_->put_source(in_use);
        ParsedDocument document;
        document.url = "https://lunby.example/plads";
        document.title = "Pladsen";
        Passage passage;
        passage.text = "Pladsen ligger på Industrivej.";
        document.passages.push_back(passage);
        store_->replace_file(in_use, {"plads.md", 1, 1, "x", true, ""}, {document}, now);
        return store::document_id(in_use.id, document.url);
    }
    std::string last_action() { return ledger_.last_audit().value().action; }

    support::TemporaryFolder folder_;
    std::unique_ptr<store::Store> store_ = store::Store::open(folder_.path());
    store::Ledger ledger_{*store_};
    DeskOptions options_;
};

TEST_F(DeskTest, ASourceTakesTwoPeopleAndALookAtIt) {
    const auto id = desk(both).propose_source(source());
    ASSERT_TRUE(id) << id.error().message;
    EXPECT_EQ(state(), sources::State::proposed);
    EXPECT_EQ(desk(approver).approve(*id).error().code, ErrorCode::conflict) << "no preview yet";
    preview(*id);
    EXPECT_EQ(desk(both).approve(*id).error().code, ErrorCode::denied) << "the proposer";
    EXPECT_EQ(desk(curator).approve(*id).error().code, ErrorCode::denied) << "no approver";
    EXPECT_EQ(state(), sources::State::proposed);
    ASSERT_TRUE(desk(approver).approve(*id));
    EXPECT_EQ(state(), sources::State::approved);
    EXPECT_EQ(last_action(), "source.add.approve");
    EXPECT_EQ(desk(approver).approve(*id).error().code, ErrorCode::conflict) << "once only";
}

TEST_F(DeskTest, ARejectedSourceIsNeverUsed) {
    const auto id = desk(curator).propose_source(source());
    ASSERT_TRUE(id);
    EXPECT_EQ(desk(approver).reject(*id, "").error().code, ErrorCode::invalid_input);
    ASSERT_TRUE(desk(approver).reject(*id, "Ikke vores side"));
    EXPECT_EQ(state(), sources::State::proposed);
    preview(*id);
    EXPECT_FALSE(desk(approver).approve(*id));
    EXPECT_TRUE(desk(curator).propose_source(source())) << "better luck next time";
}

TEST_F(DeskTest, OnlyFoldersThatMayBeProposedCanBe) {
    sources::Source outside = source();
    for (const char* path : {"/etc", "materiale/../..", "materialet"}) {
        outside.path = folder_ / path;
        EXPECT_EQ(desk(curator).propose_source(outside).error().code, ErrorCode::denied) << path;
    }
    std::filesystem::create_directory_symlink("/etc", folder_ / "materiale/link");
    outside.path = folder_ / "materiale/link";
    EXPECT_EQ(desk(curator).propose_source(outside).error().code, ErrorCode::denied);
    sources::Source unsaid = source();
    unsaid.rights.clear();
    EXPECT_EQ(desk(curator).propose_source(unsaid).error().code, ErrorCode::invalid_input);
}

TEST_F(DeskTest, TakingDownIsDoneByOneAndNeverComesBackByItself) {
    const DocumentId id = document_in_use();
    EXPECT_EQ(desk(Person{"rasmus", Role::reader}).take_down(id, "x").error().code,
              ErrorCode::denied);
    const auto passages = store_->document_passages(id);
    store::KeptAnswer kept{
        AnswerId{"a1"}, R"({"quote":"Industrivej"})", "1", now, {passages.at(0).id}};
    store_->keep_answer(kept);
    ASSERT_TRUE(desk(curator).take_down(id, "Forkert adresse"));
    EXPECT_TRUE(store_->document_passages(id).empty());
    EXPECT_FALSE(store_->kept_answer(kept.id));

    // Read again, it stays away; given back by two, it comes.
    ParsedDocument document;
    document.url = "https://lunby.example/plads";
    document.title = "Pladsen";
    document.passages.push_back({{}, "Pladsen ligger på Industrivej.", {}, {}, {}, {}, {}});
    const auto again = [&] {
        store_->replace_file(store_->source(SourceId{"brugt"}).value(),
                             {"plads.md", 1, 2, "y", true, ""}, {document}, now);
        return store_->document_passages(id).size();
    };
    EXPECT_EQ(again(), 0U);
    const auto back = desk(curator).propose_document_return(id);
    ASSERT_TRUE(back);
    EXPECT_EQ(again(), 0U);
    ASSERT_TRUE(desk(approver).approve(*back));
    EXPECT_EQ(again(), 1U);
}

TEST_F(DeskTest, APausedSourceReturnsThroughASecondPerson) {
    document_in_use();
    const SourceId id{"brugt"};
    ASSERT_TRUE(desk(keeper).pause_source(id, "Fejl i taksterne"));
    EXPECT_EQ(state("brugt"), sources::State::paused);
    EXPECT_FALSE(desk(approver).propose_return(id)) << "an approver proposes nothing";
    const auto back = desk(both).propose_return(id);
    ASSERT_TRUE(back);
    EXPECT_FALSE(desk(both).approve(*back));
    ASSERT_TRUE(desk(approver).approve(*back));
    EXPECT_EQ(state("brugt"), sources::State::approved);
}

TEST_F(DeskTest, TheKillSwitchWorksBothWaysAndIsNoted) {
    EXPECT_FALSE(desk(curator).stop("x"));
    ASSERT_TRUE(desk(keeper).stop("Vi retter en fejl"));
    EXPECT_EQ(store_->setting("paused"), "Vi retter en fejl");
    ASSERT_TRUE(desk(approver).go_on());
    EXPECT_FALSE(store_->setting("paused"));
    EXPECT_FALSE(desk(approver).go_on());
}

TEST_F(DeskTest, ACuratedAnswerNeedsASourceThatItsReadersMaySee) {
    document_in_use();
    CuratedAnswer answer;
    answer.id = "a1";
    answer.question = "Hvor ligger pladsen?";
    answer.text = "Pladsen ligger på Industrivej.";
    answer.proof_url = "https://lunby.example/ukendt";
    EXPECT_EQ(desk(curator).propose_answer(answer).error().code, ErrorCode::invalid_input);
    answer.proof_url = "https://lunby.example/plads";
    const auto id = desk(curator).propose_answer(answer);
    ASSERT_TRUE(id) << id.error().message;
    ASSERT_TRUE(desk(approver).approve(*id));
    const std::string file = support::read_file(folder_ / "redaktion/svar/a1.md");
    EXPECT_NE(file.find("expires: 2027-06-30"), std::string::npos) << "with its source: " << file;
    EXPECT_TRUE(store_->setting(reading_wanted(SourceId{"redaktion"})));

    sources::Source closed = store_->source(SourceId{"brugt"}).value();
    closed.audience = Audience{"council"};
    store_->put_source(closed);
    answer.id = "a2";
    EXPECT_FALSE(desk(curator).propose_answer(answer)) << "public answer from council material";
    answer.audience = Audience{"council"};
    EXPECT_TRUE(desk(curator).propose_answer(answer));
}

TEST_F(DeskTest, ACuratedAnswerIsReadBackAsItWasWritten) {
    CuratedAnswer answer;
    answer.id = "a1";
    answer.question = "Hvad er \"det nye\": to # tegn \\ og – en streg?";
    answer.paraphrases = {"Det nye?", "- liste: [x]"};
    answer.text = "Første sætning.\n\n- et punkt\n- et punkt til";
    answer.proof_url = "https://lunby.example/plads";
    EXPECT_TRUE(curated_markdown(answer));
    EXPECT_EQ(curated_from_json(curated_json(answer)), answer);
    answer.text = "Hun har 010203-1234 som nummer.";
    EXPECT_FALSE(curated_markdown(answer));
    answer.text = "<script>alert(1)</script>";
    EXPECT_FALSE(curated_markdown(answer));
}

TEST_F(DeskTest, EveryDeedIsInOneUnbrokenChain) {
    document_in_use();
    static_cast<void>(desk(curator).propose_source(source()));
    static_cast<void>(desk(keeper).stop("x"));
    static_cast<void>(desk(keeper).go_on());
    static_cast<void>(desk(keeper).add_user("anna", "Anna", Role::reader));
    AuditCheck check;
    for (const auto& row : ledger_.audit(1, 100)) EXPECT_FALSE(check.next(row));
    EXPECT_EQ(check.count(), 4);
    EXPECT_EQ(desk(keeper).add_user("Anna Æ", "", Role::reader).error().code,
              ErrorCode::invalid_input);
    EXPECT_EQ(ledger_.audit(1, 100).size(), 4U) << "what failed leaves no line";
}

TEST_F(DeskTest, AHandoffIsAnsweredOnce) {
    store::HandoffRow row;
    row.id = "h1";
    row.channel = "web";
    row.question = "Hvornår?";
    row.asked = now;
    ledger_.add_handoff(row);
    EXPECT_FALSE(desk(approver).answer_handoff("h1", "I morgen"));
    ASSERT_TRUE(desk(curator).answer_handoff("h1", "I morgen"));
    EXPECT_EQ(ledger_.handoff("h1").value().state, "answered");
    EXPECT_EQ(desk(curator).answer_handoff("h1", "Nej").error().code, ErrorCode::conflict);
}

TEST(Roles, SayWhoMayWhat) {
    EXPECT_EQ(roles_of("curator approver nonsense"), Roles(Role::curator) | Role::approver);
    EXPECT_EQ(names_of(roles_of("operator reader")), "reader operator");
    EXPECT_FALSE(may(Roles(), Act::look));
    EXPECT_TRUE(may(Role::reader, Act::look));
    EXPECT_FALSE(may(Role::reader, Act::take_down));
    EXPECT_FALSE(may(Role::curator, Act::decide));
    EXPECT_FALSE(may(Role::approver, Act::propose));
    EXPECT_FALSE(may(Role::approver, Act::staff));
    EXPECT_FALSE(may(Role::operator_, Act::decide));
}

}  // namespace
}  // namespace raadbot::governance
