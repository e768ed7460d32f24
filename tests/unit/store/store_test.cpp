// The store: versions, pending passages, take-down, retention.
#include "retrieval/store/store.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "retrieval/store/database.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::store {
namespace {

using namespace std::chrono_literals;

sources::Source source_named(const std::string& id, const std::string& audience = "public") {
    sources::Source source;
    source.id = SourceId{id};
    source.kind = SourceKind::handbook;
    source.path = "/srv/" + id;
    source.base_url = "https://lunby.example/" + id + "/";
    source.audience = Audience{audience};
    source.owner = {"Sekretariatet", "sek@lunby.example", "99 00 00 10"};
    source.purpose = "Svar til borgere";
    source.rights = "Eget materiale";
    source.review_date = parse_date("2030-06-30");
    return source;
}

ParsedDocument page(const std::string& title, const std::vector<std::string>& texts) {
    ParsedDocument document;
    document.title = title;
    for (const std::string& text : texts) {
        Passage passage;
        passage.headings = {"Kapitel", title};
        passage.text = text;
        passage.anchor.fragment = "#" + title;
        document.passages.push_back(std::move(passage));
    }
    return document;
}

ParsedDocument item(const std::string& suffix, const std::string& case_number, const char* date) {
    ParsedDocument document = page("Punkt", {"Udvalget vedtog sagen " + suffix});
    document.url_suffix = suffix;
    document.meeting =
        MeetingInfo{"Teknisk Udvalg",          parse_date(date), MeetingPaper::referat,
                    suffix.empty() ? "" : "1", case_number,      "https://lunby.example/m"};
    return document;
}

Timestamp at(const char* text) { return *parse_timestamp(text); }

class StoreTest : public ::testing::Test {
protected:
    StoreTest() : source_(source_named("haandbog")) { store_->put_source(source_); }

    Store::Change replace(const std::string& path, const std::vector<ParsedDocument>& documents) {
        return store_->replace_file(source_, FileRecord{path, 10, 20, "hash", true, {}}, documents,
                                    now_);
    }
    std::vector<StoredPassage> all() {
        std::vector<StoredPassage> result;
        store_->each_passage([&](const StoredPassage& passage) { result.push_back(passage); });
        return result;
    }

