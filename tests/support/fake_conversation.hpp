// A conversation without an engine: fixed replies of every kind, and a record of what was asked.
// For tests of channels.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "bot/conversation/conversation.hpp"

namespace raadbot::test {

inline bot::Contact secretariat() {
    return {"Byrådssekretariatet", "sekretariat@egelund.example", "99 00 10 10"};
}

/// Every part of an answer: sentences and a list with leads, notes, sources of several kinds,
/// terms, follow-ups.
inline bot::Reply rich_answer() {
    bot::Reply out;
    out.kind = bot::ReplyKind::answered;
    out.answer_id = "a1b2c3d4e5f60718";
    out.permalink = "https://spoerg.egelund.example/svar/a1b2c3d4e5f60718";
    out.ai_label = "Automatisk svar (AI). Citaterne er ordrette.";
    out.index_version = "2026-11-23.4";
    out.sentences = {
        {"Byrådet vedtog den 25. februar 2025 at opføre en ny idrætshal i Skovby for 42,0 mio. kr.",
         "Byrådet, 25. februar 2025: ",
         {1},
         false},
        {"For stemte 16, imod stemte 9.", "", {1}, false},
        {"Der gives en tillægsbevilling på 3,2 mio. kr. på grund af jordforurening.",
         "Byrådet, 28. april 2026: ",
         {2},
         false},
        {"en hal på 25 x 45 meter", "", {3}, true},
        {"fire omklædningsrum med gulvvarme", "", {3}, true},
        {"et foyerområde, som foreningerne kan låne", "", {3, 2}, true},
    };
    out.text =
        "Byrådet, 25. februar 2025: Byrådet vedtog den 25. februar 2025 at opføre en ny idrætshal "
        "i Skovby for "
        "42,0 mio. kr. [1]\nFor stemte 16, imod stemte 9. [1]\nByrådet, 28. april 2026: Der gives "
        "en "
        "tillægsbevilling på 3,2 mio. kr. på grund af jordforurening. [2]\n- en hal på 25 x 45 "
        "meter [3]\n- fire "
        "omklædningsrum med gulvvarme [3]\n- et foyerområde, som foreningerne kan låne [3] [2]";
    out.notes = {"Sagen er behandlet igen senere: Byrådet, 28. april 2026."};
    out.sources = {
        {1, "moeder", "d1", "https://dagsordener.egelund.example/vis?id=77&punktid=4#beslutning",
         "Ny idrætshal i Skovby, anlægsbevilling", "meetings", "Byrådet", "2025-02-25",
         "beslutning",
         "Byrådet vedtog den 25. februar 2025 at opføre en ny idrætshal i Skovby for 42,0 mio. "
         "kr.\nFor stemte 16, "
         "imod stemte 9.",
         "#beslutning", "2026-11-23T06:00:00Z"},
        {2, "moeder", "d2", "https://dagsordener.egelund.example/vis?id=91&punktid=7#beslutning",
         "Skovbyhallen, tillægsbevilling på grund af jordforurening", "meetings", "Byrådet",
         "2026-04-28", "beslutning",
         "Der gives en tillægsbevilling på 3,2 mio. kr. på grund af jordforurening.", "#beslutning",
         "2026-11-23T06:00:00Z"},
        {3, "website", "d3", "https://egelund.example/kultur/skovbyhallen#hallen", "Skovbyhallen",
         "website", "", "2026-09-14", "Hallen",
         "Hallen får: en hal på 25 x 45 meter, fire omklædningsrum med gulvvarme, et "
         "foyerområde, som foreningerne kan låne.",
         "#hallen", "2026-11-22T06:00:00Z"},
    };
    out.terms = {
        {"anlægsbevilling", "Tilladelse fra byrådet til at bruge penge på et byggeri eller anlæg.",
         1},
        {"tillægsbevilling", "En bevilling, der gives, efter at budgettet er vedtaget.", 2}};
    out.follow_ups = {"Hvornår åbner hallen?", "Hvem stemte imod?", "Hvad koster hallen i alt?"};
    return out;
}

inline bot::Reply refusal() {
    bot::Reply out;
    out.kind = bot::ReplyKind::refused;
    out.reason = "no_answer_in_material";
    out.answer_id = "b1b2c3d4e5f60719";
    out.permalink = "https://spoerg.egelund.example/svar/b1b2c3d4e5f60719";
    out.ai_label = "Automatisk svar (AI).";
    out.text =
        "Det svarer kommunens materiale ikke på.\nJeg har søgt i håndbogen, hjemmesiden og "
        "referaterne fra "
        "byråd og udvalg (6 kilder) uden at finde noget om prisen på en ny svømmehal.\nDet "
        "nærmeste, materialet har, er »Egelund Svømmehal«: "
        "https://egelund.example/kultur/svoemmehal#priser\nSpørg Byrådssekretariatet, "
        "sekretariat@egelund.example, 99 00 10 10.";
    out.sources = {{1, "website", "d9", "https://egelund.example/kultur/svoemmehal#priser",
                    "Egelund Svømmehal", "website", "", "2026-08-01", "Priser",
                    "Et klippekort til ti gange koster 350 kr.", "#priser",
                    "2026-11-22T06:00:00Z"}};
    out.contact = secretariat();
    out.follow_ups = {"Hvad koster det at komme i svømmehallen?"};
    return out;
}

inline bot::Reply clarification() {
    bot::Reply out;
    out.kind = bot::ReplyKind::clarify;
    out.answer_id = "c1b2c3d4e5f6071a";
    out.permalink = "https://spoerg.egelund.example/svar/c1b2c3d4e5f6071a";
    out.ai_label = "Automatisk svar (AI).";
    out.options = {"Ny idrætshal i Skovby", "Renovering af Tranholthallen", "Havnsø Hallens tag"};
    out.text =
        "- Ny idrætshal i Skovby\n- Renovering af "
        "Tranholthallen\n- Havnsø Hallens tag";
    return out;
}

/// "svømmehal" is refused, "hallen" alone is asked back, "fjendtlig" gives a hostile reply, the
/// rest is answered. Keeps what it replied.
class FakeConversation final : public bot::Conversation {
public:
    bot::Reply reply(const bot::Message& message) override {
        const std::lock_guard lock(mutex_);
        asked.push_back(message);
        bot::Reply out = rich_answer();
        if (message.text.find("svømmehal") != std::string::npos) out = refusal();
        if (message.text == "hallen") out = clarification();
        if (message.text == "tabel") {
            out.sentences = {{"Dag: Mandag; Åbent: 10-15", "", {1}, false},
                             {"Dag: Torsdag; Åbent: 10-17", "", {1}, false},
                             {"Sted: Skovby; Åbent: 9-12", "", {2}, false}};
        }
        if (echoes) {
            out.text = out.sentences[0].text = out.sources[0].title = message.text;
            out.sources[0].quote = out.notes.emplace_back(message.text);
        }
        if (!also.empty()) out.sources[0].also = also;
        if (message.text.find("fjendtlig") != std::string::npos) out = hostile();
        if (message.text.find("English") != std::string::npos) {
            out.language = "en";
            out.text = "The material says, in Danish:\n" + out.text;
        }
        kept_[out.answer_id] = out;
        return out;
    }
    std::optional<bot::Reply> kept(std::string_view answer_id,
                                   const std::vector<Audience>& audiences, Timestamp) override {
        const std::lock_guard lock(mutex_);
        kept_audiences = audiences;
        const auto found = kept_.find(std::string(answer_id));
        if (found == kept_.end()) return std::nullopt;
        return found->second;
    }
    bool take_back(std::string_view key) override {
        const std::lock_guard lock(mutex_);
        taken_back.push_back(std::string(key));
        return true;
    }
    bool feedback(std::string_view answer_id, bool helpful, std::string_view comment, Timestamp,
                  std::string_view key) override {
        const std::lock_guard lock(mutex_);
        if (!kept_.contains(std::string(answer_id))) return false;
        rated.push_back({std::string(answer_id), helpful, std::string(comment), std::string(key)});
        return true;
    }
    std::vector<std::string> example_questions(std::string_view language) override {
        if (language == "en") return {"Where can I park?", "What is a partshøring?"};
        return {"Hvad er en partshøring?", "Hvor kan jeg parkere?", "hvad endte vi med om hallen",
                "Hvornår er næste byrådsmøde?"};
    }
    void refresh() override {}

