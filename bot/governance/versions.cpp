#include "bot/governance/versions.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "bot/conversation/strict_json.hpp"
#include "bot/governance/audit.hpp"
#include "retrieval/answer/engine.hpp"
#include "retrieval/danish/dates.hpp"
#include "retrieval/store/versions.hpp"

namespace raadbot::governance {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view live_setting = "version/live";
constexpr std::string_view before_setting = "version/before";
constexpr std::string_view last_setting = "version/last";
/// Room for the passages of one version: numbers are never given twice.
constexpr int version_shift = 40;

Result<void> may_switch(const Person& person) {
    if (may(person.roles, Act::versions)) return {};
    return fail(ErrorCode::denied, person.login + " may not change versions: it takes an operator");
}

std::string searched_text(const answer::Proof& proof) {
    std::string out;
    for (const answer::Sentence& sentence : proof.sentences) out += sentence.text() + "\n";
    return out;
}

}  // namespace

bool IndexVersion::passed() const {
    return std::all_of(trials.begin(), trials.end(),
                       [](const Trial& trial) { return trial.fault.empty(); });
}

std::string try_question(const store::TestQuestionRow& test, const store::Store& store,
                         const index::Snapshot& snapshot, const answer::Engine& engine,
                         Timestamp now) {
    answer::Question question;
    question.text = test.question;
    question.audiences = {Audience{test.audience}};
    question.now = now;
    const answer::Outcome outcome = engine.answer(question, store, snapshot);
    const auto* proof = std::get_if<answer::Proof>(&outcome.result);
    if (test.expect == "refused") return proof == nullptr ? "" : "it is answered";
    if (proof == nullptr) return "it is not answered";
    if (!test.fact.empty() && searched_text(*proof).find(test.fact) == std::string::npos) {
        return "the answer lacks \"" + test.fact + "\"";
    }
    const bool right_source =
        std::any_of(proof->cards.begin(), proof->cards.end(), [&](const answer::SourceCard& card) {
            return card.passage.url.starts_with(test.source_url);
        });
    return right_source ? "" : "no source of the answer begins with " + test.source_url;
}

fs::path Versions::folder(const std::string& id) const {
    return options_.data_dir / "versions" / id;
}

std::string Versions::next_id() {
    std::int64_t last = 0;
    store_.in_transaction([&] {
        if (const auto known = store_.setting(last_setting)) last = std::stoll(*known);
        store_.put_setting(last_setting, std::to_string(++last));
    });
    return std::to_string(last);
}

void Versions::write(const IndexVersion& version) const {
    nlohmann::ordered_json json = {{"id", version.id},
                                   {"made", to_string(version.made)},
                                   {"made_by", version.made_by},
                                   {"documents", version.documents}};
    json["trials"] = nlohmann::json::array();
    for (const Trial& trial : version.trials) {
        json["trials"].push_back({trial.question, trial.fault});
    }
    std::ofstream out(folder(version.id) / "version.json", std::ios::binary | std::ios::trunc);
    out << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

std::vector<IndexVersion> Versions::list() const {
    std::vector<IndexVersion> out;
    const std::string live = store_.setting(live_setting).value_or("");
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(options_.data_dir / "versions", error)) {
        std::ifstream in(entry.path() / "version.json", std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in),
                               std::istreambuf_iterator<char>()};
        const auto json = bot::parse_strict_json(text);
        if (!json || !json->is_object()) continue;  // Being built, or cut short.
        try {
            IndexVersion version;
            version.id = json->at("id").get<std::string>();
            version.made =
                parse_timestamp(json->at("made").get<std::string>()).value_or(Timestamp{});
            version.made_by = json->at("made_by").get<std::string>();
            version.documents = json->at("documents").get<std::uint64_t>();
            for (const auto& trial : json->at("trials")) {
                version.trials.push_back(
                    {trial.at(0).get<std::string>(), trial.at(1).get<std::string>()});
            }
            version.live = version.id == live;
            if (version.id == entry.path().filename()) out.push_back(std::move(version));
        } catch (const nlohmann::json::exception&) {  // Not one of ours.
        }
    }
    std::sort(out.begin(), out.end(), [](const IndexVersion& a, const IndexVersion& b) {
        return std::stoll(a.id) > std::stoll(b.id);
    });
    return out;
}