    support::TemporaryFolder folder_;
    std::unique_ptr<Store> store_ = Store::open(folder_.path());
    sources::Source source_;
    Timestamp now_ = at("2026-11-23T08:00:00Z");
};

TEST_F(StoreTest, GivesASourceBackAsItWasPut) {
    EXPECT_EQ(store_->source(source_.id), source_);
    source_.state = sources::State::paused;
    source_.audience = Audience{"committee:oeu"};
    source_.review_date.reset();
    store_->put_source(source_);
    EXPECT_EQ(store_->source(source_.id), source_);
    EXPECT_EQ(store_->all_sources().size(), 1U);
    EXPECT_FALSE(store_->source(SourceId{"none"}));
}

TEST_F(StoreTest, GivesAPassageBackAsItWasPut) {
    ParsedDocument document = item("#1", "24/1187", "2026-03-04");
    document.language = "da";
    document.owner = "Vej og Park";
    document.updated = parse_date("2026-03-05");
    document.questions = {"Hvornår?"};
    document.proof_url = "https://lunby.example/bevis";
    document.expires = parse_date("2027-01-01");
    document.passages[0].section = Section::beslutning;
    document.passages[0].decided_by = "Byrådet";
    document.passages[0].decided_on = parse_date("2026-03-24");
    document.passages[0].anchor.page = 3;
    document.passages[0].speaker = "Formanden";
    replace("a.html", {document});
    const auto stored = all();
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_EQ(stored[0].passage, document.passages[0]);
    EXPECT_EQ(stored[0].meeting, document.meeting);
    EXPECT_EQ(stored[0].url, "https://lunby.example/haandbog/a.html#1");
    EXPECT_EQ(stored[0].document, document_id(source_.id, stored[0].url));
    EXPECT_EQ(stored[0].questions, document.questions);
    EXPECT_EQ(stored[0].proof_url, document.proof_url);
    EXPECT_EQ(stored[0].expires, document.expires);
    EXPECT_EQ(stored[0].updated, document.updated);
    EXPECT_EQ(stored[0].checked, now_);
    EXPECT_EQ(stored[0].audience, source_.audience);
}

TEST_F(StoreTest, UnchangedDocumentKeepsItsPassages) {
    replace("a.md", {page("A", {"Et", "To"})});
    const auto before = all();
    now_ += 24h;
    const auto change = replace("a.md", {page("A", {"Et", "To"})});
    EXPECT_EQ(change.unchanged, 1U);
    EXPECT_EQ(change.added + change.changed + change.removed, 0U);
    const auto after = all();
    ASSERT_EQ(after.size(), before.size());
    EXPECT_EQ(after[0].id, before[0].id);
    EXPECT_EQ(after[0].checked, now_);
}

TEST_F(StoreTest, ChangedDocumentGetsNewPassageNumbers) {
    replace("a.md", {page("A", {"Et", "To"})});
    const auto before = all();
    const auto change = replace("a.md", {page("A", {"Et", "Tre"})});
    EXPECT_EQ(change.changed, 1U);
    const auto after = all();
    ASSERT_EQ(after.size(), 2U);
    for (const auto& passage : after) EXPECT_GT(passage.id, before.back().id);
    EXPECT_TRUE(store_->passages({before[0].id}).empty());
}

TEST_F(StoreTest, NumbersAreNotUsedAgainAfterAllIsGone) {
    replace("a.md", {page("A", {"Et"})});
    const auto old = all()[0].id;
    store_->remove_file(source_.id, "a.md");
    replace("b.md", {page("B", {"To"})});
    EXPECT_GT(all()[0].id, old);
}

TEST_F(StoreTest, DocumentThatLeftItsFileIsRemoved) {
    replace("m.html", {item("", "", "2026-03-04"), item("#1", "24/1", "2026-03-04"),
                       item("#2", "24/2", "2026-03-04")});
    const auto change =
        replace("m.html", {item("", "", "2026-03-04"), item("#2", "24/2", "2026-03-04")});
    EXPECT_EQ(change.removed, 1U);
    EXPECT_EQ(change.unchanged, 2U);
    EXPECT_TRUE(store_->case_passages("24/1").empty());
    EXPECT_EQ(store_->case_passages("24/2").size(), 1U);
}

TEST_F(StoreTest, SameUrlFromAnotherFileIsOneDocument) {
    ParsedDocument document = page("A", {"Et"});
    document.url = "https://lunby.example/a";
    replace("a.html", {document});
    document.passages[0].text = "To";
    replace("kopi/a.html", {document});
    EXPECT_EQ(store_->counts().documents, 1U);
    ASSERT_EQ(all().size(), 1U);
    EXPECT_EQ(all()[0].passage.text, "To");
}

TEST_F(StoreTest, PendingFollowsAddsAndRemoves) {
    replace("a.md", {page("A", {"Et", "To"})});
    auto pending = store_->pending();
    ASSERT_EQ(pending.size(), 2U);
    EXPECT_TRUE(pending[0].present);
    store_->clear_pending(pending);
    EXPECT_TRUE(store_->pending().empty());
    store_->remove_file(source_.id, "a.md");
    pending = store_->pending();
    ASSERT_EQ(pending.size(), 2U);
    EXPECT_FALSE(pending[0].present);
}

TEST_F(StoreTest, ClearingDoesNotSwallowAChangeMadeMeanwhile) {
    replace("a.md", {page("A", {"Et"})});
    const auto seen = store_->pending();
    store_->remove_file(source_.id, "a.md");  // While the index was busy with `seen`.
    store_->clear_pending(seen);
    const auto left = store_->pending();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_FALSE(left[0].present);
}

TEST_F(StoreTest, GenerationMovesOnlyWithContent) {
    replace("a.md", {page("A", {"Et"})});
    const auto first = store_->generation();
    replace("a.md", {page("A", {"Et"})});
    store_->touch_source(source_.id, now_ + 1h);
    EXPECT_EQ(store_->generation(), first);
    replace("a.md", {page("A", {"To"})});
    EXPECT_GT(store_->generation(), first);
}

TEST_F(StoreTest, PassagesComeInTheOrderAskedFor) {
    replace("a.md", {page("A", {"Et", "To", "Tre"})});
    const auto stored = all();
    const auto got = store_->passages({stored[2].id, 9'999, stored[0].id});
    ASSERT_EQ(got.size(), 2U);
    EXPECT_EQ(got[0].passage.text, "Tre");
    EXPECT_EQ(got[1].passage.text, "Et");
    EXPECT_EQ(store_->document_passages(stored[0].document).size(), 3U);
}

TEST_F(StoreTest, CaseTravelsOldestMeetingFirst) {
    replace("2.html", {item("#1", "24/1187", "2026-05-01")});
    replace("1.html", {item("#1", "24/1187", "2026-03-01")});
    const auto way = store_->case_passages("24/1187");
    ASSERT_EQ(way.size(), 2U);
    EXPECT_LT(*way[0].meeting->date, *way[1].meeting->date);
    EXPECT_TRUE(store_->case_passages("").empty());
}

TEST_F(StoreTest, MeetingsListsWholeMeetingsOnly) {
    replace("m.html", {item("", "", "2026-03-04"), item("#1", "24/1", "2026-03-04")});
    const auto meetings = store_->meetings();
    ASSERT_EQ(meetings.size(), 1U);
    EXPECT_EQ(meetings[0].body, "Teknisk Udvalg");
    EXPECT_EQ(to_string(meetings[0].date), "2026-03-04");
}

TEST_F(StoreTest, SectionPassagesGivesGlossaryEntries) {
    ParsedDocument glossary = page("Ordliste", {"Udtryk", "Andet"});
    glossary.passages[0].section = Section::term;
    replace("ord.md", {glossary});
    ASSERT_EQ(store_->section_passages(Section::term).size(), 1U);
    EXPECT_EQ(store_->section_passages(Section::term)[0].passage.text, "Udtryk");
}

TEST_F(StoreTest, FilesAreRememberedWithTheirNote) {
    store_->put_file(source_.id, {"b.pdf", 7, 8, "h", false, "has no text layer"});
    const auto files = store_->files(source_.id);
    ASSERT_EQ(files.size(), 1U);
    EXPECT_FALSE(files[0].readable);
    EXPECT_EQ(files[0].note, "has no text layer");
    EXPECT_EQ(files[0].modified, 8);
}

TEST_F(StoreTest, FailedTransactionLeavesNothing) {
    EXPECT_THROW(store_->in_transaction([&] {
        replace("a.md", {page("A", {"Et"})});
        throw std::runtime_error("power cut");
    }),
                 std::runtime_error);
    EXPECT_EQ(store_->counts().documents, 0U);
    EXPECT_TRUE(store_->pending().empty());
    replace("a.md", {page("A", {"Et"})});  // And the store is usable again.
    EXPECT_EQ(store_->counts().documents, 1U);
}

TEST_F(StoreTest, ErasingASourceLeavesOthersAlone) {
    const auto other = source_named("intranet", "council");
    store_->put_source(other);
    replace("a.md", {page("A", {"Et"})});
    store_->replace_file(other, {"b.md", 1, 1, "h", true, {}}, {page("B", {"To"})}, now_);
    store_->clear_pending(store_->pending());
    store_->erase_source_content(source_.id);
    ASSERT_EQ(all().size(), 1U);
    EXPECT_EQ(all()[0].passage.text, "To");
    EXPECT_TRUE(store_->files(source_.id).empty());
    ASSERT_EQ(store_->pending().size(), 1U);
    EXPECT_FALSE(store_->pending()[0].present);
}

TEST_F(StoreTest, TakenDownTextIsNotLeftInTheFile) {
    replace("a.md", {page("A", {"Forsvinder-aldeles-7719"})});
    store_->erase_source_content(source_.id);
    store_.reset();
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
        if (!entry.is_regular_file()) continue;
        EXPECT_EQ(support::read_file(entry.path()).find("Forsvinder-aldeles-7719"),
                  std::string::npos)
            << entry.path();
    }
}

TEST_F(StoreTest, KeptAnswerComesBackUntilWhatItCitesIsGone) {
    replace("a.md", {page("A", {"Et"})});
    const KeptAnswer answer{AnswerId{"a1"}, R"({"kind":"answered"})", "v1", now_, {all()[0].id}};
    store_->keep_answer(answer);
    const auto kept = store_->kept_answer(AnswerId{"a1"});
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->json, answer.json);
    EXPECT_EQ(kept->passages, answer.passages);
    store_->remove_file(source_.id, "a.md");
    EXPECT_FALSE(store_->kept_answer(AnswerId{"a1"}));
}

TEST_F(StoreTest, AnAnswerFromAnOlderVersionIsMarkedNotShownAsNew) {
    replace("a.md", {page("A", {"Mødet er kl. 17."})});
    store_->keep_answer({AnswerId{"a1"}, "{}", "v1", now_, {all()[0].id}});
    EXPECT_FALSE(store_->kept_answer(AnswerId{"a1"})->superseded);
    const DocumentId document = all()[0].document;
    replace("a.md", {page("A", {"Mødet er kl. 18."})});
    const auto kept = store_->kept_answer(AnswerId{"a1"});
    ASSERT_TRUE(kept);
    EXPECT_TRUE(kept->superseded);
    EXPECT_EQ(kept->documents, std::vector<DocumentId>{document});
    // Asked again it is given from the new version, and is new.
    store_->keep_answer({AnswerId{"a1"}, "{}", "v2", now_, {all()[0].id}});
    EXPECT_FALSE(store_->kept_answer(AnswerId{"a1"})->superseded);
    store_->remove_file(source_.id, "a.md");
    EXPECT_FALSE(store_->kept_answer(AnswerId{"a1"}));
}

TEST_F(StoreTest, AFileThatClosesMoreTakesItsAnswersAlong) {
    const auto read = [&](std::uint32_t closed, const char* text) {
        store_->replace_file(source_, {"m.xml", 10, 20, text, true, {}, closed},
                             {page("A", {text})}, now_);
    };
    read(1, "Punktet om havnen og punktet om hallen");
    store_->keep_answer({AnswerId{"a1"}, "{}", "v1", now_, {all()[0].id}});
    read(2, "Punktet om hallen");
    EXPECT_FALSE(store_->kept_answer(AnswerId{"a1"}));
    EXPECT_TRUE(store_->wants_purge());
    store_->purged();
    EXPECT_FALSE(store_->wants_purge());
}

TEST_F(StoreTest, AnAnswerFromWhatIsGoneAlreadyIsNotKept) {
    replace("a.md", {page("A", {"Et"})});
    const PassageId old = all()[0].id;
    store_->remove_file(source_.id, "a.md");
    store_->keep_answer({AnswerId{"late"}, "{}", "v1", now_, {old}});
    EXPECT_FALSE(store_->kept_answer(AnswerId{"late"}));
}

TEST_F(StoreTest, TheSameDocumentFromAnotherFileIsNoNewVersion) {
    auto document = page("A", {"Et"});
    document.url = "https://lunby.example/a";
    replace("a.md", {document});
    store_->keep_answer({AnswerId{"a1"}, "{}", "v1", now_, {all()[0].id}});
    const auto moved = replace("b.md", {document});
    EXPECT_EQ(moved.unchanged, 1U);
    store_->remove_file(source_.id, "a.md");
    ASSERT_TRUE(store_->kept_answer(AnswerId{"a1"}));
    EXPECT_FALSE(store_->kept_answer(AnswerId{"a1"})->superseded);
}

TEST_F(StoreTest, RetentionErasesOldAnswersOnly) {
    store_->keep_answer({AnswerId{"old"}, "{}", "v1", now_ - 31 * 24h, {}});
    store_->keep_answer({AnswerId{"new"}, "{}", "v1", now_, {}});
    store_->erase_answers_before(now_ - 30 * 24h);
    EXPECT_FALSE(store_->kept_answer(AnswerId{"old"}));
    EXPECT_TRUE(store_->kept_answer(AnswerId{"new"}));
}

TEST_F(StoreTest, FeedbackAndUsageAreCountedWithoutPersons) {
    store_->add_feedback(AnswerId{"a1"}, true, "", now_, "a vote");
    store_->add_feedback(AnswerId{"a1"}, true, "", now_, "a vote");  // Again, after a crash.
    store_->add_feedback(AnswerId{"a1"}, false, "mangler dato", now_);
    EXPECT_EQ(store_->feedback_counts().helpful, 1U);
    EXPECT_EQ(store_->feedback_counts().unhelpful, 1U);
    EXPECT_FALSE(store_->remove_feedback(""));
    EXPECT_FALSE(store_->remove_feedback("another"));
    EXPECT_TRUE(store_->remove_feedback("a vote"));
    EXPECT_FALSE(store_->remove_feedback("a vote")) << "taken back twice, it takes no other's";
    EXPECT_EQ(store_->feedback_counts().helpful, 0U);
    EXPECT_EQ(store_->feedback_counts().unhelpful, 1U);
    const Date day = *parse_date("2026-11-23");
    store_->count_answer(day, "web", "refused", "out_of_scope");
    store_->count_answer(day, "web", "refused", "out_of_scope");
    const auto usage = store_->usage(day);
    ASSERT_EQ(usage.size(), 1U);
    EXPECT_EQ(usage[0].count, 2U);
}

TEST_F(StoreTest, SettingsSurviveReopening) {
    store_->put_setting("paused", "driftsstop");
    store_.reset();
    store_ = Store::open(folder_.path());
    EXPECT_EQ(store_->setting("paused"), "driftsstop");
    EXPECT_FALSE(store_->setting("unknown"));
}

TEST_F(StoreTest, ReadersGoOnWhileAWriterIsBusy) {
    replace("a.md", {page("A", {"Et"})});
    const auto reader = Store::open(folder_.path());
    store_->in_transaction([&] {
        replace("b.md", {page("B", {"To"})});
        EXPECT_EQ(reader->counts().documents, 1U);  // Does not wait, sees the state before.
    });
    EXPECT_EQ(reader->counts().documents, 2U);
}

TEST(StoreUrls, PathsAreEncodedAsRfc3986Says) {
    auto source = source_named("h");
    EXPECT_EQ(url_of_file(source, "a b/ø?#.md"), "https://lunby.example/h/a%20b/%C3%B8%3F%23.md");
    source.base_url = "https://lunby.example";
    EXPECT_EQ(url_of_file(source, "index.html"), "https://lunby.example/index.html");
}

TEST(StoreIds, DocumentIdsAreStableAndTellSourcesApart) {
    const auto id = document_id(SourceId{"a"}, "https://x.example/1");
    EXPECT_EQ(id, document_id(SourceId{"a"}, "https://x.example/1"));
    EXPECT_NE(id, document_id(SourceId{"b"}, "https://x.example/1"));
    EXPECT_EQ(id.value.size(), 32U);
}

TEST(StoreOpening, FolderThatCannotBeMadeThrows) {
    const support::TemporaryFolder folder;
    folder.write("file", "x");
    EXPECT_ANY_THROW({ const auto store = Store::open(folder / "file/data"); });
}

}  // namespace
}  // namespace raadbot::store