    /// Markup, orders and addresses that must never work.
    static bot::Reply hostile() {
        bot::Reply out = rich_answer();
        const std::string bad =
            "<script>document.title='ramt'</script>\"'><img src=x onerror=alert(1)>&amp;";
        out.answer_id = "d1\"><b>";
        out.ai_label = bad;
        for (auto& sentence : out.sentences) sentence.text = sentence.lead = bad;
        for (auto& source : out.sources) {
            source.title = source.quote = source.section = source.committee = source.date =
                source.checked = bad;
            source.url = "javascript:alert(1)";
            source.also = {{bad, bad, "javascript:alert(1)", std::nullopt, std::nullopt},
                           {"item", bad, "https://egelund.example/\"><b>", 7, std::nullopt}};
        }
        out.sources[1].url = "https://egelund.example/\"><script>alert(1)</script>";
        for (auto& term : out.terms) term.term = term.explanation = bad;
        out.notes = out.follow_ups = {bad};
        out.contact = bot::Contact{bad, bad, bad};
        return out;
    }

    std::vector<bot::ReplyLink> also;  ///< Of the first source.

    struct Rating {
        std::string answer_id;
        bool helpful = false;
        std::string comment;
        std::string key;
    };
    bool echoes = false;  ///< The question stands in the answer, everywhere.
    std::vector<bot::Message> asked;
    std::vector<Rating> rated;
    std::vector<std::string> taken_back;
    std::vector<Audience> kept_audiences;

private:
    std::mutex mutex_;
    std::map<std::string, bot::Reply> kept_;
};

}  // namespace raadbot::test