Result<IndexVersion> Versions::build(const Person& person, Timestamp now) {
    if (auto allowed = may_switch(person); !allowed) return tl::unexpected(allowed.error());
    IndexVersion version;
    version.id = next_id();
    version.made = now;
    version.made_by = person.login;
    const fs::path here = folder(version.id);
    store::copy_material(store_, here,
                         static_cast<PassageId>(std::stoll(version.id)) << version_shift);
    const auto store = store::Store::open(here);
    const Date today = danish::copenhagen_date(now);
    for (const sources::Source& source : store->all_sources()) {
        if (sources::effective_state(source, today) != sources::State::approved) continue;
        if (source.path.empty()) continue;  // From the web: what was fetched is in the copy.
        ingest::FolderOptions folder_options;
        folder_options.limits = options_.limits;
        folder_options.threads = options_.threads;
        folder_options.now = now;
        const auto report = ingest::ingest_folder(source, *store, folder_options);
        if (!report) {
            return fail(report.error().code,
                        "source " + source.id.value + ": " + report.error().message);
        }
    }
    {
        auto index = index::Index::open({here / "index", options_.lexicon});
        if (!index) return tl::unexpected(index.error());
        if (auto followed = ingest::follow(*store, **index, true); !followed) {
            return tl::unexpected(followed.error());
        }
        static_cast<void>((*index)->refresh());
        version.documents = store->counts().documents;
        const answer::Engine engine(options_.lexicon, options_.municipality);
        for (const store::TestQuestionRow& test : store::Ledger(store_).test_questions()) {
            version.trials.push_back(
                {test.question, try_question(test, *store, *(*index)->snapshot(), engine, now)});
        }
    }
    // Needed for the trial only: going live, the live index takes what is new.
    std::error_code ignored;
    fs::remove_all(here / "index", ignored);
    write(version);
    append(store_,
           {person.login, "version.build", "version:" + version.id,
            std::to_string(version.trials.size()) + " test questions, " +
                (version.passed() ? "all as expected" : "some not as expected")},
           now);
    return version;
}

Result<void> Versions::go_live(const Person& person, const IndexVersion& version,
                               const char* action, Timestamp now) {
    auto index = index::Index::open({options_.data_dir / "index", nullptr});
    if (!index) return tl::unexpected(index.error());
    // What is in use now, to go back to.
    IndexVersion before;
    before.id = next_id();
    before.made = now;
    before.made_by = "in use until then";
    store::copy_material(store_, folder(before.id),
                         static_cast<PassageId>(std::stoll(before.id)) << version_shift);
    before.documents = store_.counts().documents;
    write(before);

    std::string joined;
    std::string body_key;
    store::each_new_passage(store_, folder(version.id), [&](const StoredPassage& passage) {
        (*index)->remove(passage.id);  // After a crash it may be there already.
        (*index)->add(ingest::index_entry(passage, joined, body_key));
    });
    if (auto committed = (*index)->commit(); !committed) return committed;
    store_.in_transaction([&] {
        store_.put_setting(before_setting, before.id);
        store_.put_setting(live_setting, version.id);
        append(store_, {person.login, action, "version:" + version.id, "before: " + before.id},
               now);
    });
    store::take_material(store_, folder(version.id));
    if (auto followed = ingest::follow(store_, **index); !followed) return followed;
    forget_old();
    return {};
}

Result<void> Versions::promote(const Person& person, const std::string& id, Timestamp now) {
    if (auto allowed = may_switch(person); !allowed) return allowed;
    for (const IndexVersion& version : list()) {
        if (version.id != id) continue;
        if (version.live) return fail(ErrorCode::conflict, "version " + id + " is live already");
        for (const Trial& trial : version.trials) {
            if (trial.fault.empty()) continue;
            return fail(ErrorCode::conflict, "version " + id + " did not pass: \"" +
                                                 trial.question + "\": " + trial.fault);
        }
        return go_live(person, version, "version.promote", now);
    }
    return fail(ErrorCode::not_found, "there is no version " + id);
}

Result<void> Versions::back(const Person& person, Timestamp now) {
    if (auto allowed = may_switch(person); !allowed) return allowed;
    const auto before = store_.setting(before_setting);
    if (!before) return fail(ErrorCode::not_found, "no version was live before this one");
    for (const IndexVersion& version : list()) {
        if (version.id == *before) return go_live(person, version, "version.back", now);
    }
    return fail(ErrorCode::not_found, "version " + *before + " is not kept any more");
}

void Versions::forget_old() {
    const std::string live = store_.setting(live_setting).value_or("");
    const std::string before = store_.setting(before_setting).value_or("");
    std::size_t seen = 0;
    for (const IndexVersion& version : list()) {
        if (++seen <= options_.kept || version.id == live || version.id == before) continue;
        std::error_code ignored;
        std::filesystem::remove_all(folder(version.id), ignored);
    }
}

}  // namespace raadbot::governance
